/** The account's sites and the link counts of their pages: read once and remembered for a while, since every question needs them. */
import { createSharedCalls } from '../../util/sharedCalls.ts';
import type { Calls } from './calls.ts';
import type { LinkedPage, Site } from './wire.ts';

export interface SiteCounts {
  /** Pages with links, in Bing's order. */
  readonly pages: readonly LinkedPage[];
  /** False where the list was too long to be read to its end: a page that is not in it may have links all the same. */
  readonly complete: boolean;
}

export interface Counts {
  sites(signal: AbortSignal): Promise<readonly Site[]>;
  /** Takes a call for each of the list's pages. */
  of(site: Site, signal: AbortSignal): Promise<SiteCounts>;
}

/** Milliseconds. Bing computes its counts anew about once a day; a site that was verified just now ought to be there soon. */
const LIFE = { counts: 600_000, sites: 60_000 };
const MOST_SITES = 256;
const MOST_PAGES = 200;

/**
 * @param calls to ask with
 * @param clock epoch milliseconds
 */
export function createCounts(calls: Pick<Calls, 'sites' | 'counts'>, clock: () => number): Counts {
  const sites = createKept<readonly Site[]>(clock, LIFE.sites);
  const counts = createKept<SiteCounts>(clock, LIFE.counts);

  async function read(site: Site, signal: AbortSignal): Promise<SiteCounts> {
    const found: LinkedPage[] = [];
    let pages = 1;
    for (let page = 0; page < Math.min(pages, MOST_PAGES); page++) {
      const part = await calls.counts(site, page, signal);
      found.push(...part.items);
      pages = part.pages;
      // A list that promises more pages than it has would be read in vain.
      if (part.items.length === 0) break;
    }
    return { pages: found, complete: pages <= MOST_PAGES };
  }

  return {
    sites: (signal) => sites.get('', signal, (inner) => calls.sites(inner)),
    of: (site, signal) => counts.get(site.url, signal, (inner) => read(site, inner)),
  };
}

interface Kept<T> {
  /** What is known and not too old, else what `ask` gives; those who ask at once share one call. A failure is not kept. */
  get(key: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

function createKept<T>(clock: () => number, life: number): Kept<T> {
  const known = new Map<string, { readonly value: T; readonly at: number }>();
  const shared = createSharedCalls<T>();
  return {
    async get(key, signal, ask) {
      const found = known.get(key);
      if (found !== undefined && clock() - found.at < life) return found.value;
      return await shared.run(key, signal, async (inner) => {
        const value = await ask(inner);
        known.delete(key);
        known.set(key, { value, at: clock() });
        const [oldest] = known.keys();
        if (known.size > MOST_SITES && oldest !== undefined) known.delete(oldest);
        return value;
      });
    },
  };
}
