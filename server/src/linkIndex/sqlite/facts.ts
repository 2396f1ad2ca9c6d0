/** What an index says of itself: written at the end of a build, read when it is opened. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { IndexInfo } from '../store.ts';
import type { GenerationCounts } from './build/countGeneration.ts';
import { readListedInfo } from './listed/questions.ts';
import { isoDay } from './rows.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { Statements, textOf } from './statements.ts';

export interface InputCount {
  readonly name: string;
  readonly bytes: number;
  pages: number;
  links: number;
  note: string | null;
  /** SHA-256 of the bytes, hex; null for a folder. */
  readonly hash: string | null;
}

export interface BuildFacts {
  readonly number: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly inputs: readonly InputCount[];
  readonly run: IndexInfo['strength'];
  readonly counts: GenerationCounts;
}

/** Keeps what `index info` shows. */
export function writeFacts(db: DatabaseSync, { number, now, inputs, run, counts }: BuildFacts): IndexInfo {
  const addInput = db.prepare('insert into input values (null, ?, ?, ?, ?, ?, ?)');
  for (const { name, bytes, pages, links, note, hash } of inputs) addInput.run(name, bytes, pages, links, note, hash);
  const { first, last, ...counted } = counts;
  const info: IndexInfo = {
    // The random part tells an index that was deleted and built again from the one before.
    generation: `g${number}.${randomBytes(4).toString('hex')}`,
    schema: SCHEMA_VERSION,
    ...counted,
    firstCapture: isoDay(first),
    lastCapture: isoDay(last),
    builtAt: new Date(now).toISOString(),
    strength: run,
    inputs: inputs.map(({ name, pages, links, note }) => ({ name, pages, links, note })),
  };
  const { inputs: _inputs, ...kept } = info;
  db.prepare(`insert into meta values ('info', ?)`).run(JSON.stringify(kept));
  // What lists state is read from their own tables, which an addition may change.
  return { ...info, ...readListedInfo(new Statements(db)) };
}

/** The inputs of a generation, for the next one. */
export function readInputs(db: DatabaseSync): InputCount[] {
  const rows = db.prepare('select name, bytes, pages, links, note, hash from input order by id').all();
  return rows.map(({ name, bytes, pages, links, note, hash }) => ({
    name: String(name),
    bytes: Number(bytes),
    pages: Number(pages),
    links: Number(links),
    note: textOf(note),
    hash: textOf(hash),
  }));
}

/** Reads back what writeFacts kept; null when it is not there. */
export function readFacts(statements: Statements): IndexInfo | null {
  const text = textOf(statements.get(`select value from meta where key = 'info'`)?.['value']);
  if (text === null) return null;
  const inputs = statements.all('select name, pages, links, note from input order by id').map((row) => ({
    name: String(row['name']),
    pages: Number(row['pages']),
    links: Number(row['links']),
    note: textOf(row['note']),
  }));
  return { topPages: [], ...(JSON.parse(text) as Omit<IndexInfo, 'inputs' | 'topPages'>), inputs };
}
