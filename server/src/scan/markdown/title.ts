/** The title of a document: its first heading as a reader sees it. */
import type { Block } from './block.ts';
import { InlineParser } from './inline.ts';

const SILENT = { link: () => {}, html: () => null, words: () => {}, image: () => {}, wantsWords: false };
const NO_LABELS = { url: () => undefined, hasFootnote: () => false };

/** Text of the first heading that has any; null when there is none. */
export function headingText(text: string, parts: Iterable<{ readonly block: Block }>): string | null {
  for (const { block } of parts) {
    for (const { kind, joined, start, end } of block.leaves) {
      if (kind !== 'heading') continue;
      const shift = joined === null ? block.start : 0;
      const title = new InlineParser(NO_LABELS, SILENT, false).plainText(joined?.text ?? text, start + shift, end + shift);
      if (title !== '') return title;
    }
  }
  return null;
}
