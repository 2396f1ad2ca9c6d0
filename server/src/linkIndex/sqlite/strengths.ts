/** Strength of every page and domain of a build, in tenths. */
import { buildGraph } from '../strength/graph.ts';
import { pageRank, type Ranks, strengthTenths } from '../strength.ts';
import type { Numbering } from './numbering.ts';
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
export async function computeStrengths(
  { urls, edges }: Staging,
  { order, pageOf, domains, domainIds }: Numbering,
  signal: AbortSignal,
): Promise<Strengths> {
  const domainOf = Uint32Array.from(urls.hostOf, (host) => (domainIds.get(host.domain) ?? 0) - 1);
  const pageGraph = buildGraph(order.length, (visit) =>
    edges.visit(urls.winner, (source, target) => visit((pageOf[source] ?? 0) - 1, (pageOf[target] ?? 0) - 1)),
  );
  const pages = await pageRank(pageGraph, signal);
  // Links inside a domain are self links here, and a graph has none.
  const domainGraph = buildGraph(domains.length, (visit) =>
    edges.visit(urls.winner, (source, target) => visit(domainOf[source] ?? 0, domainOf[target] ?? 0)),
  );
  const ofDomains = await pageRank(domainGraph, signal);
  const { iterations, delta, damping } = pages;
  return { pages: strengthTenths(pages), domains: strengthTenths(ofDomains), run: { iterations, delta, damping } };
}
