/** Which links of a page can no longer keep an id that says where they stand: ids below ADDED_FROM follow the positions on the page. */
import { ADDED_FROM } from '../schema.ts';

export interface PlacedLink {
  readonly id: number;
  readonly domain: number;
  readonly position: number | null;
}

/** Of the links of one page to one domain, those whose id is lower than that of a link before them. */
export function outOfOrder(links: readonly PlacedLink[]): Set<number> {
  const out = new Set<number>();
  const last = new Map<number, number>();
  const ordered = links.filter(({ id }) => id < ADDED_FROM).sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.id - b.id);
  for (const { id, domain } of ordered) {
    if (id < (last.get(domain) ?? 0)) out.add(id);
    else last.set(domain, id);
  }
  return out;
}
