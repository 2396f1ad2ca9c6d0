/** Strength of every page and domain of a build, in tenths. */
import { buildGraph, visitGrouped } from '../strength/graph.ts';
import { pageRank, type Ranks, strengthTenths } from '../strength.ts';
import { CAPTURED } from './build/captureColumns.ts';
import type { Histories } from './build/histories.ts';
import { NOFOLLOW_BITS, NOFOLLOW_SHIFT, TAG_BITS } from './build/linkColumns.ts';
import type { Numbering } from './numbering.ts';
import { LAST_FOLLOWABLE_TAG } from './schema.ts';
import type { Staging } from './staging.ts';

export interface Strengths {
  /** By page id less one. */
  readonly pages: Uint8Array;
  /** By domain id less one. */
  readonly domains: Uint8Array;
  /** How the ranks of pages were reached. */
  readonly run: Pick<Ranks, 'iterations' | 'delta' | 'damping'>;
}

/** Page graph: followed links and redirects, internal ones included. Domain graph: the same between domains. */
export async function computeStrengths(staging: Staging, histories: Histories, numbering: Numbering, signal: AbortSignal): Promise<Strengths> {
  const { order, hostOf, domainOf, domains } = numbering;
  const domainOfPage = hostOf.map((host) => (domainOf[host - 1] as number) - 1);
  const pageGraph = buildGraph(order.length, (visit) => visitEdges(staging, histories, numbering, visit));
  const [pages, ofDomains] = await Promise.all([
    pageRank(pageGraph, signal),
    // Made while the threads rank the pages. Links inside a domain are self links here, and a graph has none.
    pageRank(
      buildGraph(domains.length, (visit) => visitGrouped(pageGraph, domainOfPage, visit)),
      signal,
    ),
  ]);
  const { iterations, delta, damping } = pages;
  return { pages: strengthTenths(pages), domains: strengthTenths(ofDomains), run: { iterations, delta, damping } };
}

/** Visits what passes strength: followed links that stand, and redirects. What lists name passes none. */
function visitEdges(staging: Staging, histories: Histories, numbering: Numbering, visit: (source: number, target: number) => void): void {
  const { captures } = staging;
  const { order, pageOf } = numbering;
  if (!histories.folded) {
    // Each page has one capture, and the links of that stand: no need to ask for them.
    for (let capture = 0; capture < captures.length; capture++) visitCapture(staging, numbering, capture, visit);
    return;
  }
  const { links } = staging;
  for (let source = 0; source < order.length; source++) {
    const url = order[source] as number;
    const capture = histories.factsOf(url)?.capture;
    if (capture === undefined) continue;
    if (captures.get(capture, 'kind') !== CAPTURED.page) visitCapture(staging, numbering, capture, visit);
    else {
      histories.visitLinks(url, (link) => {
        if (passes(staging, link)) visit(source, (pageOf[links.target[link] as number] as number) - 1);
      });
    }
  }
}

/** The links of one capture that is a page, or where its redirect leads. */
function visitCapture(staging: Staging, { pageOf }: Numbering, capture: number, visit: (source: number, target: number) => void): void {
  const { captures, links } = staging;
  const kind = captures.get(capture, 'kind');
  const source = (pageOf[captures.get(capture, 'url')] as number) - 1;
  if (kind === CAPTURED.page) {
    const end = captures.endOfLinks(capture, links.length);
    for (let link = captures.get(capture, 'firstLink'); link < end; link++) {
      if (passes(staging, link)) visit(source, (pageOf[links.target[link] as number] as number) - 1);
    }
  } else if (kind === CAPTURED.redirect) {
    const destination = captures.get(capture, 'destination');
    if (destination !== 0) visit(source, (pageOf[destination - 1] as number) - 1);
  }
}

function passes({ links, dates }: Staging, link: number): boolean {
  const flags = links.flags[link] as number;
  return (flags & TAG_BITS) <= LAST_FOLLOWABLE_TAG && ((flags >> NOFOLLOW_SHIFT) & NOFOLLOW_BITS) === 0 && dates.lostOn(link) === 0;
}
