/** What `index info` says of a build, counted while it is still in memory. */
import type { IndexInfo } from '../../store.ts';
import { FORM_CODES, LINK_STATE } from '../schema.ts';
import { CAPTURED } from './captureColumns.ts';
import type { Generation } from './generation.ts';
import type { PageFacts } from './histories.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import { stateOf } from './placedLinks.ts';

/** Of the pages, counted while they are written. */
export interface PageCounts {
  readonly pages: number;
  readonly recaptured: boolean;
  /** Days of the captures, epoch seconds; null where none has a date. */
  readonly first: number | null;
  readonly last: number | null;
}

export interface GenerationCounts extends PageCounts, Pick<IndexInfo, 'knownUrls' | 'links' | 'internalLinks' | 'hosts' | 'domains' | 'topPages'> {}

const TOP_PAGES = 5;

export async function countGeneration(generation: Generation, pages: PageCounts, pause: Pause): Promise<GenerationCounts> {
  const { numbering } = generation;
  return {
    ...pages,
    knownUrls: numbering.order.length,
    hosts: numbering.hosts.length,
    domains: numbering.domains.length,
    ...(await countLinks(generation, pause)),
    topPages: topPages(generation),
  };
}

export class PageTally {
  #pages = 0;
  #recaptured = false;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** Counts a page, by what it was at its latest capture. */
  take(kind: number, { captured, firstCaptured }: PageFacts): void {
    // A listed page has dates too, but no capture.
    if (kind === CAPTURED.listed) return;
    if (kind === CAPTURED.page) this.#pages++;
    this.#recaptured ||= firstCaptured !== null;
    this.#first = Math.min(this.#first, firstCaptured || (captured ?? this.#first));
    this.#last = Math.max(this.#last, captured ?? this.#last);
  }

  counts(): PageCounts {
    return {
      pages: this.#pages,
      recaptured: this.#recaptured,
      first: Number.isFinite(this.#first) ? this.#first : null,
      last: Number.isFinite(this.#last) ? this.#last : null,
    };
  }
}

/** Of the links that stand. */
async function countLinks({ links }: Generation, pause: Pause): Promise<Pick<GenerationCounts, 'links' | 'internalLinks'>> {
  const counts = [0, 0, 0, 0];
  for (let place = 0; place < links.count; place++) {
    if (place % PAUSE_EVERY === 0) await pause();
    const state = stateOf(links.marks[place] as number);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  const internalLinks = counts[LINK_STATE.internal] ?? 0;
  return { links: (counts[LINK_STATE.external] ?? 0) + internalLinks, internalLinks };
}

function topPages(generation: Generation): GenerationCounts['topPages'] {
  const { pages } = generation.strengths;
  const top: number[] = [];
  for (let page = 0; page < pages.length; page++) {
    const strength = pages[page] as number;
    const weakest = top.at(-1);
    if (strength === 0 || (top.length === TOP_PAGES && weakest !== undefined && strength <= (pages[weakest] as number))) continue;
    top.push(page);
    top.sort((a, b) => (pages[b] as number) - (pages[a] as number) || a - b);
    if (top.length > TOP_PAGES) top.pop();
  }
  return top.map((page) => ({ url: addressOf(generation, page), strength: (pages[page] as number) / 10 }));
}

/** The address of a page as its latest capture has it, or a link to it. */
export function addressOf({ staging, histories, numbering }: Generation, page: number): string {
  const { urls, captures, texts } = staging;
  const url = numbering.order[page] as number;
  const capture = histories.factsOf(url)?.capture;
  const form = capture === undefined ? urls.formOf(url) : (texts.get(captures.get(capture, 'address')) ?? captures.get(capture, 'form'));
  return typeof form === 'string' ? form : `${FORM_CODES[form] ?? ''}${urls.keys[url] ?? ''}`;
}
