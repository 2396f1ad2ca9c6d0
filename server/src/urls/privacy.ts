/**
 * What may be asked of somebody else's machine: private and reserved hosts, credentials, fragments and secret-looking parameters are never
 * sent. Local sources (index, CSV, ranks, workspace) answer for reserved hosts as for any other.
 */
import { BlockList, isIPv4 } from 'node:net';
import type { Target } from '../../../shared/backlinks.ts';
import { parseWebUrl } from './resolve.ts';
import { innerAddresses, looksSecret } from './secrets.ts';

/** Address blocks that do not leave a network: RFC 1122, 1918, 3927, 4193, 4291, 6598. */
const PRIVATE_BLOCKS = blocks([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::/128',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
]);
/** Address blocks that belong to nobody: RFC 2544, 5737, 3849, 6666, 9637, multicast and the former class E. */
const RESERVED_BLOCKS = blocks([
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '100::/64',
  '2001:db8::/32',
  '3fff::/20',
  'ff00::/8',
]);
/** Names that only a network of one's own answers: RFC 6762, 8375, 7686, ICANN's `.internal`, and what routers and offices use. */
const PRIVATE_NAME = /(?:^|\.)(?:local|internal|intranet|private|corp|home|lan|localdomain|home\.arpa|onion)$/;
/** Reserved names that developers give their own machine. */
const OWN_NAME = /\.(?:test|localhost)\.?$/;
/** RFC 2606 and 6761. */
const RESERVED_NAME = /(?:^|\.)(?:test|invalid|example|localhost|example\.(?:com|net|org))$/;

/**
 * Why a target must not be sent to a remote source. What is no http(s) URL is private: it cannot be looked up anyway.
 *
 * @param target a URL, or a target of any kind
 * @returns null when nothing speaks against it
 */
export function privacyOf(target: string | Target): 'private' | 'reserved' | null {
  const url = urlOf(target);
  if (url === null || url.hostname === '') return 'private';
  return privacyOfHost(url) ?? (looksSecret(url) || innerAddresses(url).some(leadsInside) ? 'private' : null);
}

/** True for a host that only a network of one's own answers: nobody else's crawl can know it. */
export function isPrivateHost(target: string | Target): boolean {
  const url = urlOf(target);
  return url === null || url.hostname === '' || privacyOfHost(url) === 'private';
}

/** True for an address inside another that names a host of one's own network or machine; examples of manuals (`example.com`) tell nothing. */
function leadsInside(address: string): boolean {
  const url = parseWebUrl(address);
  if (url === null || url.hostname === '') return false;
  return privacyOfHost(url) === 'private' || OWN_NAME.test(url.hostname);
}

function privacyOfHost(url: URL): 'private' | 'reserved' | null {
  const host = url.hostname.replace(/\.$/, '');
  const address = isIPv4(host) ? host : host.startsWith('[') ? host.slice(1, -1) : null;
  if (address !== null) return privacyOfAddress(address);
  if (!host.includes('.') || PRIVATE_NAME.test(host)) return 'private';
  return RESERVED_NAME.test(host) ? 'reserved' : null;
}

/**
 * As privacyOf, of an address alone; an IPv4 address written as an IPv6 one counts as what it is.
 *
 * @param address IPv4, or IPv6 without brackets and zone
 */
export function privacyOfAddress(address: string): 'private' | 'reserved' | null {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (PRIVATE_BLOCKS.check(address, family)) return 'private';
  return RESERVED_BLOCKS.check(address, family) ? 'reserved' : null;
}

/**
 * The form in which a target may be sent to a remote source: without userinfo and fragment.
 *
 * @returns null when it must not be sent at all (see privacyOf)
 */
export function forSending(target: string | Target): string | null {
  if (privacyOf(target) !== null) return null;
  if (typeof target !== 'string' && target.kind !== 'page') return target.name;
  const url = urlOf(target);
  if (url === null) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}

/**
 * The form in which a URL of a document may be shown to somebody else, a language model say: as `forSending`, but names that belong to nobody may
 * be shown, too. What is no web address, a path of the folder say, stays as it is.
 *
 * @returns null when it must not be shown
 */
export function forShowing(address: string): string | null {
  const url = parseWebUrl(address);
  if (url === null) return /^[a-z][a-z0-9+.-]*:/i.test(address) ? null : address.replace(/#.*$/s, '');
  if (privacyOfHost(url) === 'private' || looksSecret(url) || innerAddresses(url).some(leadsInside)) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}

function urlOf(target: string | Target): URL | null {
  const text = typeof target === 'string' ? target : target.name;
  return parseWebUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || typeof target === 'string' ? text : `https://${text}`);
}

function blocks(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', bits = ''] = subnet.split('/');
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}
