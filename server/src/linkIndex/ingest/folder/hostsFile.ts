/** Reads a hosts(5) file: `address name [name…]` lines with `#` comments. A mirror has no addresses of its own; this gives it some. */
import { isIP } from 'node:net';

/** @returns addresses by lower-case host name; empty for an empty text */
export function readHostsFile(text: string): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [address = '', ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) addresses.set(name.toLowerCase(), address);
  }
  return addresses;
}
