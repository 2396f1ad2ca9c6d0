/**
 * Cuts the strings of drafts off from the text they were sliced from. The engine keeps the whole text alive for a slice of it, and a
 * document that is edited for an hour must not hold a copy for every part that was scanned again.
 */
import type { LinkDrafts } from '../drafts.ts';
import type { FactsDraft } from './pageFacts.ts';

/** Shorter strings are copied by the engine anyway. */
const SLICE_LENGTH = 13;

/** Replaces every string of the document by a copy. */
export function detachDrafts(drafts: LinkDrafts, facts: FactsDraft): void {
  for (const link of drafts.links) {
    link.url = copy(link.url);
    link.text = copy(link.text);
    link.element = copy(link.element);
    if (link.attribute !== null) link.attribute = copy(link.attribute);
    if (link.rel.length > 0) link.rel = link.rel.map(copy);
  }
  if (facts.title !== null) facts.title = copy(facts.title);
  if (facts.canonical !== null) facts.canonical = copy(facts.canonical);
  if (facts.base !== null) facts.base = copy(facts.base);
}

/** Joining makes a new string; concatenation and slicing do not. */
export function copy(text: string): string {
  return text.length < SLICE_LENGTH ? text : [text.slice(0, 1), text.slice(1)].join('');
}
