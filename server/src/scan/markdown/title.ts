/** The title of a document: its first heading as a reader sees it. */
import { decodeHTML } from 'entities';
import type { Block } from './block.ts';
import { InlineParser } from './inline.ts';
import { collapse } from './values.ts';

const SILENT = { link: () => {}, html: () => null, words: () => {}, image: () => {}, wantsWords: false };
const NO_LABELS = { url: () => undefined, hasFootnote: () => false };

/** Text of the first heading in a block that has any, `<h1>` in an HTML block included; null when there is none. */
export function headingText(text: string, block: Block): string | null {
  for (const { kind, joined, start, end } of block.leaves) {
    if (kind !== 'heading' && kind !== 'html') continue;
    const shift = joined === null ? block.start : 0;
    const source = joined?.text ?? text;
    const title =
      kind === 'html'
        ? htmlHeading(source.slice(start + shift, end + shift))
        : new InlineParser(NO_LABELS, SILENT, false).plainText(source, start + shift, end + shift);
    if (title !== '') return title;
  }
  return null;
}

const LONGEST_HEADING = 2000;

/** Text of the first `<h1>`, its tags left out. */
function htmlHeading(html: string): string {
  const open = html.search(/<h1[\s>]/i);
  if (open < 0) return '';
  const rest = html.slice(open, open + LONGEST_HEADING);
  const end = rest.search(/<\/h1/i);
  return end < 0 ? '' : collapse(decodeHTML(rest.slice(0, end).replace(/<[^>]*>/g, ' ')));
}
