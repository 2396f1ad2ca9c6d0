/** Which of the URLs a build has met the index will know: those that have a capture or are named by one that counts. */
import type { Histories } from './build/histories.ts';
import type { Staging } from './staging.ts';

/** Marks the used URLs: one byte a URL. */
export function usedUrls({ urls, captures, links }: Staging, histories: Histories): Uint8Array {
  const used = new Uint8Array(urls.keys.length);
  for (let url = 0; url < used.length; url++) {
    const facts = histories.factsOf(url);
    if (facts === null) continue;
    used[url] = 1;
    histories.visitLinks(url, (link) => {
      used[links.target[link] as number] = 1;
    });
    const destination = captures.get(facts.capture, 'destination');
    if (destination !== 0) used[destination - 1] = 1;
  }
  return used;
}
