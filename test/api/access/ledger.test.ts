/** Credits in the keys file: taken and given back exactly, whoever asks at the same time, and whatever ends in between. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { type KeyFile, openKeyFile } from '../../../server/src/api/access/keyFile.ts';
import { openLedger } from '../../../server/src/api/access/ledger.ts';
import { type LedgerThread, openLedgerInThread } from '../../../server/src/api/access/ledgerThread.ts';
import { tokenHash } from '../../../server/src/api/access/tokenHash.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { ReadyProcess } from '../../support/killing.ts';
import { WORKER } from './keyed.ts';

const DYING = path.join(import.meta.dirname, '../../fixtures/api/dyingWorker.ts');
const SPENDER = path.join(import.meta.dirname, '../../fixtures/api/spender.ts');

describe('service: credits in the keys file', () => {
  const { folder, remove } = temporaryFolder('ledger');
  const opened: { close(): unknown }[] = [];
  after(async () => {
    for (const one of opened) await one.close();
    remove();
  });

  interface World {
    readonly file: string;
    readonly keys: KeyFile;
    readonly thread: LedgerThread;
    /** Makes a key and a token of it. */
    readonly key: (name: string, credits: number | null) => Promise<string>;
    readonly take: (token: string, credits?: number) => Promise<unknown>;
    readonly left: (name: string) => number | null;
  }

  async function world(): Promise<World> {
    const file = path.join(folder, `${randomUUID()}.keys`);
    const keys = openKeyFile(file, { create: true });
    const thread = await openLedgerInThread(file, WORKER);
    opened.push(keys, thread);
    return {
      file,
      keys,
      thread,
      async key(name, credits) {
        keys.add({ id: name, name, verifier: 'none', credits, now: 1 });
        const token = tokenHash(name);
        assert.ok(await thread.ask({ method: 'issue', key: name, token, now: 1, expires: 1_000 }));
        return token;
      },
      take: (token, credits = 1) => thread.ask({ method: 'take', token, credits, now: 2 }),
      left(name) {
        const key = keys.list().find((one) => one.name === name);
        return key?.granted == null ? null : key.granted - key.spent;
      },
    };
  }

  it('gives each of 500 calls at once another credit, and the 501st none', async () => {
    const { key, take, left } = await world();
    const token = await key('a', 500);
    const answers = await Promise.all(Array.from({ length: 600 }, () => take(token)));
    const balances = answers.flatMap((answer) => (answer !== null && typeof answer === 'object' && 'balance' in answer ? [answer.balance] : []));
    assert.deepEqual(
      balances,
      Array.from({ length: 500 }, (_, index) => 499 - index),
    );
    assert.deepEqual(new Set(answers.slice(500).map((answer) => JSON.stringify(answer))), new Set(['{"refused":"spent"}']));
    assert.equal(left('a'), 0);
  });

  it('mixes no balances of keys that ask at the same time', async () => {
    const { key, take } = await world();
    const tokens = await Promise.all(['a', 'b', 'c'].map((name, index) => key(name, 1_000 * (index + 1))));
    const answers = await Promise.all(Array.from({ length: 300 }, (_, index) => take(tokens[index % 3] ?? '')));
    for (const [index, answer] of answers.entries()) {
      const name = 'abc'[index % 3];
      assert.deepEqual(answer, { key: name, balance: 1_000 * ((index % 3) + 1) - Math.floor(index / 3) - 1 });
    }
  });

  it('gives back what was taken, and never more', async () => {
    const { key, take, thread, left } = await world();
    const token = await key('a', 10);
    await take(token, 7);
    assert.equal(left('a'), 3);
    await thread.ask({ method: 'give', key: 'a', credits: 7 });
    assert.equal(left('a'), 10);
    await thread.ask({ method: 'give', key: 'a', credits: 7 });
    assert.equal(left('a'), 10);
  });

  it('takes all that a call costs or nothing', async () => {
    const { key, take } = await world();
    const token = await key('a', 10);
    assert.deepEqual(await take(token, 11), { refused: 'spent' });
    assert.deepEqual(await take(token, 10), { key: 'a', balance: 0 });
    assert.deepEqual(await take(token, 0), { key: 'a', balance: 0 });
  });

  it('counts what is spent of a key without a limit, and from a grant on what is left', async () => {
    const { key, take, keys } = await world();
    const token = await key('a', null);
    assert.deepEqual(await take(token, 5), { key: 'a', balance: null });
    assert.equal(keys.list()[0]?.spent, 5);
    keys.grant('a', 20);
    assert.deepEqual(await take(token), { key: 'a', balance: 19 });
    keys.grant('a', null);
    assert.deepEqual(await take(token), { key: 'a', balance: null });
  });

  it('tells every reason to refuse', async () => {
    const { key, take, keys, thread } = await world();
    const token = await key('a', 1);
    assert.deepEqual(await take('nothing'), { refused: 'unknown' });
    assert.deepEqual(await thread.ask({ method: 'take', token, credits: 1, now: 1_000 }), { refused: 'expired' });
    keys.suspend('a', 5);
    assert.deepEqual(await take(token), { refused: 'suspended' });
    assert.equal(await thread.ask({ method: 'issue', key: 'a', token: 'more', now: 1, expires: 2 }), false);
    keys.resume('a');
    assert.deepEqual(await take(token), { key: 'a', balance: 0 });
    assert.deepEqual(await take(token), { refused: 'spent' });
    keys.delete('a', 6);
    assert.deepEqual(await take(token), { refused: 'deleted' });
    assert.equal(await thread.ask({ method: 'find', id: 'a' }), null);
  });

  it('forgets tokens a week after their end, and the oldest of more than 10,000 of one key', async () => {
    const { file, keys } = await world();
    const ledger = openLedger(file);
    opened.push(ledger);
    keys.add({ id: 'a', name: 'a', verifier: 'none', credits: null, now: 1 });
    const issue = (token: string, now: number) => ({ method: 'issue', key: 'a', token, now, expires: now + 10 }) as const;
    const take = (token: string, now: number) => ({ method: 'take', token, credits: 1, now }) as const;
    ledger.run([issue('old', 0)]);
    assert.deepEqual(ledger.run([take('old', 11)]), [{ refused: 'expired' }]);
    ledger.run([issue('new', 11 + 7 * 86_400_000)]);
    assert.deepEqual(ledger.run([take('old', 12)]), [{ refused: 'unknown' }]);
    const many = Array.from({ length: 10_000 }, (_, index) => issue(`t${index}`, 8 * 86_400_000 + index));
    ledger.run(many);
    const now = 8 * 86_400_000;
    assert.deepEqual(ledger.run([take('new', now)]), [{ refused: 'unknown' }]);
    assert.deepEqual(ledger.run([take('t0', now)]), [{ key: 'a', balance: null }]);
  });

  it('two processes on one file spend no credit twice', async () => {
    const { file, key, left } = await world();
    await key('a', 3_000);
    const processes = [1, 2].map(() => new ReadyProcess(SPENDER, [file, tokenHash('a')]));
    await Promise.all(processes.map((one) => one.run('1000')));
    assert.equal(left('a'), 1_000);
  }).timeout(30_000);

  it('a process that is killed has written every credit that it answered with', async () => {
    const { file, key, left } = await world();
    const spender = spawn(process.execPath, [SPENDER, file, await key('a', 1_000_000)], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    spender.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.length > 20_000) spender.kill('SIGKILL');
    });
    spender.stdin.write('1000000 told\n');
    await once(spender, 'close');
    const last = Math.min(...said.split('\n').slice(1, -1).map(Number));
    const inFile = left('a') ?? 0;
    assert.ok(last > 0 && last < 999_000, `it was killed at a balance of ${last}`);
    // What it had not answered yet, it may have taken: one batch.
    assert.ok(inFile <= last && inFile >= last - 32, `${inFile} in the file, ${last} answered`);
  }).timeout(30_000);

  it('a thread that dies fails what is under way, and the next call starts another', async () => {
    const { file, key } = await world();
    const token = await key('a', 100);
    const thread = await openLedgerInThread(file, DYING);
    opened.push(thread);
    await assert.rejects(thread.ask({ method: 'take', token, credits: 1, now: 2 }), /has ended/);
    assert.deepEqual(await thread.ask({ method: 'take', token, credits: 1, now: 2 }), { key: 'a', balance: 99 });
  });

  it('closes after all that was asked', async () => {
    const { file, keys, key } = await world();
    const token = await key('a', 100);
    const thread = await openLedgerInThread(file, WORKER);
    const asked = Array.from({ length: 50 }, () => thread.ask({ method: 'take', token, credits: 1, now: 2 }));
    await thread.close();
    await Promise.all(asked);
    assert.equal(keys.list()[0]?.spent, 50);
  });

  it('another process that holds the file is waited for, then told', async () => {
    const { file, keys, key, take } = await world();
    const token = await key('a', 100);
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const soon = take(token);
    setTimeout(() => other.exec('COMMIT'), 200);
    assert.deepEqual(await soon, { key: 'a', balance: 99 });
    other.exec('BEGIN IMMEDIATE');
    await assert.rejects(take(token), (error) => BacklinkLensError.is(error, 'keys.busy'));
    other.exec('ROLLBACK');
    other.close();
    assert.deepEqual(await take(token), { key: 'a', balance: 98 });
    assert.equal(keys.list()[0]?.spent, 2);
  }).timeout(10_000);
});
