/** Several editor windows with one cache: processes of their own that write at the same moment, and the thread that the server uses. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { createDiskCache } from '../../../../server/src/facts/diskCache.ts';
import { systemClock } from '../../../../server/src/util/clock.ts';
import { type Log, silentLog } from '../../../../server/src/util/log.ts';
import { summary, targets } from '../support.ts';
import { type CacheFolder, cacheFolder, playThread } from './support.ts';

const WORKER = path.resolve(import.meta.dirname, '../../../../server/src/facts/disk/cacheWorker.ts');
const PROGRAM = path.join(import.meta.dirname, 'program.ts');

async function run(...args: readonly string[]): Promise<{ granted: number; said: string[] }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as { granted: number; said: string[] };
}

describe('cache of several windows', function () {
  this.timeout(60_000);
  let at: CacheFolder;
  beforeEach(() => {
    at = cacheFolder();
  });
  afterEach(() => at.remove());

  it('takes everything that two processes write at once, and gives a budget out once', async () => {
    const [one, two] = await Promise.all([run(at.file, 'one', '300', '500'), run(at.file, 'two', '300', '500')]);
    assert.deepEqual([one.said, two.said], [[], []]);
    assert.equal(one.granted + two.granted, 100, `${one.granted} and ${two.granted} of 100`);
    const reader = playThread(at.file, Date.now);
    const ids = ['one', 'two'].flatMap((name) => Array.from({ length: 300 }, (_, n) => `${name}-${n}`));
    const kept = (await reader.ask({ method: 'facts', account: 'shared', ids })) as readonly unknown[];
    const spent = await reader.ask({ method: 'today', account: 'shared', day: 'today' });
    await reader.close();
    assert.equal(kept.length, 600);
    assert.deepEqual(spent, { calls: 100, rows: 200, amount: 100, reserved: 0 });
  });

  it('is read and written in a thread, many at a time, and by the next start', async () => {
    const parts = { folder: path.join(at.folder, 'made', 'by it'), workerFile: WORKER, clock: systemClock, log: silentLog };
    const many = targets(2_000);
    const first = createDiskCache(parts);
    first.keepFacts(
      'a',
      many.map((target, index) => ({ target, summary: summary(target, index), at: Date.now(), generation: null })),
    );
    await first.close();
    const second = createDiskCache(parts);
    const found = await second.facts('a', many);
    await second.close();
    assert.deepEqual(
      found.map(({ summary: { backlinks } }) => backlinks).sort((a, b) => (a ?? 0) - (b ?? 0)),
      many.map((_, index) => index),
    );
  });

  it('keeps nobody waiting while another window writes', async () => {
    const cache = createDiskCache({ folder: at.folder, workerFile: WORKER, clock: systemClock, log: silentLog });
    const [target] = targets(1);
    assert.ok(target);
    cache.keepFacts('a', [{ target, summary: summary(target, 7), at: Date.now(), generation: null }]);
    assert.equal((await cache.facts('a', [target])).length, 1);
    const other = new DatabaseSync(at.file);
    other.exec('BEGIN IMMEDIATE');
    const order: string[] = [];
    const reserved = cache.reserve('a', 'd', 1, 1).then((answer) => order.push(answer?.granted === true ? 'granted' : 'not'));
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
    order.push('free');
    other.exec('COMMIT');
    other.close();
    await reserved;
    await cache.close();
    assert.deepEqual(order, ['free', 'granted']);
  });

  it('forgets though another window reads', async () => {
    const one = playThread(at.file, Date.now);
    await one.ask({ method: 'write', writes: { account: 'a', facts: [{ id: 'x', at: Date.now(), generation: null, summary: '{}' }], pages: [] } });
    const other = new DatabaseSync(at.file);
    const rows = other.prepare('SELECT id FROM facts').iterate();
    rows.next();
    await one.ask({ method: 'clear' });
    assert.deepEqual([await one.ask({ method: 'facts', account: 'a', ids: ['x'] }), one.said], [[], []]);
    other.close();
    await one.close();
  });

  it('is not missed when its thread dies', async () => {
    const told: string[] = [];
    const log: Log = { ...silentLog, warn: (line) => void told.push(line) };
    const cache = createDiskCache({ folder: at.folder, workerFile: path.join(at.folder, 'nothing.ts'), clock: systemClock, log });
    const [target] = targets(1);
    assert.ok(target);
    assert.deepEqual(await cache.facts('a', [target]), []);
    assert.equal(await cache.reserve('a', 'd', 1, 1), null);
    await cache.clear();
    await cache.close();
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /not kept any more until the next start/);
  });
});
