/** `backlink-lens serve` with keys, as a person runs it: keys made and changed in one process, noticed by the service in another. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { request as requestSecurely } from 'node:https';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { EXIT, type Io, reportFailure } from '../../server/src/commands/io.ts';
import { serveCommand } from '../../server/src/commands/serve.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { makeAuthority } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type Running, run, start } from './run.ts';

const COUNT = '/v3/ResearchLinksGetCountBacklinks.json?url=tidetables.example';
const GRANT = new URLSearchParams({ grant_type: 'client_credentials' });

describe('backlink-lens serve, with keys', () => {
  const { folder, remove } = temporaryFolder('serve-keys');
  let index: string;
  let service: Running;
  let address: string;
  before(async () => {
    index = await builtIndex(folder);
  });
  after(remove);

  const keys = (...args: string[]) => run(['serve', 'keys', ...args, '--index', index]);
  async function added(name: string, ...options: string[]): Promise<{ id: string; secret: string }> {
    const { code, out, error } = await keys('add', name, '--json', ...options);
    assert.deepEqual([code, error], [0, '']);
    return JSON.parse(out);
  }
  async function startService(...options: string[]): Promise<void> {
    service = start(['serve', '--index', index, '--port', '0', ...options]);
    address = /at (https?:\S+)/.exec(await service.until(/Try:.*\n/))?.[1] ?? '';
  }
  async function tokenOf({ id, secret }: { id: string; secret: string }): Promise<string> {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const reply = await fetch(`${address}/v3/token`, { method: 'POST', headers: { authorization }, body: GRANT });
    return ((await reply.json()) as { access_token: string }).access_token;
  }
  async function call(token: string): Promise<[number, Record<string, unknown>]> {
    const reply = await fetch(`${address}${COUNT}&access_token=${token}`);
    return [reply.status, (await reply.json()) as Record<string, unknown>];
  }

  it('wants a key before it serves', async () => {
    const { code, error } = await run(['serve', '--index', index]);
    assert.equal(code, 3);
    assert.match(error, /^There are no keys at .*web\.db\.keys\. Make the first: backlink-lens serve keys add NAME .*\[keys\.missing\]\n$/);
  });

  it('makes a key and shows its secret once', async () => {
    const { code, out } = await keys('add', 'first', '--credits', '1000');
    assert.equal(code, 0);
    assert.match(out, /^Key first is made\. Keep its secret now.*\n {2}id {7}[A-Za-z0-9]{20}\n {2}secret {3}[A-Za-z0-9]{40}\n {2}credits {2}1,000\n/);
    const secret = /secret +(\S+)/.exec(out)?.[1] ?? '';
    const list = await keys('list');
    assert.match(list.out, /^name +id +left +spent +last call \(UTC\) +state\nfirst +[A-Za-z0-9]{20} +1,000 +0 +never +in use\n$/);
    assert.ok(!list.out.includes(secret));
  });

  it('serves it; counts, suspends, resumes, grants and deletes while the service runs; keeps tokens over a restart', async () => {
    const key = await added('team', '--credits', '3');
    await startService();
    const token = await tokenOf(key);
    assert.deepEqual(await call(token), [200, { response: [114], balance: 2 }]);
    assert.match((await keys('suspend', 'team')).out, /^Key team \(\w+\) is suspended; 2 credits left\.\n$/);
    assert.equal((await call(token))[1]['error'], 4031001);
    await keys('resume', key.id);
    assert.equal((await call(token))[1]['balance'], 1);
    service.signal('SIGTERM');
    assert.equal((await service.ended).code, 0);
    await startService();
    assert.equal((await call(token))[1]['balance'], 0);
    assert.deepEqual(await call(token), [403, { error: 4031002, error_message: 'Insufficient credits to make this service request' }]);
    assert.match((await keys('grant', 'team', '5')).out, /has new credits; 5 credits left/);
    assert.equal((await call(token))[1]['balance'], 4);
    await keys('delete', 'team');
    assert.equal((await call(token))[1]['error'], 4011004);
    service.signal('SIGINT');
    const { code, error } = await service.ended;
    assert.deepEqual([code, error.includes(token), error.includes(key.secret)], [0, false, false]);
  }).timeout(60_000);

  it('loses no credit to kill -9', async () => {
    const token = await (async () => {
      const key = await added('killed', '--credits', '100');
      await startService();
      return tokenOf(key);
    })();
    for (let left = 99; left >= 90; left--) assert.equal((await call(token))[1]['balance'], left);
    service.signal('SIGKILL');
    await service.ended;
    await startService();
    assert.equal((await call(token))[1]['balance'], 89);
    service.signal('SIGTERM');
    await service.ended;
  }).timeout(60_000);

  describe('says what makes no sense', () => {
    const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
      ['open to other machines', ['--open', '--host', '0.0.0.0'], /to this machine only, and 0\.0\.0\.0 is open to others/],
      ['open with keys', ['--open', '--keys', 'k'], /Choose one: --keys/],
      ['no index', [], /Name the index to serve: --index FILE/],
      ['half a certificate', ['--cert', 'c'], /HTTPS needs both/],
      ['a life of no time', ['--token-lifetime', '5s'], /Permitted are 60s to 3650d/],
      ['a proxy by name', ['--trust-proxy', 'proxy.example'], /Write an address like 10\.0\.0\.7/],
      ['a network of 33 bits', ['--trust-proxy', '10.0.0.0/33'], /Write an address like/],
      ['a host that is none', ['--host', 'a b'], /Write an address like 0\.0\.0\.0/],
      ['a negative rate', ['--rate', '-1'], /Write a whole number from 0/],
      ['a key without a name', ['keys', 'add', ''], /Write 1 to 64 characters/],
      ['a name of control characters', ['keys', 'add', 'a\u0007b'], /Write 1 to 64 characters/],
      ['a name twice', ['keys', 'add', 'first'], /There is a key named first already/],
      ['credits that are no number', ['keys', 'add', 'x', '--credits', '1e9'], /Write a whole number from 0/],
      ['a key that is not there', ['keys', 'suspend', 'nobody'], /has no key named nobody/],
      ['no place for keys', ['keys', 'list'], /Say where the keys are/],
      ['no such command', ['keys', 'steal'], /unknown command 'steal'/],
    ];
    for (const [what, args, message] of cases) {
      it(what, async () => {
        const place = what.startsWith('no index') || what.startsWith('no place') ? [] : ['--index', index];
        const { code, said } = await inProcess([...args, ...place]);
        assert.equal(code, 2);
        assert.match(said, message);
      });
    }
  });

  /** Without a process of its own, where nothing is served. */
  async function inProcess(args: readonly string[]): Promise<{ code: number; said: string }> {
    let said = '';
    let code = 0;
    const write = (text: string) => {
      said += text;
    };
    const io: Io = {
      out: write,
      error: write,
      columns: 120,
      color: false,
      interactive: false,
      locale: 'en-US',
      environment: {},
      signal: AbortSignal.abort(),
      setExitCode: (ended) => {
        code = ended;
      },
    };
    const command = serveCommand(io);
    for (const one of [command, ...command.commands.flatMap((inner) => [inner, ...inner.commands])]) {
      one.exitOverride().configureOutput({ writeErr: write, writeOut: write });
    }
    await command.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
      if (error instanceof CommanderError) code = EXIT.usage;
      else reportFailure(io, error);
    });
    return { code, said };
  }

  it('warns of a keys file that others may read', async () => {
    chmodSync(`${index}.keys`, 0o644);
    assert.match((await keys('list')).error, /^Others on this machine may read .*web\.db\.keys\. Keep them out: chmod 600 /);
    chmodSync(`${index}.keys`, 0o600);
  });

  describe('over HTTPS', () => {
    const authority = makeAuthority();
    const [first, second] = [authority.issue(['127.0.0.1']), authority.issue(['127.0.0.1'])];
    const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];

    function write(certificate: string, privateKey: string): void {
      writeFileSync(cert, certificate);
      writeFileSync(key, privateKey);
    }
    async function ask(): Promise<{ serial: string; status: number | undefined }> {
      const call = requestSecurely(`${address}/healthz`, { ca: authority.cert, agent: false });
      call.end();
      const [reply] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
      const { serialNumber } = (reply.socket as import('node:tls').TLSSocket).getPeerCertificate();
      reply.resume();
      return { serial: serialNumber, status: reply.statusCode };
    }

    for (const [what, one, other, code, message] of [
      ['no certificate', 'text', first.key, 2, /holds no certificate in PEM/],
      ['no key', first.cert, 'text', 2, /holds no private key in PEM/],
      ['the key of another', first.cert, second.key, 2, /is not the private key of the first certificate/],
      [
        'a key with a passphrase',
        first.cert,
        '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
        2,
        /locked by a passphrase/,
      ],
      ['files that are not there', null, null, 3, /could not be read/],
    ] as const) {
      it(`${what}: is said before anything is served`, async () => {
        if (one !== null) write(one, other);
        const files = one === null ? ['--cert', 'nowhere', '--key', 'nowhere'] : ['--cert', cert, '--key', key];
        const ended = await run(['serve', '--open', '--index', index, '--port', '0', ...files]);
        assert.equal(ended.code, code);
        assert.match(ended.error, message);
      });
    }

    it('serves, and takes a new certificate into use without a restart; one that does not fit it leaves alone', async () => {
      write(first.cert, first.key);
      await startService('--open', '--cert', cert, '--key', key, '--verbose');
      assert.match(address, /^https:/);
      const before = await ask();
      assert.equal(before.status, 200);
      writeFileSync(key, second.key);
      await wait(2_500);
      assert.equal((await ask()).serial, before.serial);
      writeFileSync(`${cert}.new`, second.cert);
      copyFileSync(`${cert}.new`, cert);
      while ((await ask()).serial === before.serial) await wait(200);
      service.signal('SIGTERM');
      const { code, error } = await service.ended;
      assert.equal(code, 0);
      assert.match(error, /The certificate stays as it was[\s\S]*A new certificate is in use/);
    }).timeout(30_000);
  });
});
