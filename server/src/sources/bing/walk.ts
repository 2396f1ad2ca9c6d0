/**
 * Rows of a target out of many lists: Bing lists the links to one page at a time, so that a domain's are those of its pages one after another, the
 * most linked page first. Parts that were read of late are kept, for pages of rows are smaller than they.
 */
import type { Backlink } from '../../../../shared/backlinks.ts';
import type { Stretch } from '../cursorPaging.ts';
import type { Calls } from './calls.ts';
import type { LinkedPage, Part, Site } from './wire.ts';

/** A page of the target, with the site that tells about it. */
export interface Listed {
  readonly site: Site;
  readonly page: LinkedPage;
}

/** Which part of which list comes next. */
export interface Place {
  readonly list: number;
  readonly part: number;
}

export interface Walk {
  /** The first part from a place on that has rows; at the end none. Rejects as the calls do. */
  after(lists: readonly Listed[], place: Place | null, signal: AbortSignal): Promise<Stretch<Backlink, Place>>;
}

const MOST_PARTS = 16;
/** Milliseconds. */
const LIFE = 60_000;

/** @param clock epoch milliseconds */
export function createWalk(calls: Pick<Calls, 'links'>, clock: () => number): Walk {
  const kept = new Map<string, { readonly part: Part<Backlink>; readonly at: number }>();

  async function partOf({ site, page }: Listed, part: number, signal: AbortSignal): Promise<Part<Backlink>> {
    const key = `${part} ${site.url} ${page.url}`;
    const found = kept.get(key);
    if (found !== undefined && clock() - found.at < LIFE) return found.part;
    const read = await calls.links(site, page.url, part, signal);
    kept.delete(key);
    kept.set(key, { part: read, at: clock() });
    const [oldest] = kept.keys();
    if (kept.size > MOST_PARTS && oldest !== undefined) kept.delete(oldest);
    return read;
  }

  return {
    async after(lists, place, signal) {
      let at: Place | null = place ?? { list: 0, part: 0 };
      while (at !== null) {
        signal.throwIfAborted();
        const listed = lists[at.list];
        if (listed === undefined) break;
        const part = await partOf(listed, at.part, signal);
        at = placeAfter(at, part, lists.length);
        if (part.items.length > 0) return { rows: part.items, next: at };
      }
      return { rows: [], next: null };
    },
  };
}

/** An empty part ends its list, whatever number of parts was promised. */
function placeAfter({ list, part }: Place, read: Part<Backlink>, lists: number): Place | null {
  if (part + 1 < read.pages && read.items.length > 0) return { list, part: part + 1 };
  return list + 1 < lists ? { list: list + 1, part: 0 } : null;
}
