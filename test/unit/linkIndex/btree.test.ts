/** Trees written page by page: SQLite finds in them what was put there, and nothing wrong with them. */
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { IndexTree } from '../../../server/src/linkIndex/sqlite/btree/indexTree.ts';
import { PageFile } from '../../../server/src/linkIndex/sqlite/btree/pageFile.ts';
import { RecordWriter } from '../../../server/src/linkIndex/sqlite/btree/record.ts';
import { TableTree } from '../../../server/src/linkIndex/sqlite/btree/tableTree.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { emptyFolders } from './support.ts';

type Row = readonly [id: number, number: number | null, text: string, weight: number];

/** Writes rows, with an index of them and a table without row ids, and reads all back through SQLite. */
function writeAndRead(file: string, rows: readonly Row[]): { rows: unknown[]; byText: unknown[]; plain: unknown[]; check: unknown } {
  const db = openDatabase(file);
  db.exec(`pragma auto_vacuum = 0; pragma page_size = 4096;
    create table t (id integer primary key, number integer, text text not null, weight real);
    create index t_text on t (text, number);
    create table w (id integer, text text, primary key (id)) without rowid`);
  const roots = new Map(
    db
      .prepare('select name, rootpage from sqlite_schema')
      .all()
      .map(({ name, rootpage }) => [name, Number(rootpage)]),
  );
  db.close();
  const pages = new PageFile(file);
  const record = new RecordWriter();
  const table = new TableTree(pages, roots.get('t') ?? 0);
  for (const [id, number, text, weight] of rows) {
    record.begin();
    record.null();
    record.intOrNull(number);
    record.text(text);
    record.double(weight);
    table.add(id, record);
  }
  table.finish();
  const index = new IndexTree(pages, roots.get('t_text') ?? 0);
  for (const [id, number, text] of rows.toSorted(inIndexOrder)) {
    record.begin();
    record.text(text);
    record.intOrNull(number);
    record.int(id);
    index.add(record);
  }
  index.finish();
  const plain = new IndexTree(pages, roots.get('w') ?? 0);
  for (const [id, , text] of rows) {
    record.begin();
    record.int(id);
    record.text(text);
    plain.add(record);
  }
  plain.finish();
  pages.finish();
  pages.close();
  const read = openDatabase(file);
  try {
    const all = (sql: string): unknown[] => {
      const select = read.prepare(sql);
      select.setReturnArrays(true);
      return select.all();
    };
    return {
      check: all('pragma integrity_check'),
      rows: all('select * from t order by id'),
      byText: all('select text, number, id from t indexed by t_text order by text, number'),
      plain: all('select * from w order by id'),
    };
  } finally {
    read.close();
  }
}

function inIndexOrder([a, n, s]: Row, [b, m, t]: Row): number {
  return Buffer.compare(Buffer.from(s), Buffer.from(t)) || (n ?? -1) - (m ?? -1) || a - b;
}

function assertKept(file: string, rows: readonly Row[]): void {
  const read = writeAndRead(file, rows);
  assert.deepEqual(read.check, [['ok']]);
  assert.deepEqual(read.rows, rows);
  assert.deepEqual(
    read.byText,
    rows.toSorted(inIndexOrder).map(([id, number, text]) => [text, number, id]),
  );
  assert.deepEqual(
    read.plain,
    rows.map(([id, , text]) => [id, text]),
  );
}

describe('trees of a database file', () => {
  const folder = emptyFolders('btree');
  const file = (): string => path.join(folder(), 'tree.db');

  it('hold any rows, of any sizes', async function () {
    this.timeout(60_000);
    const anyText = fc.oneof(
      { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom('x', 'é', '漢'), fc.integer({ min: 300, max: 9000 })).map(([unit, times]) => unit.repeat(times)),
      },
    );
    const anyNumber = fc.oneof(
      fc.constant(null),
      fc.integer({ min: 0, max: 300 }),
      fc.constantFrom(127, 128, 32_767, 32_768, 8_388_607, 8_388_608, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 46),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom(1, 1, 1, 2, 100, 20_000, 2 ** 40), anyNumber, anyText, fc.double({ noNaN: true, noDefaultInfinity: true })),
          {
            maxLength: 120,
          },
        ),
        async (steps) => {
          let id = 0;
          const rows = steps.map(([step, number, text, weight]): Row => {
            id += step;
            // SQLite reads a zero back without its sign.
            return [id, number, text.toWellFormed().replaceAll('\0', ''), weight === 0 ? 0 : weight];
          });
          assertKept(file(), rows);
        },
      ),
      { numRuns: 40 },
    );
  });

  // Around the sizes at which a page is full, and a level of pages above it is.
  for (const count of [0, 1, 2, 3, 50, 51, 52, 53, 54, 55, 1000, 30_000]) {
    it(`hold ${count} long rows`, () =>
      assertKept(
        file(),
        Array.from({ length: count }, (_, at) => [at + 1, at % 7, `${String(at * 7919).padStart(60, '0')}`, at]),
      ));
  }

  it('leave out the page whose bytes systems lock', () => {
    const name = file();
    const db = openDatabase(name);
    db.exec('pragma page_size = 4096; create table t (id integer primary key)');
    db.close();
    // As if the file had all pages before it.
    const lockPage = 2 ** 30 / 4096 + 1;
    const header = openSync(name, 'r+');
    const size = Buffer.alloc(4);
    size.writeUInt32BE(lockPage - 2);
    writeSync(header, size, 0, 4, 28);
    closeSync(header);
    const pages = new PageFile(name);
    const numbers = [pages.allocate(), pages.allocate(), pages.allocate()];
    pages.close();
    assert.deepEqual(numbers, [lockPage - 1, lockPage + 1, lockPage + 2]);
  });

  it('hold every number of rows up to 400 of a size of which a page holds four', function () {
    this.timeout(60_000);
    for (let count = 1; count <= 400; count += 7) {
      assertKept(
        file(),
        Array.from({ length: count }, (_, at) => [at + 1, null, String(at).padStart(900, 'y'), 0.5]),
      );
    }
  });
});
