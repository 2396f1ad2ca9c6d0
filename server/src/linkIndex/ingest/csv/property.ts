/** A Search Console property: what `--site` names, and what "somewhere on it" is called. */
import type { Target } from '../../../../../shared/backlinks.ts';
import { registrableDomain } from '../../../urls/domains.ts';
import { pageKey } from '../../../urls/keys.ts';
import { parseWebUrl } from '../../../urls/resolve.ts';
import { parseTarget } from '../../../urls/targets.ts';

export interface Property {
  readonly target: Target;
  /** The address that stands for a page of it that nobody names: `https://example.com/*`. No page is called so. */
  readonly somewhere: string;
  /** True for the address of a page on it. */
  holds(url: string): boolean;
}

/**
 * Reads a property as Search Console shows it: `sc-domain:example.com`, `https://example.com/blog/`, or a bare domain.
 *
 * @returns null for what is neither
 */
export function readProperty(text: string): Property | null {
  const trimmed = text.trim();
  const named = trimmed.replace(/^sc-domain:/i, '');
  const url = parseWebUrl(named);
  const bare = url === null || url.pathname === '/' ? parseTarget(url === null ? named : url.hostname) : null;
  if (bare !== null && (bare.kind === 'domain' || bare.kind === 'host')) return siteProperty(bare);
  if (url === null) return null;
  const folder = `${url.origin}${url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`}`;
  const target = parseTarget(`${folder}*`);
  const key = pageKey(folder);
  return target === null || key === null ? null : { target, somewhere: `${folder}*`, holds: (address) => pageKey(address)?.startsWith(key) === true };
}

function siteProperty(target: Target): Property {
  const inside = (host: string): boolean =>
    target.kind === 'domain' ? registrableDomain(host) === target.name : host === target.name || host.endsWith(`.${target.name}`);
  return {
    target,
    somewhere: `https://${target.name}/*`,
    holds: (address) => inside(parseWebUrl(address)?.hostname ?? ''),
  };
}
