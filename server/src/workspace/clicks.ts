/** How far pages are from the start page, and which pages nobody links to. */
import type { LinkGraph } from './linkGraph.ts';

/**
 * Clicks from a start page to every page reached from it, by breadth first.
 *
 * @returns an empty map when the start page is not there
 */
export function clicksFrom(graph: LinkGraph, start: string): ReadonlyMap<string, number> {
  const clicks = new Map<string, number>();
  if (!graph.hasPage(start)) return clicks;
  clicks.set(start, 0);
  let ring = [start];
  for (let distance = 1; ring.length > 0; distance++) {
    const next: string[] = [];
    for (const file of ring) {
      for (const found of graph.reached(file)) {
        if (clicks.has(found)) continue;
        clicks.set(found, distance);
        next.push(found);
      }
    }
    ring = next;
  }
  return clicks;
}

/** Pages -> how many other pages link to each; those that none links to are not in it. */
export function linkingPages(graph: LinkGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of graph.pages()) {
    for (const found of new Set(graph.reached(file))) if (found !== file) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return counts;
}

/** Pages that no other links to, start pages aside, in the order of their names. */
export function alonePages(graph: LinkGraph, linking: ReadonlyMap<string, number>, starts: ReadonlySet<string | null>): string[] {
  return [...graph.pages()].filter((key) => !linking.has(key) && !starts.has(key)).sort();
}

/** Pages that do not link to a page, those that most pages link to first. */
export function strongPages(
  graph: LinkGraph,
  page: string,
  linking: ReadonlyMap<string, number>,
  isBeside: (key: string) => boolean,
): { readonly key: string; readonly linking: number }[] {
  const linked = new Set(graph.incoming(page).map(({ file }) => file));
  return [...graph.pages()]
    .filter((key) => key !== page && !linked.has(key) && isBeside(key))
    .map((key) => ({ key, linking: linking.get(key) ?? 0 }))
    .sort((a, b) => b.linking - a.linking || (a.key < b.key ? -1 : 1));
}
