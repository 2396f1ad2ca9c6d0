/** Which of the URLs a build has met the index will know: those that a winning capture is or names. */
import type { DatabaseSync } from 'node:sqlite';
import type { KnownUrls } from './knownUrls.ts';

/**
 * Marks the used URLs.
 *
 * @returns one byte a URL, or null when no capture was replaced and so all are used
 */
export function usedUrls(db: DatabaseSync, urls: KnownUrls): Uint8Array | null {
  if (!urls.replaced) return null;
  const used = new Uint8Array(urls.keys.length);
  for (const [number, winner] of urls.winner.entries()) if (winner > 0) used[number] = 1;
  const links = db.prepare('select capture, source, target from scratch.link');
  for (const { capture, source, target } of links.iterate()) {
    if (urls.winner[Number(source)] === capture) used[Number(target)] = 1;
  }
  const redirects = db.prepare('select id, url, redirect from scratch.capture where redirect is not null');
  for (const { id, url, redirect } of redirects.iterate()) {
    const target = urls.winner[Number(url)] === id ? urls.numberOf(String(redirect)) : null;
    if (target !== null) used[target] = 1;
  }
  return used;
}
