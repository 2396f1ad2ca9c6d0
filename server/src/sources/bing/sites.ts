/** Which sites of the account a target lies in, and which of their pages are the target. */
import type { Target } from '../../../../shared/backlinks.ts';
import type { LinkedPage, Site } from './wire.ts';

/**
 * The verified sites to ask. Of a page the one that is nearest to it; of a domain or host all that are the whole of a host in it.
 *
 * @returns none where the target lies outside the account's sites
 */
export function sitesOf(target: Target, sites: readonly Site[]): readonly Site[] {
  const verified = sites.filter((site) => site.verified);
  if (target.kind === 'page') {
    const key = keyOf(target);
    const around = verified.filter((site) => key.startsWith(site.key));
    // Two sites with one key differ by scheme or `www.`: each knows its own links.
    const longest = Math.max(...around.map((site) => site.key.length));
    return around.filter((site) => site.key.length === longest);
  }
  return verified.filter((site) => isWholeHost(site) && isBelow(hostOf(site.key), target.name));
}

/** Whether a page of such a site is, or is part of, the target. */
export function isTarget(target: Target, page: LinkedPage): boolean {
  return target.kind === 'page' ? page.key === keyOf(target) : isBelow(hostOf(page.key), target.name);
}

function keyOf(target: Target): string {
  return target.id.slice('page:'.length);
}

function isWholeHost(site: Site): boolean {
  return site.key.indexOf('/') === site.key.length - 1;
}

function isBelow(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

/** Host of a page key, without its port. */
function hostOf(key: string): string {
  return key.slice(0, key.indexOf('/')).replace(/:\d+$/, '');
}
