/**
 * The plain regular expressions that people write into `.htaccess`, `nginx.conf` and `vercel.json`, as path patterns. The expressions themselves are never run: a file
 * of the folder could hold one that takes for ever. What is not understood counts as "any", so that a page is rather thought saved than lost.
 */
import { exactly, type PathPattern, type PathToken } from './pathPattern.ts';

const ANY: PathToken = { kind: 'any' };
const SEGMENT: PathToken = { kind: 'segment' };

/** Groups and classes that have a token of their own. */
const KNOWN: readonly [source: string, token: PathToken][] = [
  ['(.*)', ANY],
  ['(.+)', ANY],
  ['(.*?)', ANY],
  ['(.+?)', ANY],
  ['.*', ANY],
  ['.+', ANY],
  ['([^/]+)', SEGMENT],
  ['([^/]*)', ANY],
  ['[^/]+', SEGMENT],
  ['([0-9]+)', SEGMENT],
  ['(\\d+)', SEGMENT],
  ['\\d+', SEGMENT],
];

/**
 * @param source without delimiters
 * @param before what stands before an expression that is not anchored: a path from the root
 */
export function readRegex(source: string, before = ''): PathPattern {
  const anchored = source.startsWith('^');
  const closed = /(?<!\\)\$$/.test(source);
  const body = source.slice(anchored ? 1 : 0, closed ? -1 : undefined);
  const pattern: PathToken[] = [...exactly(before), ...(anchored ? [] : [ANY])];
  // An alternative at the top means that nothing in it is certain.
  if (hasAlternatives(body) || body === '.') return [...pattern, ANY];
  for (let at = 0; at < body.length; ) {
    const known = KNOWN.find(([text]) => body.startsWith(text, at));
    if (known !== undefined) {
      pattern.push(known[1]);
      at += known[0].length;
      continue;
    }
    const escaped = body[at] === '\\' && /[^A-Za-z0-9]/.test(body[at + 1] ?? '');
    const character = escaped ? (body[at + 1] ?? '') : (body[at] ?? '');
    if (!escaped && /[\\^$.|?*+()[\]{}]/.test(character)) {
      // A dot that stands for itself, as in `index.html`, is the one sloppiness that everybody has.
      if (character !== '.' || /[?*+{]/.test(body[at + 1] ?? '')) return [...pattern, ANY];
    }
    at += escaped ? 2 : 1;
    const quantifier = body[at] ?? '';
    if (/[*+{]/.test(quantifier)) return [...pattern, ANY];
    pattern.push({ kind: quantifier === '?' ? 'optional' : 'text', text: character });
    if (quantifier === '?') at++;
  }
  return closed ? pattern : [...pattern, ANY];
}

function hasAlternatives(body: string): boolean {
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '\\') at++;
    else if (body[at] === '(') depth++;
    else if (body[at] === ')') depth--;
    else if (body[at] === '|' && depth === 0) return true;
  }
  return false;
}

/** A path as an expression that takes it alone, with or without the slash at its end. */
export function regexOf(path: string): string {
  const bare = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  return `${bare.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}${bare === '/' ? '' : '/?'}`;
}
