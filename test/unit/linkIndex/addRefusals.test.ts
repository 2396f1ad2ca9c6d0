/** What an addition finds that it cannot write to, or must change first: indexes of other versions, damaged ones, files that are none. */
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { startAdding } from '../../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { regenerate, startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { SCHEMA_VERSION } from '../../../server/src/linkIndex/sqlite/schema.ts';
import { writeInputs } from '../../fixtures/linkIndex/crashWriter.ts';
import { writeSchemaOne } from './schemaOne.ts';
import { emptyFolders, rowsOf } from './support.ts';
import { contentOf, integrityOf, tablesOf } from './tables.ts';

const NOWHERE = { countryCode: null, country: null, city: null };
const finishing = { signal: new AbortController().signal, onPhase() {} };

describe('index add, where it is not welcome', () => {
  const folder = emptyFolders('refusals');

  async function built(inputs = 1): Promise<string> {
    const out = path.join(folder(), 'web.db');
    await writeInputs(
      startGeneration(out, () => NOWHERE, 0),
      0,
      inputs,
    );
    return out;
  }

  const refuses = (out: string, code: string, message: RegExp): void => {
    assert.throws(() => startAdding(out, () => NOWHERE), { code, message });
    assert.ok(!readdirSync(path.dirname(out)).some((name) => /lock|building|-wal|-shm/.test(name)), 'leaves something behind');
  };

  it('refuses what is not there', () => {
    refuses(path.join(folder(), 'web.db'), 'index.missing', /There is no index at .+web\.db/);
  });

  it("refuses somebody's file, and leaves it alone", () => {
    const out = path.join(folder(), 'web.db');
    writeFileSync(out, 'Dear diary');
    refuses(out, 'index.damaged', /is not an index/);
    assert.equal(readFileSync(out, 'utf8'), 'Dear diary');
  });

  it('refuses the data file of an index by name', async () => {
    const out = await built();
    refuses(databaseOf(out), 'usage.invalid', /is the data file of an index/);
  });

  it('refuses a database of another program', async () => {
    const out = await built();
    const database = databaseOf(out);
    rmSync(database);
    const db = openDatabase(database);
    db.exec('create table mine (a)');
    db.close();
    refuses(out, 'index.damaged', /no index/);
  });

  it('refuses an index whose data file is gone', async () => {
    const out = await built();
    rmSync(databaseOf(out));
    refuses(out, 'index.damaged', /is not there/);
  });

  it('refuses an index of a newer version, and leaves it as it is', async () => {
    const out = await built();
    const database = databaseOf(out);
    const db = openDatabase(database);
    db.exec(`pragma user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    const bytes = readFileSync(database);
    refuses(out, 'index.newer-schema', /schema \d+, and this program knows schemas up to \d+\. Update/);
    assert.ok(readFileSync(database).equals(bytes));
  });

  it('says of a damaged index that it is damaged', async () => {
    const out = await built(2);
    const database = databaseOf(out);
    const bytes = readFileSync(database);
    bytes.fill(0x5a, 4096 * 3, bytes.length - 4096);
    writeFileSync(database, bytes);
    assert.throws(
      () => {
        const writer = startAdding(out, () => NOWHERE);
        try {
          const input = writer.beginInput('x', 1);
          writer.add({ kind: 'gone', gone: { url: 'https://site1.org/page1', status: 404, capturedAt: Date.UTC(2027, 0) } }, input);
          writer.endInput(input, { note: null, bytes: 1, hash: 'x' });
        } finally {
          writer.discard();
        }
      },
      { code: 'index.damaged', message: /is damaged: .+ Build it again from its inputs/ },
    );
  });

  it('says that somebody else is writing', async () => {
    const out = await built();
    const first = startAdding(out, () => NOWHERE);
    assert.throws(() => startAdding(out, () => NOWHERE), { code: 'index.busy' });
    assert.throws(() => startGeneration(out, () => NOWHERE, 0), { code: 'index.busy' });
    first.discard();
    startAdding(out, () => NOWHERE).discard();
  });

  it('reads an index of an older version only after it was brought up to date', async () => {
    const out = writeSchemaOne(folder());
    assert.throws(() => openIndex(out), { code: 'index.older-schema', message: /older version of this program.+Build it again, or.+index add/ });
    await startAdding(out, () => NOWHERE).finish(finishing);
    assert.deepEqual(readdirSync(path.dirname(out)).sort(), ['web.db', 'web.db.g000002']);
    assert.equal(integrityOf(out), 'ok');
    const { pages, links, redirects, info, inputs } = tablesOf(out);
    assert.equal(pages.length, 4);
    assert.deepEqual(
      links.map(({ source, url, text, state }) => [source, url, text, state]),
      [
        ['a.com/', 'https://a.com/', 'here', 1],
        ['b.org/', 'https://a.com/', 'here', 0],
        ['b.org/', 'https://blog.a.com/x#top', 'here', 0],
        ['b.org/old', 'https://a.com/', '[redirect 301]', 0],
      ],
    );
    assert.deepEqual(redirects, [{ source: 'b.org/old', target: 'a.com/' }]);
    assert.equal(info['schema'], SCHEMA_VERSION);
    assert.deepEqual(inputs, [{ name: 'old.warc', bytes: 100, pages: 2, links: 3, note: null, hash: null }]);
    const { rows, total, generation } = await rowsOf(out, 'a.com');
    assert.equal(generation, 'g2.ab12cd34');
    assert.equal(total, 3);
    assert.deepEqual(
      rows.map(({ sourceUrl, firstSeen }) => [sourceUrl, firstSeen]),
      [
        ['https://b.org/', '2026-11-01'],
        ['https://b.org/old', '2026-11-01'],
        ['https://b.org/', '2026-11-01'],
      ],
    );
    await regenerate(out, 0, finishing);
    assert.equal((await rowsOf(out, 'a.com')).total, 3);
  });

  it('adds to an index of an older version', async () => {
    const out = writeSchemaOne(folder());
    await writeInputs(
      startAdding(out, () => NOWHERE),
      0,
      1,
    );
    assert.equal(tablesOf(out).inputs.length, 2);
    assert.equal((await rowsOf(out, 'a.com')).total, 3);
  });

  it('changes nothing with an input that is in already, whatever its name', async () => {
    const out = await built();
    const before = contentOf(out);
    const writer = startAdding(out, () => NOWHERE);
    const { generation } = tablesInfo(out);
    const input = writer.beginInput('under another name', 1);
    writer.add({ kind: 'gone', gone: { url: 'https://site1.org/page1', status: 404, capturedAt: Date.UTC(2027, 0) } }, input);
    writer.endInput(input, { note: null, bytes: 1, hash: 'hash 0' });
    assert.deepEqual(writer.alreadyIn, [input]);
    assert.deepEqual([...writer.hashesOfSize(1)], ['hash 0']);
    assert.deepEqual([...writer.hashesOfSize(2)], []);
    assert.equal((await writer.finish(finishing)).generation, generation);
    assert.equal(contentOf(out), before);
  });

  it('keeps what was read of a damaged input, with its note, and takes the whole one later', async () => {
    const out = await built(0);
    const gone = (path: string): Parameters<ReturnType<typeof startAdding>['add']>[0] => ({
      kind: 'gone',
      gone: { url: `https://a.com/${path}`, status: 410, capturedAt: 1e12 },
    });
    const writer = startAdding(out, () => NOWHERE);
    const cut = writer.beginInput('cut.warc.gz', 50);
    writer.add(gone('1'), cut);
    writer.endInput(cut, { note: 'ends in the middle of record 2', bytes: 50, hash: null });
    const again = writer.beginInput('cut.warc.gz', 50);
    writer.add(gone('1'), again);
    writer.endInput(again, { note: 'ends in the middle of record 2', bytes: 50, hash: null });
    assert.deepEqual(writer.alreadyIn, [again]);
    const useless = writer.beginInput('notes.txt', 50);
    writer.endInput(useless, { note: 'not an archive', bytes: 50, hash: null });
    const whole = writer.beginInput('cut.warc.gz', 60);
    writer.add(gone('1'), whole);
    writer.add(gone('2'), whole);
    writer.endInput(whole, { note: null, bytes: 60, hash: 'whole' });
    const { inputs } = await writer.finish(finishing);
    assert.deepEqual(
      inputs.map(({ name, note }) => [name, note]),
      [
        ['cut.warc.gz', 'ends in the middle of record 2'],
        ['cut.warc.gz', null],
      ],
    );
    assert.equal(tablesOf(out).pages.length, 2);
  });

  it('never takes a log that an index of the same name has left for its own', async () => {
    const out = await built();
    const expected = contentOf(out);
    const reader = openIndex(out);
    const writer = startAdding(out, () => NOWHERE);
    const input = writer.beginInput('more', 1);
    writer.add({ kind: 'gone', gone: { url: 'https://site1.org/page1', status: 404, capturedAt: Date.UTC(2027, 0) } }, input);
    writer.endInput(input, { note: null, bytes: 1, hash: 'more' });
    const log = readFileSync(`${databaseOf(out)}-wal`);
    assert.ok(log.length > 0);
    writer.discard();
    await reader.close();
    for (const file of [out, databaseOf(out)]) rmSync(file);
    writeFileSync(`${out}.g000001-wal`, log);
    await writeInputs(
      startGeneration(out, () => NOWHERE, 0),
      0,
      1,
    );
    assert.equal(contentOf(out), expected);
    assert.equal(integrityOf(out), 'ok');
    assert.ok(readdirSync(path.dirname(out)).every((name) => /^web\.db(\.g\d+)?$/.test(name)));
  });

  it('can be read as a copy of its two files while nobody writes', async () => {
    const out = await built();
    await writeInputs(
      startAdding(out, () => NOWHERE),
      1,
      2,
    );
    const copy = path.join(folder(), 'copy.db');
    copyFileSync(out, copy);
    copyFileSync(databaseOf(out), path.join(path.dirname(copy), path.basename(databaseOf(out))));
    assert.equal(contentOf(copy), contentOf(out));
    assert.ok(statSync(copy).size < 200);
  });
});

function tablesInfo(out: string): { generation: string } {
  return JSON.parse(readFileSync(out, 'utf8')) as { generation: string };
}
