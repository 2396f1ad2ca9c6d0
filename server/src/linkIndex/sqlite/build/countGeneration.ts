/** What `index info` says of a build, counted while it is still in memory. */
import type { IndexInfo } from '../../store.ts';
import { FORM_CODES, LINK_STATE } from '../schema.ts';
import { CAPTURED } from './captureColumns.ts';
import type { Generation } from './generation.ts';
import { stateOf } from './linkTable.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

export interface GenerationCounts extends Pick<IndexInfo, 'pages' | 'knownUrls' | 'links' | 'internalLinks' | 'hosts' | 'domains' | 'topPages'> {
  readonly recaptured: boolean;
  /** Days of the captures, epoch seconds; null where none has a date. */
  readonly first: number | null;
  readonly last: number | null;
}

const TOP_PAGES = 5;

export async function countGeneration(generation: Generation, pause: Pause): Promise<GenerationCounts> {
  const { numbering } = generation;
  return {
    knownUrls: numbering.order.length,
    hosts: numbering.hosts.length,
    domains: numbering.domains.length,
    ...(await countPages(generation, pause)),
    ...(await countLinks(generation, pause)),
    topPages: topPages(generation),
  };
}

async function countPages(
  { staging, histories, numbering }: Generation,
  pause: Pause,
): Promise<Pick<GenerationCounts, 'pages' | 'first' | 'last' | 'recaptured'>> {
  let pages = 0;
  let recaptured = false;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let page = 0; page < numbering.order.length; page++) {
    if (page % PAUSE_EVERY === 0) await pause();
    const facts = histories.factsOf(numbering.order[page] as number);
    const kind = facts === null ? CAPTURED.listed : staging.captures.get(facts.capture, 'kind');
    // A listed page has dates too, but no capture.
    if (facts === null || kind === CAPTURED.listed) continue;
    if (kind === CAPTURED.page) pages++;
    recaptured ||= facts.firstCaptured !== null;
    first = Math.min(first, facts.firstCaptured || (facts.captured ?? first));
    last = Math.max(last, facts.captured ?? last);
  }
  return { pages, recaptured, first: Number.isFinite(first) ? first : null, last: Number.isFinite(last) ? last : null };
}

/** Of the links that stand. */
async function countLinks({ staging, order }: Generation, pause: Pause): Promise<Pick<GenerationCounts, 'links' | 'internalLinks'>> {
  const counts = [0, 0, 0, 0];
  for (let place = 0; place < order.links.length; place++) {
    if (place % PAUSE_EVERY === 0) await pause();
    const state = stateOf(staging, order.links[place] as number);
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
