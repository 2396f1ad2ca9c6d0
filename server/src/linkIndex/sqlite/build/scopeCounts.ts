/** Totals of one scope after another, counted over the links of a build in typed arrays. The meanings are those of COUNTS in totals.ts. */
import type { Numbering } from '../numbering.ts';
import { LAST_FOLLOWABLE_TAG } from '../schema.ts';
import type { Staging } from '../staging.ts';
import { INTERNAL, NOFOLLOW_BITS, NOFOLLOW_SHIFT, TAG_BITS } from './linkColumns.ts';
import type { LinkOrder } from './linkOrder.ts';

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
  readonly #staging: Staging;
  readonly #numbering: Numbering;
  readonly #order: LinkOrder;
  readonly #pages: Marks;
  readonly #hosts: Marks;
  readonly #domains: Marks;
  #scope = 0;

  constructor(staging: Staging, numbering: Numbering, order: LinkOrder) {
    this.#staging = staging;
    this.#numbering = numbering;
    this.#order = order;
    this.#pages = new Marks(numbering.order.length);
    this.#hosts = new Marks(numbering.hosts.length);
    this.#domains = new Marks(numbering.domains.length);
  }

  /** Counts the links at these places. Distinct counts are of sources outside the target's domain; lost links count nowhere. */
  count(places: Uint32Array): ScopeCounts {
    const { links, dates } = this.#staging;
    const { hostOf, domainOf } = this.#numbering;
    const scope = ++this.#scope;
    const counts: ScopeCounts = { links: 0, internal: 0, pages: 0, hosts: 0, domains: 0, followed: 0, followable: 0 };
    for (const place of places) {
      const link = this.#order.links[place] as number;
      if (dates.lostOn(link) !== 0) continue;
      const flags = links.flags[link] as number;
      if ((flags & INTERNAL) !== 0) {
        counts.internal++;
        continue;
      }
      counts.links++;
      const nofollow = (flags >> NOFOLLOW_SHIFT) & NOFOLLOW_BITS;
      if ((flags & TAG_BITS) <= LAST_FOLLOWABLE_TAG && nofollow <= 1) {
        counts.followable++;
        if (nofollow === 0) counts.followed++;
      }
      const page = this.#order.sources[place] as number;
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
