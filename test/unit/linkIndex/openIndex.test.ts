/** Opening: whatever a file is that is no index, or no longer one, there is a sentence and a code for it. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { BacklinkLensError, type ErrorCode } from '../../../server/src/util/errors.ts';
import { emptyFolders, rowsOf, written } from './support.ts';
import { pageRecord } from './warcFixture.ts';

describe('opening an index', () => {
  const emptyFolder = emptyFolders('open');

  const opens = (file: string, code: ErrorCode, ...words: string[]): void =>
    assert.throws(
      () => openIndex(file),
      (error) => BacklinkLensError.is(error, code) && words.every((word) => error.message.includes(word)),
      `${file} ${code}`,
    );

  it('says whether an index is missing, damaged or too new', async () => {
    const folder = emptyFolder();
    const out = path.join(folder, 'web.db');
    opens(out, 'index.missing', 'web.db');
    opens(folder, 'index.damaged');
    opens(written(folder, 'empty.db', Buffer.alloc(0)), 'index.damaged', 'empty.db');
    opens(written(folder, 'text.db', Buffer.from('no index')), 'index.damaged');
    opens(written(folder, 'json.db', Buffer.from('{"generation":1}')), 'index.damaged');
    opens(written(folder, 'escape.db', Buffer.from('{"backlinkLensIndex":1,"generation":"g","file":"../../etc/passwd"}')), 'index.damaged');
    opens(written(folder, 'later.db', Buffer.from('{"backlinkLensIndex":2,"generation":"g","file":"x"}')), 'index.newer-schema');
    opens(written(folder, 'dangling.db', Buffer.from('{"backlinkLensIndex":1,"generation":"g","file":"dangling.db.g000009"}')), 'index.damaged');
    await buildIndex({ out, inputs: [written(folder, 'a.warc', pageRecord('https://b.org/', ['https://a.com/']))] });
    const database = databaseOf(out);
    assert.equal((await rowsOf(database, 'a.com')).total, 1);

    const other = path.join(folder, 'other.db');
    const db = openDatabase(other);
    db.exec('create table t (x)');
    db.close();
    opens(other, 'index.damaged', 'other.db');

    const newer = path.join(folder, 'newer.db');
    copyFileSync(database, newer);
    const changed = openDatabase(newer);
    changed.exec('pragma user_version = 99');
    changed.close();
    opens(newer, 'index.newer-schema', '99');

    for (const length of [20, 100, 4096]) opens(written(folder, `cut${length}.db`, readFileSync(database).subarray(0, length)), 'index.damaged');
  });

  it('says that it is damaged when a page of it turns out to be, and does not crash', async () => {
    const folder = emptyFolder();
    const out = path.join(folder, 'web.db');
    await buildIndex({
      out,
      inputs: [
        written(folder, 'a.warc', Buffer.concat(Array.from({ length: 300 }, (_, at) => pageRecord(`https://b.org/${at}`, ['https://a.com/'])))),
      ],
    });
    const bytes = readFileSync(databaseOf(out));
    let complaints = 0;
    for (let at = 1; at * 4096 < bytes.length; at++) {
      const damaged = Buffer.from(bytes).fill(0xa5, at * 4096, at * 4096 + 4096);
      try {
        await rowsOf(written(folder, 'damaged.db', damaged), 'a.com', 'include');
      } catch (error) {
        assert.ok(BacklinkLensError.is(error, 'index.damaged'), String(error));
        complaints++;
      }
    }
    assert.ok(complaints > 0);
  });

  it('says so, and only then, where the runtime has no SQLite', async () => {
    const folder = emptyFolder();
    const input = written(folder, 'a.warc', pageRecord('https://b.org/', ['https://a.com/']));
    const out = path.join(folder, 'web.db');
    await buildIndex({ out, inputs: [input] });
    const builtin = Object.getOwnPropertyDescriptor(process, 'getBuiltinModule') ?? {};
    process.getBuiltinModule = () => undefined;
    try {
      opens(out, 'index.no-sqlite', process.version);
      await assert.rejects(buildIndex({ out, inputs: [input] }), (error) => BacklinkLensError.is(error, 'index.no-sqlite'));
    } finally {
      Object.defineProperty(process, 'getBuiltinModule', builtin);
    }
    assert.equal((await rowsOf(out, 'a.com')).total, 1);
  });
});
