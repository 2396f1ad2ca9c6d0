/** What an index says of itself after an addition: its counts moved on, and its generation with the number of additions behind it. */
import type { DatabaseSync } from 'node:sqlite';
import type { IndexInfo, InputEnd } from '../../store.ts';
import { isoDay } from '../rows.ts';

/** What one transaction did. */
export interface Addition {
  readonly pages: number;
  readonly knownUrls: number;
  readonly links: number;
  readonly internalLinks: number;
  readonly hosts: number;
  readonly domains: number;
  /** Some page has captures of two times now. */
  readonly recaptured: boolean;
  /** Epoch seconds. */
  readonly first: number | null;
  readonly last: number | null;
}

export interface AddedInput extends InputEnd {
  readonly name: string;
  readonly pages: number;
  readonly links: number;
}

type KeptInfo = Omit<IndexInfo, 'inputs'>;

/** Writes the facts of one more input, within its transaction. */
export function noteAddition(db: DatabaseSync, done: Addition, input: AddedInput): void {
  const { name, bytes, pages, links, note, hash } = input;
  db.prepare('insert into input (name, bytes, pages, links, note, hash) values (?, ?, ?, ?, ?, ?)').run(name, bytes, pages, links, note, hash);
  const before = JSON.parse(String(db.prepare(`select value from meta where key = 'info'`).get()?.['value'])) as KeptInfo;
  const after: KeptInfo = {
    ...before,
    generation: nextGenerationName(before.generation),
    pages: before.pages + done.pages,
    knownUrls: before.knownUrls + done.knownUrls,
    links: before.links + done.links,
    internalLinks: before.internalLinks + done.internalLinks,
    hosts: before.hosts + done.hosts,
    domains: before.domains + done.domains,
    firstCapture: outer(before.firstCapture, isoDay(done.first), -1),
    lastCapture: outer(before.lastCapture, isoDay(done.last), 1),
    recaptured: before.recaptured === true || done.recaptured,
  };
  db.prepare(`update meta set value = ? where key = 'info'`).run(JSON.stringify(after));
}

/**
 * True when an input is in already: by the hash of its bytes. One that could not be read whole has none, and is known by its name, its size, and
 * by having been as damaged and given as much. (A folder has no hash either, but no note.)
 */
export function isRecorded(db: DatabaseSync, { name, bytes, pages, links, note, hash }: AddedInput): boolean {
  if (hash !== null) return db.prepare('select 1 from input where hash = ? limit 1').get(hash) !== undefined;
  if (note === null) return false;
  const sql = 'select 1 from input where name = ? and bytes = ? and pages = ? and links = ? and note = ? and hash is null limit 1';
  return db.prepare(sql).get(name, bytes, pages, links, note) !== undefined;
}

/** Hashes of the recorded inputs of a size, for whoever would rather not read one again. */
export function hashesOfSize(db: DatabaseSync, bytes: number): Set<string> {
  const rows = db.prepare('select hash from input where bytes = ? and hash is not null').all(bytes);
  return new Set(rows.map(({ hash }) => String(hash)));
}

/** True when an input of this name and size was read to its end before. */
export function inputNamed(db: DatabaseSync, name: string, bytes: number): boolean {
  return db.prepare('select 1 from input where name = ? and bytes = ? and hash is not null limit 1').get(name, bytes) !== undefined;
}

/** True when something was added since the generation was made, in this run or before. */
export function hasAdditions({ generation }: IndexInfo): boolean {
  return generation.includes('+');
}

/** `g3.ab12cd34`, then `g3.ab12cd34+1`, and so on: readers see by it that rows have changed. */
function nextGenerationName(generation: string): string {
  const [base, additions] = generation.split('+');
  return `${base}+${Number(additions ?? 0) + 1}`;
}

/** The earlier or later of two ISO days. */
function outer(a: string | null, b: string | null, sign: 1 | -1): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b === sign < 0 ? a : b;
}
