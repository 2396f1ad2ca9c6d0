/** Hosts and registrable domains by the public suffix list with its private section (`a.github.io` is not `b.github.io`). */
import { getDomain } from 'tldts';

/**
 * The registrable domain of a host. An IP address, `localhost` and a bare public suffix are their own domain.
 *
 * @param host lower-case host name without port, IPv6 in brackets
 */
export function registrableDomain(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

/** The host without any `www.` that stands before a registrable domain or one of its hosts (`www.com` keeps it). */
export function withoutWww(host: string): string {
  let rest = host;
  while (rest.startsWith('www.') && getDomain(rest.slice(4), { allowPrivateDomains: true }) !== null) rest = rest.slice(4);
  return rest;
}

/** True for a registrable domain by the public suffixes alone, the private ones left out: `example.co.uk`, and not `somebody.github.io`. */
export function isDomainByPublicSuffix(host: string): boolean {
  return getDomain(host, { allowPrivateDomains: false }) === host;
}
