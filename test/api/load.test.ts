/**
 * The service as it runs, under load: many connections with several keys, refusals for haste, indexes exchanged and damaged, and a SIGTERM in the
 * middle. No request that was taken loses its answer, no balance is told twice or skipped, and each reply is of one generation.
 */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openKeyFile } from '../../server/src/api/access/keyFile.ts';
import { type Running, run, start } from '../cli/run.ts';
import { type Caller, startCaller } from '../support/callers.ts';
import { temporaryFolder } from '../support/folders.ts';
import { buildMarked, MARKED_TARGETS } from '../support/markedIndex.ts';

const LIST = '/v3/ResearchLinksGetListBacklinks.json';
const CREDITS = 1_000_000;
const KEYS = ['steady', 'other', 'hasty'] as const;
/** Connections of each key. */
const CONNECTIONS = 8;
const PATHS = [10, 25].flatMap((limit) => MARKED_TARGETS.map((target) => `${LIST}?url=${target}&limit=${limit}`));

describe('service: under load', () => {
  const { folder, remove } = temporaryFolder('load');
  const index = path.join(folder, 'web.db');
  const keysFile = `${index}.keys`;
  const pagesOf: Record<string, number> = { one: 40, two: 60, three: 80 };
  const callers: Caller[] = [];
  const seen: Record<string, unknown>[] = [];
  let ended: Awaited<Running['ended']>;

  before(async function () {
    this.timeout(60_000);
    await buildMarked(index, 'one', pagesOf['one'] ?? 0);
    const keys = await Promise.all(KEYS.map(addKey));
    const service = start(['serve', '--index', index, '--port', '0', '--rate', '3000', '--rate-address', '0', '--log', 'json']);
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(await service.until(/Try:.*\n/))?.[1]);
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).json() as Promise<Record<string, unknown>>;
    const tokens = await Promise.all(keys.map((key) => tokenOf(port, key)));
    for (const [which, { id }] of keys.entries()) {
      const pace = KEYS[which] === 'hasty' ? 0 : 25;
      for (let at = 0; at < CONNECTIONS; at++) callers.push(startCaller(port, id, tokens[which] ?? '', PATHS, pace));
    }
    await wait(400);
    const second = await buildMarked(index, 'two', pagesOf['two'] ?? 0);
    await wait(400);
    seen.push(await ready());
    const pointer = readFileSync(index);
    damage(second);
    await wait(1500);
    seen.push(await ready());
    // The index that was there comes back.
    writeFileSync(`${index}.kept`, pointer);
    renameSync(`${index}.kept`, index);
    await wait(1500);
    seen.push(await ready());
    await buildMarked(index, 'three', pagesOf['three'] ?? 0);
    await wait(1500);
    service.signal('SIGTERM');
    await Promise.all(callers.map(({ done }) => done));
    ended = await service.ended;
  });
  after(remove);

  async function addKey(name: string): Promise<{ id: string; secret: string }> {
    const { out } = await run(['serve', 'keys', 'add', name, '--json', '--credits', String(CREDITS), '--index', index]);
    return JSON.parse(out) as { id: string; secret: string };
  }

  /** Puts half a database in the place of the index. */
  function damage(database: string): void {
    const half = path.join(folder, 'half.db');
    copyFileSync(database, half);
    writeFileSync(half, readFileSync(half).subarray(0, 20_000));
    renameSync(half, index);
  }

  const heard = () => callers.flatMap((caller) => caller.heard);
  const answered = () => heard().filter(({ status }) => status === 200);

  it('answers every request that it took, to the end', () => {
    assert.deepEqual(
      callers.flatMap(({ lost }) => lost),
      [],
    );
    assert.equal(ended.code, 0, ended.error.slice(-2000));
    const statuses = [...new Set(heard().map(({ status }) => status))].sort((a, b) => a - b);
    assert.deepEqual(statuses, [200, 429]);
    console.log(`      ${answered().length} answers on ${callers.length} connections, ${heard().length - answered().length} refused for haste`);
  });

  it('tells each key balances without a gap, each once, and takes no credit without an answer', () => {
    const file = openKeyFile(keysFile);
    const left = new Map(file.list().map(({ id, granted, spent }) => [id, (granted ?? 0) - spent]));
    file.close();
    for (const id of new Set(callers.map(({ key }) => key))) {
      const own = callers.filter(({ key }) => key === id).flatMap((caller) => caller.heard.filter(({ status }) => status === 200));
      const balances = own.map(({ balance }) => balance ?? -1).sort((a, b) => b - a);
      assert.deepEqual(
        balances,
        Array.from(balances, (_, at) => CREDITS - 1 - at),
      );
      assert.equal(left.get(id), CREDITS - own.length);
    }
    for (const { heard: own } of callers) {
      const balances = own.filter(({ status }) => status === 200).map(({ balance }) => balance ?? -1);
      assert.deepEqual(
        balances,
        [...balances].sort((a, b) => b - a),
      );
    }
  });

  it('answers each request from one generation, and never from an older one than before', () => {
    const marks = new Map<string, string>();
    for (const { generation, marks: found, count } of answered()) {
      assert.equal(found.length, 1, `rows of ${found.join(', ')} in one reply`);
      const [mark = ''] = found;
      assert.equal(count, pagesOf[mark]);
      assert.equal(marks.get(generation ?? '') ?? mark, mark);
      marks.set(generation ?? '', mark);
    }
    assert.deepEqual([...marks.values()].sort(), ['one', 'three', 'two']);
    const order = ['one', 'two', 'three'];
    for (const { heard: own } of callers) {
      const steps = own.filter(({ status }) => status === 200).map((reply) => order.indexOf(reply.marks[0] ?? ''));
      assert.deepEqual(
        steps,
        [...steps].sort((a, b) => a - b),
      );
    }
  });

  it('says on /readyz and in the log that a new build cannot be read, and goes on with the one before', () => {
    assert.deepEqual(
      seen.map(({ status, problem }) => [status, problem]),
      [
        ['ready', null],
        ['ready', 'index.damaged'],
        ['ready', null],
      ],
    );
    assert.equal(new Set(seen.map(({ generation }) => generation)).size, 1);
    const messages = lines().filter(({ event }) => event === 'message');
    assert.ok(
      messages.some(({ level, message }) => level === 'warn' && /\[index\.damaged\] Generation g2\.\w+ goes on answering/.test(String(message))),
    );
    assert.ok(messages.some(({ message }) => /the index is now generation g3/.test(String(message))));
  });

  it('logs each request once under its id, without tokens and URLs', () => {
    const ids = lines()
      .filter(({ event, call }) => event === 'request' && call === 'ResearchLinksGetListBacklinks')
      .map(({ id }) => String(id));
    assert.equal(ids.length, new Set(ids).size);
    assert.deepEqual(
      ids.toSorted(),
      heard()
        .map(({ id }) => id)
        .toSorted(),
    );
    assert.doesNotMatch(ended.error, /target\.org|other\.org|Bearer|access_token/);
  });

  function lines(): Record<string, unknown>[] {
    return ended.error
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
});

async function tokenOf(port: number, { id, secret }: { id: string; secret: string }): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const reply = await fetch(`http://127.0.0.1:${port}/v3/token`, { method: 'POST', headers: { authorization }, body });
  return ((await reply.json()) as { access_token: string }).access_token;
}
