/** The scopes of a build with the places of their links: every page, host and domain that something points to. */
import { hostsAbove, type Numbering } from '../numbering.ts';
import { bump } from './grow.ts';
import type { LinkOrder } from './linkOrder.ts';

/** Places grouped by a number: those of group g are `places` from `starts[g]` up to `starts[g + 1]`, ascending. */
interface Groups {
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
}

function groupBy(count: number, groups: number, groupOf: (place: number) => number): Groups {
  const starts = new Uint32Array(groups + 1);
  for (let place = 0; place < count; place++) bump(starts, groupOf(place) + 1);
  for (let group = 0; group < groups; group++) starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  const free = starts.slice();
  const places = new Uint32Array(count);
  for (let place = 0; place < count; place++) places[bump(free, groupOf(place))] = place;
  return { starts, places };
}

/** Places of the links to each page, by page id. */
export function* pageScopes(numbering: Numbering, { targets }: LinkOrder): Generator<readonly [page: number, places: Uint32Array], void, void> {
  const { starts, places } = groupBy(targets.length, numbering.order.length, (place) => (targets[place] as number) - 1);
  for (let page = 0; page < numbering.order.length; page++) {
    const start = starts[page] as number;
    const end = starts[page + 1] as number;
    if (end > start) yield [page + 1, places.subarray(start, end)];
  }
}

/** Places of the links to each host and those below it, by host id. A domain is no host of its own. */
export function* hostScopes(numbering: Numbering, { targets }: LinkOrder): Generator<readonly [host: number, places: Uint32Array], void, void> {
  const { hosts, hostOf, hostIds } = numbering;
  const { starts, places } = groupBy(targets.length, hosts.length, (place) => (hostOf[(targets[place] as number) - 1] as number) - 1);
  const below = new Map<number, number[]>();
  for (const [at, host] of hosts.entries()) {
    if (host.name === host.domain) continue;
    for (const name of [host.name, ...hostsAbove(host)]) {
      const id = hostIds.get(name) ?? 0;
      const found = below.get(id);
      if (found === undefined) below.set(id, [at]);
      else found.push(at);
    }
  }
  for (const [id, members] of [...below].sort(([a], [b]) => a - b)) {
    const parts = members.map((member) => places.subarray(starts[member], starts[member + 1]));
    const all = merged(parts);
    if (all.length > 0) yield [id, all];
  }
}

/** Places of the links to each domain, by domain id: they lie together. */
export function* domainScopes(
  { domains }: Numbering,
  { domainStarts }: LinkOrder,
): Generator<readonly [domain: number, places: Uint32Array], void, void> {
  for (let domain = 0; domain < domains.length; domain++) {
    const start = domainStarts[domain] as number;
    const end = domainStarts[domain + 1] as number;
    if (end > start) yield [domain + 1, Uint32Array.from({ length: end - start }, (_, at) => start + at)];
  }
}

function merged(parts: readonly Uint32Array[]): Uint32Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}
