/** The embedded index as a source: local, asked always. */
import { PAGE_LIMITS, type Target } from '../../../../shared/backlinks.ts';
import type { LinkedPage } from '../../../../shared/queries.ts';
import type { BacklinkStore, IndexInfo } from '../../linkIndex/store.ts';
import type { Log } from '../../util/log.ts';
import { createOpenedStore, type OpenIndex } from '../openedStore.ts';
import { CONTRACT_FIELDS, type Source, type SourceCapabilities, type SourceInfo } from '../source.ts';
import { NOTHING_SPENT } from '../spending.ts';

export interface IndexSourceParts {
  /** Absolute path of the index file. */
  readonly path: string;
  readonly open: OpenIndex;
  readonly log: Log;
}

const CAPABILITIES: SourceCapabilities = {
  id: 'index',
  label: 'Embedded index',
  remote: false,
  experimental: false,
  targetKinds: ['domain', 'host', 'page', 'folder'],
  pageLimits: PAGE_LIMITS,
  summaryBatch: 500,
  concurrency: 1,
  knowsTotals: true,
  fields: [...CONTRACT_FIELDS, 'rel', 'firstSeen', 'lastSeen', 'lost'],
  cost: null,
  rate: null,
};

/** A source over one index file, which may be missing as yet. */
export function createIndexSource({ path, open, log }: IndexSourceParts): Source {
  const store = createOpenedStore({ id: CAPABILITIES.id, path, open, log });
  return {
    account: null,
    spent: NOTHING_SPENT,
    capabilities: CAPABILITIES,
    summaries: (targets, signal) =>
      store.ask(signal, async (opened) => (await opened.summaries(targets, signal)).map((summary) => ({ target: summary.target, summary }))),
    rows: (target, page, signal) => store.ask(signal, (opened) => opened.rows({ target, ...page, filter: page.changed }, signal)),
    linkedPages: (folder, most, signal) => store.ask(signal, (opened) => linkedPages(opened, folder, most, signal)),
    followedDomains: (page, signal) => store.ask(signal, (opened) => followedDomains(opened, page, signal)),
    info: (signal) => store.ask(signal, async (opened) => toInfo(await opened.info(signal))),
    close: () => store.close(),
  };
}

/** Entries of a list read at a time. */
const SLICE = 1_000;

async function linkedPages(store: BacklinkStore, target: Target, most: number, signal: AbortSignal): Promise<readonly LinkedPage[]> {
  const pages: LinkedPage[] = [];
  for (;;) {
    const { items, total } = await store.linkedPages({ target, limit: Math.min(SLICE, most - pages.length), offset: pages.length }, signal);
    pages.push(...items);
    if (items.length === 0 || pages.length >= Math.min(total, most)) return pages;
  }
}

/** Rows, one a domain: their number is what counts. */
async function followedDomains(store: BacklinkStore, target: Target, signal: AbortSignal): Promise<number> {
  const filter = { followed: true, onePerDomain: true };
  return (await store.rows({ target, limit: 10, offset: 0, internal: 'exclude', filter }, signal)).total ?? 0;
}

/** An index of lists alone has seen no page, so nothing can be missing on its pages. */
function toInfo(info: IndexInfo): SourceInfo {
  const listsOnly = info.pages === 0 && (info.links > 0 || info.ranks != null || (info.stated ?? 0) > 0);
  return {
    id: CAPABILITIES.id,
    label: CAPABILITIES.label,
    pages: listsOnly ? null : info.pages,
    asOf: info.lastCapture,
    generation: info.generation,
  };
}
