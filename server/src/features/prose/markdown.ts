/**
 * The prose of a Markdown text: what stands in paragraphs, lists, quotes and tables, without code, headings, links, HTML and templates. What is not
 * surely prose is left out.
 */
import { frontMatterEnd } from '../../scan/markdown/frontMatter.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

const FENCE = /^[ \t]*(?:>[ \t]*)*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
/** A heading, a definition, an HTML block, indented code, an import of MDX, a directive, a template of its own. */
const NO_PROSE = /^(?: {0,3}#{1,6}(?:[ \t]|$)| {0,3}\[[^\]]*\]:| {0,3}<| {4}|\t|import[ \t]|export[ \t]| {0,3}:::|[ \t]*\{[{%])/;
/** Longer stretches are left out: nobody wrote them by hand. */
const LONGEST = 20_000;

export function* markdownProse(text: string): Generator<Span> {
  let from = -1;
  let fence = '';
  let last = { start: 0, end: 0, prose: false };
  for (const line of linesOf(text, frontMatterEnd(text))) {
    const words = text.slice(line.start, line.end);
    const mark = FENCE.exec(words)?.[1] ?? '';
    const closes = fence !== '' && mark.startsWith(fence);
    const isUnderline = last.prose && fence === '' && UNDERLINE.test(words);
    const prose = fence === '' && mark === '' && !isUnderline && words.trim() !== '' && !NO_PROSE.test(words);
    if (mark !== '' && fence === '') fence = mark;
    else if (closes) fence = '';
    if (prose && from < 0) from = line.start;
    if (!prose && from >= 0) {
      // The underline makes a heading of what stands above it.
      yield* inline(text, from, isUnderline ? last.start : last.end);
      from = -1;
    }
    last = { ...line, prose };
  }
  if (from >= 0) yield* inline(text, from, last.end);
}

function* linesOf(text: string, from: number): Generator<Span> {
  for (let start = from; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield { start, end };
    start = end + 1;
  }
}

/** What lies between code spans, brackets, tags, addresses and templates. */
function* inline(text: string, from: number, to: number): Generator<Span> {
  if (to - from > LONGEST) return;
  let start = from;
  for (let at = from; at < to; ) {
    const next = passed(text, at, to);
    if (next === at) at++;
    else {
      if (at > start) yield { start, end: at };
      at = next;
      start = next;
    }
  }
  if (to > start) yield { start, end: to };
}

/** Where what begins here ends, if it is no prose; otherwise `at`. */
function passed(text: string, at: number, to: number): number {
  switch (text.charAt(at)) {
    case '\\':
      return Math.min(at + 2, to);
    case '`':
      return afterCode(text, at, to);
    case '[':
      return afterBrackets(text, at, to);
    case '<':
      return afterClosing(text, at, to, '>');
    case '{':
      return afterClosing(text, at, to, '}');
    case 'h':
    case 'w':
      return /^(?:https?:\/\/|www\.)[^\s<>]+/.exec(text.slice(at, Math.min(to, at + 500)))?.[0].length
        ? at + (/^[^\s<>]+/.exec(text.slice(at, to))?.[0].length ?? 0)
        : at;
    default:
      return at;
  }
}

function afterCode(text: string, at: number, to: number): number {
  let width = 1;
  while (text.charAt(at + width) === '`') width++;
  const mark = '`'.repeat(width);
  for (let end = text.indexOf(mark, at + width); end >= 0 && end < to; ) {
    let run = end;
    while (text.charAt(run) === '`') run++;
    if (run - end === width) return run;
    end = text.indexOf(mark, run);
  }
  return at + width;
}

/** Brackets with all that is in them, and the address or label behind: a link, an image, a footnote, a check box. */
function afterBrackets(text: string, at: number, to: number): number {
  const end = afterPair(text, at, to, '[', ']');
  const behind = text.charAt(end);
  if (end > at + 1 && end < to && behind === '(') return afterPair(text, end, to, '(', ')');
  return end > at + 1 && end < to && behind === '[' ? afterPair(text, end, to, '[', ']') : end;
}

function afterPair(text: string, at: number, to: number, open: string, close: string): number {
  let depth = 0;
  for (let end = at; end < to; end++) {
    const sign = text.charAt(end);
    if (sign === '\\') end++;
    else if (sign === open) depth++;
    else if (sign === close && --depth === 0) return end + 1;
  }
  // It closes nowhere: what follows is not surely prose.
  return to;
}

function afterClosing(text: string, at: number, to: number, close: string): number {
  const end = text.indexOf(close, at);
  return end < 0 || end >= to ? at + 1 : end + 1;
}
