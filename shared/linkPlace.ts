/** Where a link of a document leads: what tells it from the document's other links, on both sides. */
import type { LinkFacts } from './protocol.ts';

/** The id of its page, else the file of the folder, else what is written there. */
export function placeOf(link: Pick<LinkFacts, 'targets' | 'local' | 'url'>): string {
  return link.targets?.page.id ?? link.local?.uri ?? link.url;
}
