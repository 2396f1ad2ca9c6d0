/**
 * Where a comment that silences a finding can stand without changing what the page shows: right behind the link it is about, or on a line of its own
 * before a Markdown definition, which bears nothing behind it.
 */
import type { Link } from '../scan/link.ts';
import { markdownLinkEnd } from './linkEnd.ts';
import type { TextChange } from './relEdit.ts';
import { tagAt } from './tagAt.ts';

export interface CommentPlace {
  readonly text: string;
  readonly kind: 'html' | 'markdown';
  /** MDX has comments of its own, and no others. */
  readonly mdx: boolean;
  /** The link that the finding is about; null for one about the whole page, which stands at the first line. */
  readonly link: Pick<Link, 'element' | 'span'> | null;
}

const SAME = 'backlink-lens-ignore';
const NEXT = 'backlink-lens-ignore-next-line';

/** Null where no comment can stand that would be read: in front matter, in a script, in a tag that runs over several lines. */
export function ignoreCommentEdit({ text, kind, mdx, link }: CommentPlace): TextChange | null {
  const comment = (word: string) => (mdx ? `{/* ${word} */}` : `<!-- ${word} -->`);
  if (link === null) return atTop(text, kind, comment(SAME));
  const { element, span } = link;
  if (element === 'md-definition') return lineBefore(text, span.start, comment(NEXT));
  if (element.startsWith('md-')) return insertion(markdownLinkEnd(text, link), text, span.start, comment(SAME));
  const tag = tagAt(text, span.start);
  if (tag === null) return null;
  const behind = insertion(tag.end, text, span.start, comment(SAME));
  // A tag that begins one line above its URL can have the comment before it.
  const lines = text.slice(tag.start, span.start).split(/\r\n|\n|\r/).length - 1;
  return behind ?? (lines === 1 && kind === 'html' ? { start: tag.start, end: tag.start, newText: comment(NEXT) } : null);
}

/** Only on the line where the URL begins is the comment read. */
function insertion(at: number | null, text: string, from: number, newText: string): TextChange | null {
  if (at === null || /[\r\n]/.test(text.slice(from, at))) return null;
  return { start: at, end: at, newText };
}

/** Inside a list or a quotation the line begins as the one below it does. */
function lineBefore(text: string, offset: number, comment: string): TextChange {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const prefix = /^[ \t>]*/.exec(text.slice(start, offset))?.[0] ?? '';
  return { start, end: start, newText: prefix + comment + lineEnd(text) };
}

function atTop(text: string, kind: 'html' | 'markdown', comment: string): TextChange | null {
  if (kind === 'markdown') return /^(?:---|\+\+\+|;;;|[{])/.test(text) ? null : { start: 0, end: 0, newText: comment + lineEnd(text) };
  const first = /^[^\r\n]*/.exec(text)?.[0].trimEnd() ?? '';
  if (first === '') return { start: 0, end: 0, newText: comment };
  return first.endsWith('>') && !/<(?:script|style|title|textarea)\b[^>]*>$/i.test(first)
    ? { start: first.length, end: first.length, newText: comment }
    : null;
}

function lineEnd(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
