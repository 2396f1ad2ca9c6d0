/** Page keys of URLs that are written plainly, as most are: cut out, where pageKey would parse. */
import { withoutWww } from '../../../urls/domains.ts';

/**
 * Nothing that parsing would change: lower-case letters, digits and hyphens in the host, and no label of it encoded; no port, query, fragment,
 * percent sign; a last label that begins with a letter, so no number that stands for an address.
 */
const PLAIN = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9]*\/[\w\-~!$&'()*+,;=:@./]*$/;
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
  if (!url.startsWith('www.', start)) return url.slice(start);
  const slash = url.indexOf('/', start);
  const host = url.slice(start, slash);
  let bare = bareHosts.get(host);
  if (bare === undefined) {
    bare = withoutWww(host);
    bareHosts.set(host, bare);
  }
  return url.slice(slash - bare.length);
}
