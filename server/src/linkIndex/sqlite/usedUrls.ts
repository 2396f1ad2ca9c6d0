/** Which of the URLs a build has met the index will know: those that have a capture or are named by one that counts. */
import { CAPTURED } from './build/captureColumns.ts';
import type { Histories } from './build/histories.ts';
import type { Staging } from './staging.ts';

/** Marks the used URLs: one byte a URL. */
export function usedUrls({ urls, captures, links }: Staging, histories: Histories): Uint8Array {
  const used = new Uint8Array(urls.keys.length);
  if (!histories.folded) {
    // Each URL has one capture at most, and all its links count.
    for (let capture = 0; capture < captures.length; capture++) {
      if (captures.get(capture, 'kind') === CAPTURED.unchanged) continue;
      used[captures.get(capture, 'url')] = 1;
      const end = captures.endOfLinks(capture, links.length);
      for (let link = captures.get(capture, 'firstLink'); link < end; link++) used[links.target[link] as number] = 1;
      const destination = captures.get(capture, 'destination');
      if (destination !== 0) used[destination - 1] = 1;
    }
    return used;
  }
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
