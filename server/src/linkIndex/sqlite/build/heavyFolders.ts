/**
 * Folders that more links point into than are counted whenever somebody asks. A folder's pages follow each other in key order, so that its links
 * lie together where links lie by page.
 */
import type { Numbering } from '../numbering.ts';
import { FOLDER_DEPTHS } from '../schema.ts';
import { HEAVY } from '../totals.ts';
import type { Groups, Scope } from './scopes.ts';
import { sortPlaces } from './sortPlaces.ts';

/** The pages of a folder, by their ids. */
interface Folder {
  readonly first: number;
  readonly last: number;
  /** What the keys of its pages begin with, a slash at the end. */
  readonly prefix: string;
}

/** A folder as a scope: its key is the id of its first page. */
export interface FolderScope extends Scope {
  /** Slashes in its prefix. */
  readonly depth: number;
}

/**
 * Heavy folders, those of one depth together and by their first pages.
 *
 * @param keys of pages, by their ids less one
 * @param byPage places by target page
 */
export function* heavyFolders(
  { hostOf }: Pick<Numbering, 'hostOf'>,
  keyOf: (page: number) => string,
  { starts, places }: Groups,
): Generator<FolderScope, void, void> {
  if (places === null) return;
  const isHeavy = (first: number, last: number): boolean => (starts[last] as number) - (starts[first - 1] as number) > HEAVY;
  let folders = [...heavyHosts(hostOf, isHeavy)].flatMap(({ first, last }) => parts({ first, last, prefix: '' }, keyOf, isHeavy));
  for (let depth = 1; folders.length > 0 && depth <= FOLDER_DEPTHS; depth++) {
    for (const { first, last } of folders) {
      const sorted = sortPlaces(places.slice(starts[first - 1], starts[last]));
      yield { depth, key: first, places: sorted, start: 0, end: sorted.length };
    }
    folders = folders.flatMap((folder) => parts(folder, keyOf, isHeavy));
  }
}

/** Runs of pages on one host; the keys of the others need not be looked at. */
function* heavyHosts(hostOf: Uint32Array, isHeavy: (first: number, last: number) => boolean): Generator<Omit<Folder, 'prefix'>, void, void> {
  for (let first = 1, last = 0; first <= hostOf.length; first = last + 1) {
    last = first;
    while (last < hostOf.length && hostOf[last] === hostOf[first - 1]) last++;
    if (isHeavy(first, last)) yield { first, last };
  }
}

/** The heavy folders right below one. */
function parts({ first, last, prefix }: Folder, keyOf: (page: number) => string, isHeavy: (first: number, last: number) => boolean): Folder[] {
  const found: Folder[] = [];
  let page = first;
  while (page <= last && isHeavy(page, last)) {
    const start = page++;
    const inside = prefixOf(keyOf(start), prefix.length);
    if (inside === null) continue;
    page = endOf(inside, start, last, keyOf);
    if (isHeavy(start, page - 1)) found.push({ first: start, last: page - 1, prefix: inside });
  }
  return found;
}

/** The first page behind `from`, up to `last`, whose key does not begin so: most folders are small, and a few are very large. */
function endOf(prefix: string, from: number, last: number, keyOf: (page: number) => string): number {
  let [inside, step] = [from, 1];
  while (inside + step <= last && keyOf(inside + step).startsWith(prefix)) {
    inside += step;
    step *= 2;
  }
  for (; step >= 1; step /= 2) if (inside + step <= last && keyOf(inside + step).startsWith(prefix)) inside += step;
  return inside + 1;
}

/** A key up to its next slash; null where its path has no further one. */
export function prefixOf(key: string, from: number): string | null {
  const slash = key.indexOf('/', from);
  if (slash < 0 || isBetween(key.indexOf('?', from), slash) || isBetween(key.indexOf('#', from), slash)) return null;
  return key.slice(0, slash + 1);
}

function isBetween(found: number, slash: number): boolean {
  return found >= 0 && found < slash;
}
