/** What every file of redirects holds, whatever its syntax, and what is done to it when pages move. */
import { exactPath, type PathPattern, samePath, takes } from './pathPattern.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Redirect {
  /** As written. */
  readonly from: string;
  readonly pattern: PathPattern;
  /** As written: a path or an address; null where the rule names none (410). */
  readonly to: string | null;
  readonly status: number;
  /** It holds for some visitors only: a country, a language, a cookie, a query. */
  readonly conditional: boolean;
  /** The whole rule with the line break behind it. */
  readonly whole: Span;
  /** The characters of `to`, without quotes; null where they cannot be replaced. */
  readonly destination: Span | null;
}

/** One page that moves: percent-encoded paths from the site's root, or for `to` an absolute address. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

export interface TextChange extends Span {
  readonly newText: string;
}

/** One syntax: read and written, both pure. */
export interface RedirectFormat {
  /** Never throws; what is malformed is passed over. */
  parse(text: string): readonly Redirect[];
  /**
   * Changes to the text that make every move a redirect.
   *
   * @returns null where the text cannot be added to safely
   */
  add(text: string, moves: readonly Move[]): readonly TextChange[] | null;
}

/** Whether a rule serves a path or says on purpose that it is gone (410). A page of its own for errors saves nothing. */
export function saves({ pattern, status, conditional }: Redirect, path: string): boolean {
  return status !== 404 && !conditional && takes(pattern, path);
}

/** What a file that is there already has to change for some moves. */
export interface Additions {
  /** Changes of rules that stand: those that would lead in a circle go, those that lead to a page that moves follow it. */
  readonly changes: readonly TextChange[];
  /** Rules that are missing. */
  readonly missing: readonly Move[];
  /** The first rule with a wildcard: new ones stand before it, since the first that fits decides. Null where all are exact. */
  readonly before: Redirect | null;
}

export function additions(rules: readonly Redirect[], moves: readonly Move[]): Additions {
  const changes: TextChange[] = [];
  const present = new Set<Move>();
  for (const rule of rules) {
    if (rule.conditional) continue;
    const path = exactPath(rule.pattern);
    const circle = path !== null && moves.some(({ to }) => samePath(to, path));
    if (circle) {
      changes.push({ ...rule.whole, newText: '' });
      continue;
    }
    const own = path === null ? undefined : moves.find(({ from }) => samePath(from, path));
    const next = own ?? (rule.to === null || rule.status === 200 ? undefined : moves.find(({ from }) => samePath(from, rule.to ?? '')));
    if (next === undefined || rule.destination === null) continue;
    changes.push({ ...rule.destination, newText: next.to });
    if (own !== undefined) present.add(own);
  }
  return {
    changes,
    missing: moves.filter((move) => !present.has(move)),
    before: rules.find(({ pattern }) => exactPath(pattern) === null) ?? null,
  };
}

/** Lines of a text with their offsets, each with its own line break. */
export function* linesOf(text: string): Generator<{ readonly line: string; readonly start: number; readonly end: number }> {
  const breaks = /\r\n|\n|\r|$/g;
  for (let start = 0; start < text.length; ) {
    breaks.lastIndex = start;
    const found = breaks.exec(text);
    const end = found === null ? text.length : found.index + found[0].length;
    yield { line: text.slice(start, found?.index ?? text.length), start, end: Math.max(end, start + 1) };
    start = Math.max(end, start + 1);
  }
}

/** The line break that a text uses. */
export function lineBreak(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** Whole lines put in at an offset; at the end of a text whose last line has no break, it gets one. */
export function insertLines(text: string, at: number, lines: readonly string[]): TextChange | null {
  if (lines.length === 0) return null;
  const end = lineBreak(text);
  const missing = at > 0 && !/[\r\n]$/.test(text.slice(0, at)) ? end : '';
  return { start: at, end: at, newText: missing + lines.map((line) => line + end).join('') };
}

/** Where new lines go: before a rule and the comments right above it, or at the end. */
export function insertionPoint(text: string, before: Redirect | null, comment: RegExp = /^\s*#/): number {
  if (before === null) return text.length;
  let at = before.whole.start;
  for (;;) {
    const previous = /(?:^|[\r\n])([^\r\n]*)(?:\r\n|\n|\r)$/.exec(text.slice(Math.max(0, at - 2_000), at));
    if (previous?.[1] === undefined || !comment.test(previous[1])) return at;
    at -= previous[0].replace(/^[\r\n]/, '').length;
  }
}
