/** IP addresses as text: one way of writing each, and the nets they lie in. */
import { isIP } from 'node:net';

/**
 * The bare address, written in one way; an IPv4 address inside IPv6 is itself.
 *
 * @param ip perhaps in brackets, perhaps with a zone
 * @returns null for anything else
 */
export function bareAddress(ip: string | null): string | null {
  const address = (ip ?? '')
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/s, '');
  if (isIP(address) !== 6) return isIP(address) === 0 ? null : address;
  // The URL parser writes every IPv6 address in one way (WHATWG URL 3.6).
  const written = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? address;
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(written);
  if (mapped === null) return written;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * The net of an address that one operator is likely to run: a C net is the first three bytes of an IPv4 address, a B net two. Of IPv6, where there
 * are no such classes, it is the 48 bits that a site and the 32 bits that a provider usually get (RFC 6177).
 *
 * @param address as bareAddress gives it
 */
export function netOf(address: string, size: 'C' | 'B'): string {
  const parts = size === 'C' ? 3 : 2;
  if (!address.includes(':')) return address.split('.', parts).join('.');
  const [before = '', after] = address.split('::');
  const [head, tail] = [before, after ?? ''].map((groups) => (groups === '' ? [] : groups.split(':'))) as [string[], string[]];
  const missing = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: missing }, () => '0'), ...tail].slice(0, parts).join(':');
}
