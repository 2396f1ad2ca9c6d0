/**
 * Loads what is installed apart for the index benches: `npm run bench` installs it into the cache and names the folder. Types are the few
 * members that are used, since the packages are not there when types are checked.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

type Value = string | number | bigint | null;

export interface DuckConnection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<DuckRows>;
  prepare(sql: string): Promise<DuckStatement>;
  createAppender(table: string): Promise<DuckAppender>;
  closeSync(): void;
}

export interface DuckRows {
  getRowsJS(): readonly (readonly unknown[])[];
}

export interface DuckStatement {
  bind(values: readonly Value[]): void;
  runAndReadAll(): Promise<DuckRows>;
}

export interface DuckAppender {
  appendInteger(value: number): void;
  appendBigInt(value: bigint): void;
  appendVarchar(value: string): void;
  appendNull(): void;
  endRow(): void;
  closeSync(): void;
}

export interface Duck {
  readonly DuckDBInstance: {
    create(file: string, config?: Record<string, string>): Promise<{ connect(): Promise<DuckConnection>; closeSync(): void }>;
  };
}

export interface LmdbDatabase<K, V> {
  get(key: K): V | undefined;
  getValues(key: K): Iterable<V>;
  putSync(key: K, value: V): void;
  removeSync(key: K, value?: V): void;
}

export interface LmdbEnvironment {
  openDB<K, V>(options: Record<string, unknown>): LmdbDatabase<K, V>;
  transactionSync<T>(run: () => T): T;
  close(): Promise<void>;
}

export interface Lmdb {
  open(options: Record<string, unknown>): LmdbEnvironment;
}

export interface Cheerio {
  load(html: string): CheerioDocument;
}

export interface CheerioDocument {
  (selector: string): CheerioList;
  (element: object): CheerioList;
}

export interface CheerioList {
  each(visit: (at: number, element: object) => void): void;
  attr(name: string): string | undefined;
  text(): string;
  find(selector: string): CheerioList;
  first(): CheerioList;
  is(selector: string): boolean;
  readonly length: number;
}

/** A peer, or null where it is not installed: then the bench prints its own figures alone. */
export function peer(name: '@duckdb/node-api'): Duck | null;
export function peer(name: 'lmdb'): Lmdb | null;
export function peer(name: 'cheerio'): Cheerio | null;
export function peer(name: string): unknown {
  const folder = process.env['BACKLINK_LENS_PEERS'];
  if (folder === undefined) {
    console.log(`(${name} is not installed: run this through npm run bench, with the package registry in reach)`);
    return null;
  }
  return createRequire(path.join(folder, 'package.json'))(name);
}
