/**
 * How far Moz takes a target to reach. It has a list of public suffixes of its own, which lacks some: a domain below one of those it takes for a
 * host of the suffix, and answers a question for the domain with the links of everybody there (seen by a user below `app.br`). Such a domain is
 * asked for as a host.
 */
import type { Backlink, Target } from '../../../../shared/backlinks.ts';
import { parseWebUrl } from '../../urls/resolve.ts';
import { sourceError } from '../../util/errors.ts';
import type { Stretch } from '../cursorPaging.ts';
import { type Scope, scopeOf } from '../scope.ts';

export interface Reach {
  scopeOf(target: Target): Scope;
  /** Notes what Moz takes for a target's root domain; null where it does not say. */
  learn(target: Target, rootDomain: string | null): void;
  /** Reads links, and once more as of a host where they turn out to be those of a whole suffix. */
  links(target: Target, place: string | null, read: (scope: Scope) => Promise<Stretch<Backlink, string>>): Promise<Stretch<Backlink, string>>;
}

const MOST = 10_000;

export function createReach(): Reach {
  const hosts = new Set<string>();

  function narrow(target: Target): void {
    if (hosts.size >= MOST) hosts.clear();
    hosts.add(target.id);
  }

  const reach: Reach = {
    scopeOf: (target) => (hosts.has(target.id) ? 'host' : scopeOf(target)),
    learn(target, rootDomain) {
      if (rootDomain !== null && scopeOf(target) === 'domain' && hostOf(`https://${rootDomain}`) !== target.name) narrow(target);
    },
    async links(target, place, read) {
      const scope = reach.scopeOf(target);
      const stretch = await read(scope);
      if (scope !== 'domain' || stretch.rows.every(({ targetUrl }) => isBelow(hostOf(targetUrl), target.name))) return stretch;
      narrow(target);
      // The place was one among other links: the rows begin anew.
      if (place !== null) throw sourceError('refused-target', `Moz takes ${target.name} for a part of another domain. Ask again.`);
      return await read('host');
    },
  };
  return reach;
}

function hostOf(url: string): string | null {
  return parseWebUrl(url)?.hostname ?? null;
}

function isBelow(host: string | null, domain: string): boolean {
  return host === domain || host?.endsWith(`.${domain}`) === true;
}
