/** How far a target reaches, as vendors understand it: they go by public suffixes alone and know no private ones. */
import type { Target } from '../../../shared/backlinks.ts';
import { isDomainByPublicSuffix } from '../urls/domains.ts';

export type Scope = 'domain' | 'host' | 'page';

/**
 * `somebody.github.io` is a domain to us and a host of `github.io` to a vendor: asked as a domain it might be answered with the backlinks of
 * all of GitHub's pages. Asked as a host it cannot.
 *
 * @param target of any kind but a folder
 */
export function scopeOf({ kind, name }: Target): Scope {
  if (kind === 'page') return 'page';
  return kind === 'domain' && isDomainByPublicSuffix(name) ? 'domain' : 'host';
}
