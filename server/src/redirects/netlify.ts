/**
 * `_redirects` of Netlify and Cloudflare Pages: a rule a line, `from [query] to [status] [conditions]`, `*` at the end and `:name` in between.
 * Format: Netlify Docs, "Redirects and rewrites"; Cloudflare Pages docs, "Redirects".
 */
import { BELOW, decoded, exactly, type PathPattern, type PathToken } from './pathPattern.ts';
import { additions, insertionPoint, insertLines, linesOf, type Move, type Redirect, type RedirectFormat } from './redirect.ts';

export const netlify: RedirectFormat = {
  parse(text) {
    const rules: Redirect[] = [];
    for (const { line, start, end } of linesOf(text)) {
      const rule = readLine(line, start, end);
      if (rule !== null) rules.push(rule);
    }
    return rules;
  },
  add(text, moves) {
    const { changes, missing, before } = additions(netlify.parse(text), moves);
    const lines = insertLines(text, insertionPoint(text, before), missing.map(lineOf));
    return lines === null ? changes : [...changes, lines];
  },
};

function readLine(line: string, start: number, end: number): Redirect | null {
  const words = [...line.replace(/(^|\s)#.*$/, '').matchAll(/\S+/g)];
  const [from, ...rest] = words;
  if (from === undefined) return null;
  const path = pathOf(from[0]);
  // Between the two stand conditions on the query: `id=:id`.
  const at = rest.findIndex(([word]) => /^(?:\/|https?:\/\/)/i.test(word));
  const to = rest[at];
  if (path === null || to === undefined) return null;
  const [status = '', ...conditions] = rest.slice(at + 1).map(([word]) => word);
  const code = /^(\d{3})!?$/.exec(status)?.[1];
  const others = code === undefined ? rest.slice(at + 1).length : conditions.length;
  const place = start + to.index;
  return {
    from: from[0],
    pattern: readSplat(path),
    to: to[0],
    status: code === undefined ? 301 : Number(code),
    conditional: at > 0 || others > 0,
    whole: { start, end },
    destination: { start: place, end: place + to[0].length },
  };
}

/** A rule may name its host: `https://blog.example.com/*`; what it is worth there nobody here knows. */
function pathOf(from: string): string | null {
  if (from.startsWith('/')) return from;
  return URL.parse(from)?.pathname ?? null;
}

/** `*` at the end is anything, `:name` one segment. */
export function readSplat(path: string): PathPattern {
  const pattern: PathToken[] = [];
  for (const part of path.split(/(\/:[A-Za-z_]\w*|\/?\*$)/)) {
    if (part.startsWith('/:')) pattern.push({ kind: 'text', text: '/' }, { kind: 'segment' });
    else if (part === '/*') pattern.push(...BELOW);
    else if (part === '*') pattern.push({ kind: 'any' });
    else pattern.push(...exactly(decoded(part)));
  }
  return pattern;
}

function lineOf({ from, to }: Move): string {
  return `${from} ${to} 301`;
}
