/** Page keys of URLs that are written plainly, as most are: cut out, where pageKey would parse. */
import { withoutWww } from '../../../urls/domains.ts';
import { mayBeTracked } from '../../../urls/keys.ts';

/**
 * Nothing that parsing would change: lower-case letters, digits and hyphens in the host, and no label of it encoded; no port, no percent sign, no
 * parameter without a name; no fragment that belongs to the key; a last label that begins with a letter, so no number that stands for an address.
 */
const PLAIN = new RegExp(
  [
    /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9]*\//,
    /[\w\-~!$&'()*+,;=:@./]*/,
    /(?:\?[\w\-~!$()*+,;=:@./?]+(?:&[\w\-~!$()*+,;=:@./?]+)*)?/,
    /(?:#(?!!)[!-~]*)?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);
/** Longer ones are few, and would only try the patience of the pattern. */
const LONGEST = 2048;
/** Where the host may begin at the earliest. */
const FIRST_HOST = 7;

/**
 * @param bareHosts remembers hosts without their `www.`
 * @returns what pageKey does, or null where it must be asked
 */
export function plainKey(url: string, bareHosts: Map<string, string>): string | null {
  if (url.length > LONGEST || !PLAIN.test(url) || url.includes('/.', FIRST_HOST) || url.includes('xn--')) return null;
  const start = url.charCodeAt(4) === 115 ? 8 : 7;
  const hash = url.indexOf('#', start);
  const end = hash < 0 ? url.length : hash;
  const key = url.slice(start, end);
  if (key.includes('?') && mayBeTracked(key)) return null;
  if (!key.startsWith('www.')) return key;
  const slash = url.indexOf('/', start);
  const host = url.slice(start, slash);
  let bare = bareHosts.get(host);
  if (bare === undefined) {
    bare = withoutWww(host);
    bareHosts.set(host, bare);
  }
  return url.slice(slash - bare.length, end);
}
