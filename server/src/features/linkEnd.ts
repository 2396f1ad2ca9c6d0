/** Where a Markdown link ends, from where its URL does. */
import type { Link } from '../scan/link.ts';

/** What may stand between a URL and the end of its link: a title. */
const LINK_END = /\\?>?(?:[ \t]+(?:"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|\((?:\\.|[^()\\\r\n])*\)))?[ \t]*\)/y;
const WIKI_END = /[^\]\r\n]*\]\]/y;

/**
 * @param link one whose element begins with `md-`
 * @returns the offset behind it; null where it does not end on the line of its URL, and for a definition
 */
export function markdownLinkEnd(text: string, { element, span }: Pick<Link, 'element' | 'span'>): number | null {
  switch (element) {
    case 'md-link':
    case 'md-image':
      return endOf(LINK_END, text, span.end);
    case 'md-wiki':
      return endOf(WIKI_END, text, span.end);
    case 'md-autolink':
      return text[span.end] === '>' ? span.end + 1 : span.end;
    case 'md-reference':
      return span.end;
    default:
      return null;
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : null;
}
