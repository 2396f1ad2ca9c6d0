/** Which certificates are accepted: over real TLS servers, with an authority that nobody knows but who is told. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import { trustedBesides } from '../../../server/src/http/trust.ts';
import { createTransport, type TransportOptions } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { type Certificate, makeAuthority } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { listen } from '../../support/listen.ts';

const DAY = 86_400_000;
const authority = makeAuthority();
const other = makeAuthority('Another authority');
const { folder, remove } = temporaryFolder('certificates');
const servers: Server[] = [];

async function serve({ cert, key }: Certificate, host = '127.0.0.1'): Promise<string> {
  const server = createServer({ cert, key }, (_, response) => response.end('secure'));
  servers.push(server);
  return `https://${host}:${await listen(server)}/`;
}

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function get(url: string, http: TransportOptions['http'] = {}): Promise<string> {
  const transport = createTransport({ env: {}, http });
  try {
    return (await transport.request(url, { method: 'GET', signal: new AbortController().signal })).text;
  } finally {
    await transport.close();
  }
}

async function refused(url: string, http: TransportOptions['http'], says: RegExp): Promise<void> {
  await assert.rejects(get(url, http), (error) => {
    assert.ok(BacklinkLensError.is(error, 'source.unavailable'), String(error));
    assert.match(error.message, says);
    return true;
  });
}

describe('certificates', () => {
  const caFile = written('authority.pem', authority.cert);
  after(remove);
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('of an authority nobody knows are refused, and accepted with its certificate in the file', async () => {
    const url = await serve(authority.issue(['127.0.0.1', 'localhost']));
    await refused(url, {}, /certificate of 127\.0\.0\.1:\d+ was not accepted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\): nobody .* backlinkLens\.caFile/);
    assert.equal(await get(url, { caFile }), 'secure');
    assert.equal(await get(url, { strictSSL: false }), 'secure');
    await refused(url, { caFile: written('other.pem', other.cert) }, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
  });

  it('are looked for among all in the file, whatever stands around them', async () => {
    const url = await serve(authority.issue(['127.0.0.1']));
    const text = `# Our authorities\r\n\r\nsubject=Älterer\n${other.cert}\nsome words\n${authority.cert}\n${authority.key}`;
    assert.equal(await get(url, { caFile: written('several.pem', text) }), 'secure');
  });

  it('of Node itself are left to Node where nothing is added', async () => {
    for (const http of [undefined, {}, { systemCertificates: false, caFile: '' }]) assert.equal(await trustedBesides(http), null);
    assert.notEqual(await trustedBesides({ caFile }), null);
  });

  it('of the operating system are taken where the editor says so, and break nothing', async () => {
    const url = await serve(authority.issue(['127.0.0.1']));
    assert.equal(await get(url, { systemCertificates: true, caFile }), 'secure');
    await refused(url, { systemCertificates: true }, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
  });

  it('that have expired, or are not valid yet, are refused', async () => {
    const expired = await serve(authority.issue(['127.0.0.1'], { from: new Date(Date.now() - 9 * DAY), until: new Date(Date.now() - DAY) }));
    await refused(expired, { caFile }, /CERT_HAS_EXPIRED\): it is not valid today\. Check the clock/);
    const early = await serve(authority.issue(['127.0.0.1'], { from: new Date(Date.now() + DAY), until: new Date(Date.now() + 2 * DAY) }));
    await refused(early, { caFile }, /CERT_NOT_YET_VALID\): it is not valid today/);
  });

  it('for another host are refused', async () => {
    const url = await serve(authority.issue(['api.links-service.com', '192.0.2.1']));
    await refused(url, { caFile }, /ERR_TLS_CERT_ALTNAME_INVALID\): it is for another host/);
  });

  it('in a file that cannot be used end each call with what to do, until the file is right', async () => {
    const url = await serve(authority.issue(['127.0.0.1']));
    const broken = authority.cert.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    const late = path.join(folder, 'late.pem');
    for (const [file, says] of [
      [late, /late\.pem cannot be read.*backlinkLens\.caFile/],
      [folder, /cannot be read/],
      [written('empty.pem', ''), /empty\.pem holds no certificate in PEM form/],
      [written('key.pem', authority.key), /holds no certificate/],
      [written('broken.pem', other.cert + broken), /Certificate 2 in .*broken\.pem is damaged/],
    ] as const) {
      await refused(url, { caFile: file }, says);
    }
    const transport = createTransport({ env: {}, http: { caFile: late } });
    const call = async () => (await transport.request(url, { method: 'GET', signal: new AbortController().signal })).text;
    await assert.rejects(call(), /cannot be read/);
    written('late.pem', authority.cert);
    assert.equal(await call(), 'secure');
    rmSync(late);
    assert.equal(await call(), 'secure', 'what was read stays');
    await transport.close();
  });

  /** What a process of its own is told, with these variables: the reply, or what was wrong. */
  async function elsewhere(url: string, env: Record<string, string>, settings: readonly TransportOptions['http'][]): Promise<string[]> {
    const source = path.join(import.meta.dirname, '../../../server/src/sources/transport.ts');
    const program = `
      const { createTransport } = await import(${JSON.stringify(source)});
      for (const http of ${JSON.stringify(settings)}) {
        const transport = createTransport({ env: {}, http });
        const call = transport.request(${JSON.stringify(url)}, { method: 'GET', signal: new AbortController().signal });
        console.log(await call.then(({ text }) => text, ({ message }) => /\\(([A-Z_]+)\\)/.exec(message)?.[1]));
        await transport.close();
      }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env: { ...process.env, ...env } });
    return stdout.trim().split('\n');
  }

  it('in NODE_EXTRA_CA_CERTS are trusted on the command line, alone and beside those of a file', async () => {
    const url = await serve(authority.issue(['127.0.0.1']));
    const settings = [{}, { caFile: written('other.pem', other.cert), systemCertificates: true }];
    assert.deepEqual(await elsewhere(url, { NODE_EXTRA_CA_CERTS: caFile }, settings), ['secure', 'secure']);
  });

  it('that the operating system holds are trusted where the editor says so', async () => {
    const url = await serve(authority.issue(['127.0.0.1']));
    // Where the system has no store of its own, OpenSSL's variable names it.
    const hasStore = process.platform === 'win32' || process.platform === 'darwin';
    const found = await elsewhere(url, { SSL_CERT_FILE: caFile }, [{}, { systemCertificates: true }]);
    assert.deepEqual(found, ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', hasStore ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : 'secure']);
  });
});
