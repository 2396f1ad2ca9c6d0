/** Vendors' words for kinds of links and for why one is lost, in ours. */
import type { LinkTag, LostReason } from '../../../../../shared/backlinks.ts';

/** The first that fits; Ahrefs and Majestic write several words in a cell. */
const TYPES: readonly (readonly [RegExp, LinkTag | 'no-link'])[] = [
  [/canonical|alternate|\brss\b|hreflang|mention/, 'no-link'],
  [/redirect|\b30[1278]\b/, 'redirect'],
  [/image|\bimg\b/, 'aimg'],
  [/form\b/, 'form'],
  [/frame/, 'iframe'],
  [/javascript|\bjs\b/, 'javascript'],
  [/meta/, 'meta'],
  [/text|anchor|hyperlink|content|navigation/, 'a'],
];

/**
 * The kind of a link by the vendor's word for it.
 *
 * @returns `no-link` for what is no hyperlink; null for a word that tells nothing
 */
export function tagOfType(words: string): LinkTag | 'no-link' | null {
  const known = words.toLowerCase();
  return TYPES.find(([word]) => word.test(known))?.[1] ?? null;
}

const REASONS: readonly (readonly [RegExp, LostReason])[] = [
  [/no.?index/, 'noindex'],
  [/canonical/, 'canonicalised'],
  [/redirect|\b30[1278]\b/, 'redirected'],
  [/not.?found|\b404\b|\b410\b|\bgone\b|page.?(?:removed|deleted)/, 'gone'],
  [/link.?(?:removed|deleted)|removed.?(?:from|link)|deleted/, 'removed'],
  [/lost|drop|error|unreachable|timeout|robots|broken|disappeared|expired|\b5\d\d\b/, 'unknown'],
];

/** Words of a list that say a link still stands. */
const ALIVE = /^(?:live|active|alive|ok|found|new|standing|none|not ?lost|recently (?:found|added))$/;

/**
 * Why a link is lost by the vendor's words.
 *
 * @returns `unknown` for a reason that is none of ours; null where the words say that it stands, or nothing
 */
export function lostReason(words: string): LostReason | null {
  const known = words.toLowerCase().trim();
  if (known === '' || ALIVE.test(known)) return null;
  return REASONS.find(([word]) => word.test(known))?.[1] ?? 'unknown';
}
