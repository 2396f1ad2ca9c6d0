/**
 * The final order of a build's links: target domain, strength of the source descending, source page key, position, those that stand before
 * lost ones by their dates, the order they came in. Reached by counting, not by comparing: sources by strength, their links one after
 * another, then by domain.
 */
import type { Numbering } from '../numbering.ts';
import type { Staging } from '../staging.ts';
import type { Strengths } from '../strengths.ts';
import { bump, sharedUints } from './grow.ts';
import type { Histories } from './histories.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

export interface LinkOrder {
  /** Staged links by their place: the link id less one. */
  readonly links: Uint32Array<ArrayBuffer>;
  /** Page id of each link's source and target, by place. */
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  /** First place of each target domain, by domain id less one; the number of links at the end. */
  readonly domainStarts: Uint32Array;
}

/** 12 bytes a link; the staged targets are given back. */
export async function orderLinks(
  staging: Staging,
  histories: Histories,
  numbering: Numbering,
  strengths: Strengths,
  pause: Pause,
): Promise<LinkOrder> {
  const { links } = staging;
  const { order, pageOf, hostOf, domainOf, domains } = numbering;
  const sourceOf = sharedUints(links.length);
  const sequence = sharedUints(links.length);
  let count = 0;
  let visited = 0;
  for (const page of byStrength(strengths.pages)) {
    if (++visited % PAUSE_EVERY === 0) await pause();
    for (const link of linksInOrder(staging, histories, order[page] as number)) {
      sourceOf[link] = page + 1;
      sequence[count++] = link;
    }
  }
  const domainOfUrl = (url: number): number => (domainOf[(hostOf[(pageOf[url] as number) - 1] as number) - 1] as number) - 1;
  await pause();
  const domainStarts = sharedUints(domains.length + 1);
  for (let at = 0; at < count; at++) bump(domainStarts, domainOfUrl(links.target[sequence[at] as number] as number) + 1);
  for (let domain = 0; domain < domains.length; domain++)
    domainStarts[domain + 1] = (domainStarts[domain + 1] as number) + (domainStarts[domain] as number);
  await pause();
  const free = domainStarts.slice();
  const sorted = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    const link = sequence[at] as number;
    sorted[bump(free, domainOfUrl(links.target[link] as number))] = link;
  }
  await pause();
  const sources = sequence.subarray(0, count);
  for (let at = 0; at < count; at++) sources[at] = sourceOf[sorted[at] as number] as number;
  await pause();
  const targets = sourceOf.subarray(0, count);
  for (let at = 0; at < count; at++) targets[at] = pageOf[links.target[sorted[at] as number] as number] as number;
  links.release('target');
  return { links: sorted, sources, targets, domainStarts };
}

/** Pages, the strongest first, equals in key order. */
function byStrength(strengths: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (const strength of strengths) bump(starts, 256 - strength);
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const pages = new Uint32Array(strengths.length);
  for (let page = 0; page < pages.length; page++) pages[bump(starts, 255 - (strengths[page] as number))] = page;
  return pages;
}

function linksInOrder({ links, dates }: Staging, histories: Histories, url: number): number[] {
  const found: number[] = [];
  let last = -1;
  let sorted = true;
  histories.visitLinks(url, (link) => {
    found.push(link);
    const position = links.position[link] as number;
    if (position <= last) sorted = false;
    last = position;
  });
  if (sorted) return found;
  return found.sort(
    (a, b) =>
      (links.position[a] as number) - (links.position[b] as number) ||
      dates.lostOn(a) - dates.lostOn(b) ||
      dates.lastSeen(a) - dates.lastSeen(b) ||
      a - b,
  );
}
