/** The totals of folders that an addition finds stored: which of them a page is in. */
import { prefixOf } from '../build/heavyFolders.ts';
import { FOLDER_DEPTHS, TOTAL_KIND } from '../schema.ts';
import type { Statements } from '../statements.ts';

export interface FolderTotal {
  readonly kind: number;
  readonly key: number;
}

export class FolderTotals {
  readonly #statements: Statements;
  readonly #byPrefix = new Map<string, FolderTotal>();

  constructor(statements: Statements) {
    this.#statements = statements;
    for (const [kind, key] of statements.values('select kind, key from total where kind > ?', TOTAL_KIND.domain)) {
      const prefix = folderOf(statements, Number(kind), Number(key));
      if (prefix !== null) this.#byPrefix.set(prefix, { kind: Number(kind), key: Number(key) });
    }
  }

  /** Those that a page lies in, by its id. */
  ofPage(page: number): FolderTotal[] {
    const key = this.#byPrefix.size === 0 ? null : keyOf(this.#statements, page);
    return key === null ? [] : prefixesOf(key).flatMap((prefix) => this.#byPrefix.get(prefix) ?? []);
  }
}

/** The prefix of a folder that has a total; null where its first page is there no more, so that nobody reads that total. */
export function folderOf(statements: Statements, kind: number, first: number): string | null {
  const key = keyOf(statements, first);
  return key === null ? null : (prefixesOf(key)[kind - TOTAL_KIND.domain - 1] ?? null);
}

function keyOf(statements: Statements, page: number): string | null {
  const key = statements.first('select key from page where id = ?', page)?.[0];
  return typeof key === 'string' ? key : null;
}

function prefixesOf(key: string): string[] {
  const prefixes: string[] = [];
  let prefix = prefixOf(key, 0);
  while (prefix !== null && prefixes.push(prefix) < FOLDER_DEPTHS) prefix = prefixOf(key, prefix.length);
  return prefixes;
}
