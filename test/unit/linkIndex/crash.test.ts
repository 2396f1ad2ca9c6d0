/** `kill -9` in the middle of builds: the old index or the new one is there afterwards, whole, and the next build cleans up. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { pageRecord } from './warcFixture.ts';

const ROUNDS = 12;
const PAGES = 400;
const LOOP = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/buildLoop.ts');

async function rowsInAll(file: string): Promise<number | null> {
  const store = openIndex(file);
  const target = parseTarget('a.com');
  assert.ok(target);
  const { total } = await store.rows({ target, limit: 10, offset: 0, internal: 'exclude' }, new AbortController().signal);
  await store.close();
  return total;
}

function integrity(file: string): unknown {
  const db = openDatabase(databaseOf(file), { readOnly: true });
  const [row] = db.prepare('pragma integrity_check').all();
  db.close();
  return row?.['integrity_check'];
}

describe('index build, killed', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-crash-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`leaves the old index or the new one, in ${ROUNDS} rounds`, async () => {
    const out = path.join(folder, 'web.db');
    const first = path.join(folder, 'first.warc');
    const second = path.join(folder, 'second.warc');
    writeFileSync(first, pageRecord('https://b.org/', ['https://a.com/']));
    writeFileSync(
      second,
      Buffer.concat(Array.from({ length: PAGES }, (_, at) => pageRecord(`https://b.org/${at}`, ['https://a.com/', `/${at + 1}`]))),
    );
    const outcomes = { old: 0, new: 0, unfinished: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      await buildIndex({ out, inputs: [first] });
      const child = spawn(process.execPath, [LOOP, out, second], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await wait(20 + round * 45);
      child.kill('SIGKILL');
      await once(child, 'close');
      const rows = await rowsInAll(out);
      assert.ok(rows === 1 || rows === PAGES, String(rows));
      assert.equal(integrity(out), 'ok');
      outcomes[rows === 1 ? 'old' : 'new']++;
      if (readdirSync(folder).some((name) => /building|scratch|lock/.test(name))) outcomes.unfinished++;
    }
    await buildIndex({ out, inputs: [second] });
    assert.equal(await rowsInAll(out), PAGES);
    assert.equal(readdirSync(folder).length, 4, readdirSync(folder).join(' '));
    console.log(`      ${outcomes.old} times the old index, ${outcomes.new} times the new one; killed in the middle ${outcomes.unfinished} times`);
    assert.ok(outcomes.unfinished > 0);
  });
});
