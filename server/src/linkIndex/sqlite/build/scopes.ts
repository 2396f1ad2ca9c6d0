/** The scopes of a build with the places of their links: every page, host and domain that something points to. */
import { hostsAbove, type Numbering } from '../numbering.ts';
import { bump, sharedUints } from './grow.ts';
import type { PlacedLinks } from './placedLinks.ts';
import { sortPlaces } from './sortPlaces.ts';

/** A scope and the places of its links, ascending. */
export interface Scope {
  /** A page, host or domain id. */
  readonly key: number;
  /** The places stand here from `start` up to `end`; null where they are these numbers themselves. */
  readonly places: Uint32Array | null;
  readonly start: number;
  readonly end: number;
}

export type Scopes = Iterable<Scope>;

/** Places grouped by an id: those of id i are `places` from `starts[i - 1]` up to `starts[i]`. Null for links that lie together by id. */
export interface Groups {
  readonly starts: Uint32Array;
  readonly places: Uint32Array | null;
}

/** How the links lie in their scopes, in memory that threads share: 8 bytes a link. */
export interface LinkGroups {
  readonly page: Groups;
  /** Each host alone, without those below it. */
  readonly host: Groups;
  readonly domain: Groups;
}

/** Room for the groups, to be filled by `groupLinks`. */
export function emptyGroups({ order, hosts }: Numbering, { count, domainStarts }: PlacedLinks): LinkGroups {
  return {
    page: { starts: sharedUints(order.length + 1), places: sharedUints(count) },
    host: { starts: sharedUints(hosts.length + 1), places: sharedUints(count) },
    domain: { starts: domainStarts, places: null },
  };
}

export function groupLinks({ page, host }: LinkGroups, { hostOf }: Numbering, { targets }: PlacedLinks): void {
  groupBy(page, (place) => (targets[place] as number) - 1);
  groupBy(host, (place) => (hostOf[(targets[place] as number) - 1] as number) - 1);
}

/** The scopes that have links. */
export function* scopesOf({ starts, places }: Groups): Scopes & Generator<Scope, void, void> {
  for (let group = 0; group + 1 < starts.length; group++) {
    const start = starts[group] as number;
    const end = starts[group + 1] as number;
    if (end > start) yield { key: group + 1, places, start, end };
  }
}

/** Each host with those below it, as it can be asked for. A domain is no host of its own. */
export function* hostTrees({ hosts, hostIds }: Numbering, { starts, places }: Groups): Scopes & Generator<Scope, void, void> {
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
    const all = merged(members.flatMap((member) => places?.subarray(starts[member], starts[member + 1]) ?? []));
    if (all.length > 0) yield { key: id, places: all, start: 0, end: all.length };
  }
}

function groupBy({ starts, places }: Groups, groupOf: (place: number) => number): void {
  if (places === null) return;
  for (let place = 0; place < places.length; place++) bump(starts, groupOf(place) + 1);
  for (let group = 0; group + 1 < starts.length; group++) starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  const free = starts.slice();
  for (let place = 0; place < places.length; place++) places[bump(free, groupOf(place))] = place;
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
  return sortPlaces(all);
}
