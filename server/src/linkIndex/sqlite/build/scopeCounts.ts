/** Totals of one scope after another, counted over the links of a build in typed arrays. The meanings are those of countNow in counts.ts. */
import type { Numbering } from '../numbering.ts';
import { LAST_FOLLOWABLE_TAG, LINK_STATE } from '../schema.ts';
import type { Generation } from './generation.ts';
import { NOFOLLOW_BITS, NOFOLLOW_SHIFT, TAG_BITS } from './linkColumns.ts';
import { type PlacedLinks, stateOf } from './placedLinks.ts';
import type { Scope } from './scopes.ts';

export interface ScopeCounts {
  links: number;
  internal: number;
  pages: number;
  hosts: number;
  domains: number;
  followed: number;
  followable: number;
}

/** Which value was last met in which scope, so that a value counts once a scope without clearing anything between scopes. */
class Marks {
  readonly #scopes: Uint32Array;

  constructor(values: number) {
    this.#scopes = new Uint32Array(values + 1);
  }

  /** True the first time in a scope. */
  isNew(value: number, scope: number): boolean {
    if (this.#scopes[value] === scope) return false;
    this.#scopes[value] = scope;
    return true;
  }
}

export class ScopeCounter {
  readonly #numbering: Numbering;
  readonly #links: PlacedLinks;
  readonly #pages: Marks;
  readonly #hosts: Marks;
  readonly #domains: Marks;
  #scope = 0;

  constructor({ numbering, links }: Generation) {
    this.#numbering = numbering;
    this.#links = links;
    this.#pages = new Marks(numbering.order.length);
    this.#hosts = new Marks(numbering.hosts.length);
    this.#domains = new Marks(numbering.domains.length);
  }

  /** Counts the links of a scope. Distinct counts are of sources outside the target's domain; lost links count nowhere. */
  count({ places, start, end }: Scope): ScopeCounts {
    const { marks, sources } = this.#links;
    const { hostOf, domainOf } = this.#numbering;
    const scope = ++this.#scope;
    const counts: ScopeCounts = { links: 0, internal: 0, pages: 0, hosts: 0, domains: 0, followed: 0, followable: 0 };
    for (let at = start; at < end; at++) {
      const place = places === null ? at : (places[at] as number);
      const mark = marks[place] as number;
      const state = stateOf(mark);
      if (state !== LINK_STATE.external) {
        if (state === LINK_STATE.internal) counts.internal++;
        continue;
      }
      counts.links++;
      const nofollow = (mark >> NOFOLLOW_SHIFT) & NOFOLLOW_BITS;
      if ((mark & TAG_BITS) <= LAST_FOLLOWABLE_TAG && nofollow <= 1) {
        counts.followable++;
        if (nofollow === 0) counts.followed++;
      }
      const page = sources[place] as number;
      if (!this.#pages.isNew(page, scope)) continue;
      counts.pages++;
      const host = hostOf[page - 1] as number;
      if (!this.#hosts.isNew(host, scope)) continue;
      counts.hosts++;
      if (this.#domains.isNew(domainOf[host - 1] as number, scope)) counts.domains++;
    }
    return counts;
  }
}
