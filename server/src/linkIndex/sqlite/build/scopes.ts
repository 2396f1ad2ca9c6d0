/** The scopes of a build with the places of their links: every page, host and domain that something points to. */
import { hostsAbove, type Numbering } from '../numbering.ts';
import { bump } from './grow.ts';
import type { LinkOrder } from './linkOrder.ts';

/** Key of a scope (a page, host or domain id) and the places of its links, ascending. */
export type Scopes = Iterable<readonly [key: number, places: Uint32Array]>;

/** Places grouped by an id: those of id i are `places` from `starts[i - 1]` up to `starts[i]`. */
interface Groups {
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
}

export class LinkScopes {
  readonly #numbering: Numbering;
  readonly #byPage: Groups;
  readonly #byHost: Groups;
  readonly #domainStarts: Uint32Array;

  /** 8 bytes a link. */
  constructor(numbering: Numbering, { targets, domainStarts }: LinkOrder) {
    const { hostOf, order, hosts } = numbering;
    this.#numbering = numbering;
    this.#domainStarts = domainStarts;
    this.#byPage = groupBy(targets.length, order.length, (place) => (targets[place] as number) - 1);
    this.#byHost = groupBy(targets.length, hosts.length, (place) => (hostOf[(targets[place] as number) - 1] as number) - 1);
  }

  pages(): Scopes {
    return scopesOf(this.#byPage);
  }

  /** Each host alone, without those below it. */
  hosts(): Scopes {
    return scopesOf(this.#byHost);
  }

  /** The links of a domain lie together. */
  *domains(): Scopes & Generator<readonly [number, Uint32Array], void, void> {
    const starts = this.#domainStarts;
    for (let domain = 0; domain + 1 < starts.length; domain++) {
      const start = starts[domain] as number;
      const places = new Uint32Array((starts[domain + 1] as number) - start);
      for (let at = 0; at < places.length; at++) places[at] = start + at;
      if (places.length > 0) yield [domain + 1, places];
    }
  }

  /** Each host with those below it, as it can be asked for. A domain is no host of its own. */
  *hostTrees(): Scopes & Generator<readonly [number, Uint32Array], void, void> {
    const { hosts, hostIds } = this.#numbering;
    const { starts, places } = this.#byHost;
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
      const all = merged(members.map((member) => places.subarray(starts[member], starts[member + 1])));
      if (all.length > 0) yield [id, all];
    }
  }
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

function* scopesOf({ starts, places }: Groups): Generator<readonly [number, Uint32Array], void, void> {
  for (let group = 0; group + 1 < starts.length; group++) {
    const start = starts[group] as number;
    const end = starts[group + 1] as number;
    if (end > start) yield [group + 1, places.subarray(start, end)];
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
