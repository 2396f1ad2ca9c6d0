/** The cache's file: what is kept, how much, for how long, and what becomes of it when something is wrong with it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BOUNDS, type FactText } from '../../../../server/src/facts/disk/cacheStore.ts';
import { SCHEMA_VERSION } from '../../../../server/src/facts/disk/schema.ts';
import { withoutWriting, withSmallFiles } from '../../../support/badDisk.ts';
import { type CacheFolder, cacheFolder, type PlayedThread, playThread } from './support.ts';

const DAY = 86_400_000;
const NOW = 1_700_000_000_000;

const fact = (id: string, at: number, summary = `{"about":"${id}"}`): FactText => ({ id, at, generation: null, summary });
const idsOf = (found: unknown) => (found as readonly FactText[]).map(({ id }) => id).sort();

describe('cache file', () => {
  let at: CacheFolder;
  const open: PlayedThread[] = [];
  const thread = (...parameters: Parameters<typeof playThread> extends [unknown, ...infer Rest] ? Rest : never): PlayedThread => {
    const made = playThread(at.file, ...parameters);
    open.push(made);
    return made;
  };
  const write = (to: PlayedThread, facts: readonly FactText[], account = 'a') => to.ask({ method: 'write', writes: { account, facts, pages: [] } });
  const read = (from: PlayedThread, ids: readonly string[], account = 'a') => from.ask({ method: 'facts', account, ids });

  beforeEach(() => {
    at = cacheFolder();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    at.remove();
  });

  it('keeps facts, pages and waits by account', async () => {
    const first = thread(() => NOW);
    await write(first, [fact('page:x', NOW + 5), fact('page:y', NOW + 6)]);
    const closure = { reason: 'throttled', message: 'wait', retryAt: 9, at: 5 };
    await first.ask({ method: 'write', writes: { account: 'a', facts: [], pages: [{ id: 'k', at: NOW + 7, page: '{}' }], closure } });
    await first.close();
    const second = thread(() => NOW);
    assert.deepEqual(await read(second, ['page:x', 'page:z']), [fact('page:x', NOW + 5)]);
    assert.deepEqual(await read(second, ['page:x'], 'b'), []);
    assert.deepEqual(await second.ask({ method: 'page', account: 'a', id: 'k' }), { id: 'k', at: NOW + 7, page: '{}' });
    assert.equal(await second.ask({ method: 'page', account: 'b', id: 'k' }), null);
    assert.deepEqual(await second.ask({ method: 'closure', account: 'a' }), closure);
    await second.ask({ method: 'write', writes: { account: 'a', facts: [], pages: [], closure: null } });
    assert.equal(await second.ask({ method: 'closure', account: 'a' }), null);
  });

  it('keeps of two answers the later one', async () => {
    const one = thread(() => NOW);
    await write(one, [fact('page:x', NOW + 9, '{"late":1}')]);
    await write(one, [fact('page:x', NOW + 3, '{"early":1}')]);
    assert.deepEqual(await read(one, ['page:x']), [fact('page:x', NOW + 9, '{"late":1}')]);
  });

  it('forgets what is older than half a year, and beyond its size what was learned first', async () => {
    const bounds = { facts: 10_000, pages: 10_000, age: BOUNDS.age };
    const one = thread(() => NOW, bounds);
    await write(one, [fact('page:old', NOW - BOUNDS.age - 1), fact('page:young', NOW - BOUNDS.age + DAY)]);
    const many = Array.from({ length: 2_000 }, (_, n) => fact(`page:${n}`, NOW - 2_000 + n, 'x'.repeat(100)));
    await write(one, many.slice(0, 1_000));
    assert.deepEqual(await read(one, ['page:old', 'page:young']), [], 'one too old, one beyond the size');
    await write(one, many.slice(1_000));
    const kept = idsOf(
      await read(
        one,
        many.map(({ id }) => id),
      ),
    );
    assert.deepEqual(
      kept,
      many
        .slice(-90)
        .map(({ id }) => id)
        .sort(),
      '90 % of 10,000 characters',
    );
  });

  it('forgets what became too old though nothing new is written', async () => {
    const first = thread(() => NOW);
    await write(first, [fact('page:x', NOW)]);
    await first.close();
    const second = thread(() => NOW + BOUNDS.age + DAY);
    assert.deepEqual(await read(second, ['page:x']), []);
  });

  it('bounds pages of rows by themselves', async () => {
    const one = thread(() => NOW, { facts: 10_000, pages: 5_000, age: BOUNDS.age });
    await write(one, [fact('page:x', NOW)]);
    const pages = Array.from({ length: 1_100 }, (_, n) => ({ id: `k${n}`, at: NOW - 1_100 + n, page: 'x'.repeat(100) }));
    await one.ask({ method: 'write', writes: { account: 'a', facts: [], pages } });
    assert.equal(await one.ask({ method: 'page', account: 'a', id: 'k1000' }), null);
    assert.notEqual(await one.ask({ method: 'page', account: 'a', id: 'k1099' }), null);
    assert.deepEqual(idsOf(await read(one, ['page:x'])), ['page:x']);
  });

  it('throws a file of another version away, and those of older versions beside it', async () => {
    const former = thread(() => NOW);
    await write(former, [fact('page:x', NOW + 5)]);
    await former.close();
    const database = new DatabaseSync(at.file);
    database.exec(`ALTER TABLE facts RENAME COLUMN summary TO words; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    for (const name of ['facts-0.db', 'facts-0.db-wal', 'notes.txt', `facts-${SCHEMA_VERSION + 1}.db`])
      writeFileSync(path.join(at.folder, name), 'old');
    const one = thread(() => NOW);
    assert.deepEqual(await read(one, ['page:x']), []);
    await write(one, [fact('page:y', NOW + 5)]);
    assert.deepEqual(idsOf(await read(one, ['page:y'])), ['page:y']);
    assert.deepEqual(one.said, []);
    const beside = readdirSync(at.folder).filter((name) => !name.startsWith(`facts-${SCHEMA_VERSION}.db`));
    assert.deepEqual(beside.sort(), [`facts-${SCHEMA_VERSION + 1}.db`, 'notes.txt']);
  });

  for (const [what, damage] of [
    ['is no database', Buffer.from('this is a text, and a long one at that. '.repeat(200))],
    ['is cut off', 'cut'],
    ['has garbage in the middle', 'garbage'],
  ] as const) {
    it(`moves a file aside that ${what}, says so once, and begins anew`, async () => {
      const former = thread(() => NOW);
      await write(
        former,
        Array.from({ length: 3_000 }, (_, n) => fact(`page:${n}`, n, 'y'.repeat(50))),
      );
      await former.close();
      const bytes = readFileSync(at.file);
      if (damage === 'cut') writeFileSync(at.file, bytes.subarray(0, 5_000));
      else if (damage === 'garbage') writeFileSync(at.file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 7)]));
      else writeFileSync(at.file, damage);
      const one = thread(() => NOW);
      for (const id of ['page:x', 'page:y']) await write(one, [fact(id, NOW)]);
      assert.deepEqual(idsOf(await read(one, ['page:1', 'page:x', 'page:y'])), ['page:x', 'page:y']);
      assert.ok(existsSync(`${at.file}.damaged`));
      assert.equal(one.said.length, 1, one.said.join('\n'));
      assert.match(one.said[0] ?? '', /was damaged: it was set aside/);
    });
  }

  it('begins anew when the file breaks while it is open', async () => {
    const one = thread(() => NOW);
    await write(
      one,
      Array.from({ length: 3_000 }, (_, n) => fact(`page:${n}`, n, 'y'.repeat(200))),
    );
    const breaker = new DatabaseSync(at.file);
    breaker.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    breaker.close();
    const bytes = readFileSync(at.file);
    writeFileSync(at.file, Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 7)]));
    for (let n = 0; n < 3_000; n += 100)
      await read(
        one,
        Array.from({ length: 100 }, (_, k) => `page:${n + k}`),
      );
    await write(one, [fact('page:after', NOW)]);
    assert.deepEqual(idsOf(await read(one, ['page:after'])), ['page:after']);
    assert.match(one.said.join('\n'), /was damaged: it was set aside/);
  });

  it('lives without a folder that can be made, and says so once', async () => {
    writeFileSync(path.join(at.folder, 'file'), '');
    at = { ...at, file: path.join(at.folder, 'file', 'inside', 'facts.db') };
    const one = thread(() => NOW);
    for (let n = 0; n < 3; n++) await write(one, [fact('page:x', n)]);
    assert.equal(await read(one, ['page:x']), null);
    assert.equal(await one.ask({ method: 'reserve', account: 'a', day: 'd', amount: 1, limit: 1 }), null);
    assert.equal(one.said.length, 1);
    assert.match(one.said[0] ?? '', /not kept across restarts/);
    at = { ...at, folder: path.dirname(path.dirname(path.dirname(at.file))) };
  });

  const onUnix = process.platform === 'win32' ? it.skip : it;
  const told = (output: string) => JSON.parse(output) as { readonly said: readonly string[]; readonly kept: readonly string[] | null };
  const program = path.join(import.meta.dirname, 'program.ts');

  onUnix('lives with a disk that is full, reads what is there, and says so once', async () => {
    const former = thread(() => NOW);
    await former.ask({ method: 'write', writes: { account: 'shared', facts: [fact('before', Date.now())], pages: [] } });
    await former.close();
    const { said, kept } = told(withSmallFiles(200, process.execPath, [program, at.file, 'full', '10', '100000']));
    assert.deepEqual(kept?.includes('before'), true);
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0] ?? '', /could not be read or written .*not kept across restarts/);
  });

  onUnix('lives on a disk that may not be written', () => {
    const { said, kept } = told(withoutWriting(at.folder, process.execPath, [program, at.file, 'sealed', '3', '10']));
    assert.equal(kept, null);
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0] ?? '', /not kept across restarts/);
  });

  onUnix('lets nobody else read it', async () => {
    const one = thread(() => NOW);
    await write(one, [fact('page:x', NOW + 5)]);
    for (const name of readdirSync(at.folder)) assert.equal(statSync(path.join(at.folder, name)).mode & 0o077, 0, name);
  });

  it('forgets answers when it is told to, and leaves no trace of them in its file; what was spent stays', async () => {
    const one = thread(() => NOW);
    await write(one, [fact('page:secret-looking-words', NOW + 5)]);
    await one.ask({ method: 'settle', account: 'a', day: 'd', reserved: 0, spent: { calls: 2, rows: 3, amount: 4 } });
    await one.ask({ method: 'clear' });
    assert.deepEqual(await read(one, ['page:secret-looking-words']), []);
    assert.deepEqual(await one.ask({ method: 'today', account: 'a', day: 'd' }), { calls: 2, rows: 3, amount: 4, reserved: 0 });
    await one.close();
    for (const name of readdirSync(at.folder)) assert.ok(!readFileSync(path.join(at.folder, name)).includes('secret-looking-words'), name);
  });
});
