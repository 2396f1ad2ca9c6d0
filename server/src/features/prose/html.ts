/** The prose of an HTML text: what stands between its tags, outside links, headings, code, forms, scripts and the head. */
import type { Span } from './markdown.ts';

/** Elements whose content is no prose that could be linked. */
const PASSED = new Set(
  'a button code h1 h2 h3 h4 h5 h6 head iframe kbd math noscript option pre samp script select style svg template textarea title var xmp'.split(' '),
);

export function* htmlProse(text: string): Generator<Span> {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const end = open < 0 ? text.length : open;
    if (end > at) yield { start: at, end };
    if (open < 0) return;
    at = afterMarkup(text, open);
  }
}

function afterMarkup(text: string, open: number): number {
  if (text.startsWith('<!--', open)) return after(text, '-->', open + 4);
  const name = /^<([a-z][a-z0-9-]*)/i.exec(text.slice(open, open + 40))?.[1]?.toLowerCase();
  // A sign of its own, "1 < 2", or a tag that closes.
  if (name === undefined) return /^<[/!?]/.test(text.slice(open, open + 2)) ? after(text, '>', open) : open + 1;
  const content = afterTag(text, open);
  if (!PASSED.has(name) || text.charAt(content - 2) === '/') return content;
  const close = new RegExp(`</${name}(?![a-z0-9-])`, 'gi');
  close.lastIndex = content;
  const found = close.exec(text);
  return found === null ? text.length : after(text, '>', found.index);
}

/** Quoted values may hold the sign that ends a tag. */
function afterTag(text: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  return text.length;
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}
