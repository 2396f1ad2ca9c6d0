/** Trees written page by page: SQLite finds in them what was put there, and nothing wrong with them. */
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { IndexTree } from '../../../server/src/linkIndex/sqlite/btree/indexTree.ts';
import { beginAppending, endAppending, finishAppending, PageFile } from '../../../server/src/linkIndex/sqlite/btree/pageFile.ts';
import { PAGES_A_RUN } from '../../../server/src/linkIndex/sqlite/btree/pageNumbers.ts';
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
  const appended = beginAppending(file, false);
  const pages = new PageFile(appended);
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
  finishAppending(appended, pages.finish());
  endAppending(appended);
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
    const alone = beginAppending(name, false);
    const pages = new PageFile(alone);
    const numbers = [pages.allocate(), pages.allocate(), pages.allocate()];
    endAppending(alone);
    assert.deepEqual(numbers, [lockPage - 1, lockPage + 1, lockPage + 2]);
    const shared = beginAppending(name, true);
    const [one, other] = [new PageFile(shared), new PageFile(shared)];
    assert.deepEqual([one.allocate(), other.allocate()], [lockPage - 1, lockPage - 1 + PAGES_A_RUN]);
    const left = one.finish();
    endAppending(shared);
    assert.deepEqual([left[0], left.length], [lockPage + 1, PAGES_A_RUN - 2]);
  });

  it('are written into one file side by side, and what nobody wrote is free', () => {
    for (const writers of [2, 3, 40]) {
      const name = file();
      const db = openDatabase(name);
      const tables = Array.from({ length: writers }, (_, at) => `t${at}`);
      db.exec(`pragma page_size = 4096; pragma auto_vacuum = 0; create table gone (x); insert into gone values (zeroblob(20000)); drop table gone`);
      for (const table of tables) db.exec(`create table ${table} (id integer primary key, text text)`);
      const roots = tables.map((table) => Number(db.prepare('select rootpage from sqlite_schema where name = ?').get(table)?.['rootpage']));
      db.close();
      const appended = beginAppending(name, true);
      const files = tables.map(() => new PageFile(appended));
      const trees = files.map((pages, at) => new TableTree(pages, roots[at] ?? 0));
      const record = new RecordWriter();
      const rows = 300;
      for (let id = 1; id <= rows; id++) {
        for (const [at, tree] of trees.entries()) {
          record.begin();
          record.null();
          record.text(`${tables[at]} ${String(id).padStart(id % 97 === 0 ? 9000 : 300, 'z')}`);
          tree.add(id, record);
        }
      }
      for (const tree of trees) tree.finish();
      finishAppending(
        appended,
        files.flatMap((pages) => pages.finish()),
      );
      endAppending(appended);
      const read = openDatabase(name);
      try {
        const check = (): unknown => read.prepare('pragma integrity_check').get()?.['integrity_check'];
        const free = (): number => Number(read.prepare('pragma freelist_count').get()?.['freelist_count']);
        assert.equal(check(), 'ok');
        assert.ok(free() > 0 && free() < (writers + 1) * PAGES_A_RUN);
        const size = Number(read.prepare('pragma page_count').get()?.['page_count']);
        for (const table of tables) {
          const found = read.prepare(`select count(*) as n, min(text) like '${table} z%' as own from ${table}`).get();
          assert.deepEqual({ ...found }, { n: rows, own: 1 });
        }
        // SQLite takes the free pages before it makes the file longer.
        read.exec(`create table more (x); insert into more values (zeroblob(${(free() - 1) * 4000}))`);
        assert.equal(Number(read.prepare('pragma page_count').get()?.['page_count']), size);
        assert.equal(check(), 'ok');
      } finally {
        read.close();
      }
    }
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
