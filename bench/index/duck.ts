/** A finished index's rows in a DuckDB file: the same tables in the same order, with keys where a look-up needs them. */
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import type { DuckConnection } from './peers.ts';

/** Columns of the index that its readers need; `text` ones are said, the rest are numbers. */
const TABLES: readonly { readonly name: string; readonly columns: readonly string[]; readonly text: readonly string[]; readonly key: string }[] = [
  { name: 'domain', columns: ['id', 'name', 'strength'], text: ['name'], key: 'primary key (id), unique (name)' },
  { name: 'host', columns: ['id', 'name', 'domain'], text: ['name'], key: 'primary key (id), unique (name)' },
  {
    name: 'page',
    columns: ['id', 'key', 'url', 'host', 'strength', 'captured', 'title', 'place', 'external', 'internal'],
    text: ['key', 'url', 'title'],
    key: 'primary key (id), unique (key)',
  },
  { name: 'anchor', columns: ['id', 'text'], text: ['text'], key: 'primary key (id)' },
  { name: 'place', columns: ['id', 'ip', 'country_code', 'country'], text: ['ip', 'country_code', 'country'], key: 'primary key (id)' },
  {
    name: 'link',
    columns: ['id', 'target', 'target_host', 'target_domain', 'state', 'source', 'anchor', 'position', 'tag', 'nofollow', 'rel', 'form'],
    text: [],
    key: '',
  },
  {
    name: 'total',
    columns: ['kind', 'key', 'links', 'internal', 'pages', 'hosts', 'domains', 'followed', 'followable'],
    text: [],
    key: 'primary key (kind, key)',
  },
];

/** Copies every table by DuckDB's appender. */
export async function copyToDuck(index: string, connection: DuckConnection): Promise<void> {
  const db = openDatabase(databaseOf(index), { readOnly: true });
  for (const { name, columns, text, key } of TABLES) {
    const definitions = columns.map((column) => `${column} ${text.includes(column) ? 'varchar' : 'integer'}`);
    await connection.run(`create table ${name} (${[...definitions, ...(key === '' ? [] : [key])].join(', ')})`);
    const appender = await connection.createAppender(name);
    const rows = db.prepare(`select ${columns.join(', ')} from ${name} order by 1, 2`);
    rows.setReturnArrays(true);
    for (const row of rows.iterate() as unknown as Iterable<readonly (string | number | null)[]>) {
      for (const [at, value] of row.entries()) {
        if (value === null) appender.appendNull();
        else if (text.includes(columns[at] ?? '')) appender.appendVarchar(String(value));
        else appender.appendInteger(Number(value));
      }
      appender.endRow();
    }
    appender.closeSync();
  }
  await connection.run('checkpoint');
  db.close();
}
