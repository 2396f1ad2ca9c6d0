/**
 * Front matter: YAML between `---` lines or TOML between `+++` lines at the top of a document. Read line by line, since only a few keys
 * matter and their values need exact spans; nesting is not followed, quoting and lists are.
 */
import type { LinkDrafts } from '../drafts.ts';
import type { PageFacts } from '../link.ts';
import { isBlank, skipBlanks } from './chars.ts';

/** Keys whose values are URLs: of Jekyll, Hugo, Eleventy, Docusaurus, Astro, Hexo and Gatsby. */
const URL_KEYS = new Set([
  'canonical',
  'canonical_url',
  'canonicalurl',
  'aliases',
  'alias',
  'url',
  'permalink',
  'image',
  'images',
  'og_image',
  'ogimage',
  'cover',
  'coverimage',
  'cover_image',
  'featured_image',
  'thumbnail',
  'redirect_from',
  'redirect_to',
]);
/** Keys inside the value of such a key, `image: { path: … }` over several lines. */
const INNER_KEYS = new Set(['path', 'src', 'url', 'href', 'feature', 'teaser']);
const CANONICAL = new Set(['canonical', 'canonical_url', 'canonicalurl']);

/**
 * Where the front matter of a document ends.
 *
 * @returns the offset of the first line after it, or 0 when there is none
 */
export function frontMatterEnd(text: string): number {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const fence = text.startsWith('---', start) ? '---' : text.startsWith('+++', start) ? '+++' : '';
  if (fence === '' || skipBlanks(text, start + 3, text.length) !== lineEnd(text, start)) return 0;
  for (let at = nextLine(text, start); at < text.length; at = nextLine(text, at)) {
    if (!text.startsWith(fence, at) && !(fence === '---' && text.startsWith('...', at))) continue;
    if (skipBlanks(text, at + 3, text.length) === lineEnd(text, at)) return nextLine(text, at);
  }
  return 0;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

function nextLine(text: string, from: number): number {
  const end = lineEnd(text, from);
  return Math.min(text.length, text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1);
}

/** One value with the offsets of its characters inside the quotes. */
interface Value {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const KEY = /^[ \t]*(?:-[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*[:=](?=[ \t]|["'[]|$)/;

/**
 * Reads front matter.
 *
 * @param start offset of its first line, the fence
 * @param end offset after its last line
 * @param drafts receives its URLs, as `metadata`
 */
export function readFrontMatter(text: string, start: number, end: number, drafts: LinkDrafts): PageFacts {
  const facts = { title: null as string | null, canonical: null as string | null, language: null as string | null };
  let key = '';
  let outer = '';
  let inArray = false;
  for (let at = nextLine(text, start); at < end; at = nextLine(text, at)) {
    const stop = Math.min(end, lineEnd(text, at));
    const named = keyAt(text, at, stop);
    const inner = isBlank(text.charCodeAt(at));
    if (named !== null) key = inner && INNER_KEYS.has(named.key) && URL_KEYS.has(outer) ? outer : named.key;
    if (named !== null && !inner) outer = named.key;
    const from: number = named === null ? itemStart(text, at, stop, inArray) : named.next;
    if (from < 0) continue;
    const opened: boolean = text.charCodeAt(skipBlanks(text, from, stop)) === 91;
    for (const value of values(text, from, stop, inArray || opened)) note(key, value, facts, drafts, named !== null && !inner);
    inArray = (inArray || opened) && !text.slice(from, stop).includes(']');
  }
  return { ...facts, base: null, robots: { nofollow: false, noindex: false }, charset: null };
}

function keyAt(text: string, at: number, stop: number): { key: string; next: number } | null {
  const match = KEY.exec(text.slice(at, stop));
  return match === null ? null : { key: (match[1] ?? '').toLowerCase(), next: at + match[0].length };
}

/** Where the value of a list item starts that stands on its own line, or -1. */
function itemStart(text: string, at: number, stop: number, inArray: boolean): number {
  const first = skipBlanks(text, at, stop);
  if (inArray) return first;
  return text.charCodeAt(first) === 45 && isBlank(text.charCodeAt(first + 1)) && first < stop ? first + 2 : -1;
}

function values(text: string, from: number, stop: number, list: boolean): Value[] {
  const found: Value[] = [];
  let at = from;
  while (at < stop) {
    at = skipBlanks(text, at, stop);
    const code = text.charCodeAt(at);
    if (at >= stop || code === 35) break;
    if (list && (code === 91 || code === 93 || code === 44)) {
      at++;
      continue;
    }
    const value = code === 34 || code === 39 ? quoted(text, at, stop) : plain(text, at, stop, list);
    if (value === null) break;
    found.push(value);
    at = code === 34 || code === 39 ? value.end + 1 : value.end;
    if (!list) break;
  }
  return found;
}

function quoted(text: string, at: number, stop: number): Value | null {
  const quote = text.charCodeAt(at);
  for (let end = at + 1; end < stop; end++) {
    const code = text.charCodeAt(end);
    if (code === 92 && quote === 34) end++;
    else if (code === quote && quote === 39 && text.charCodeAt(end + 1) === 39) end++;
    else if (code === quote) return { start: at + 1, end, text: unquote(text.slice(at + 1, end), quote) };
  }
  return null;
}

/** Escapes of double quotes are those of JSON, which YAML and TOML share; single quotes double. */
function unquote(raw: string, quote: number): string {
  if (quote === 39) return raw.replaceAll("''", "'");
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, one: string | undefined) =>
    hex === undefined ? (one ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** An unquoted value goes to the end of the line or to ` #`; in a list to the next comma or bracket. */
function plain(text: string, at: number, stop: number, list: boolean): Value | null {
  let end = at;
  while (end < stop) {
    const code = text.charCodeAt(end);
    if (list && (code === 44 || code === 93)) break;
    if (code === 35 && end > at && isBlank(text.charCodeAt(end - 1))) break;
    end++;
  }
  while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
  return end > at ? { start: at, end, text: text.slice(at, end) } : null;
}

interface Facts {
  title: string | null;
  canonical: string | null;
  language: string | null;
}

function note(key: string, value: Value, facts: Facts, drafts: LinkDrafts, top: boolean): void {
  const { start, end, text } = value;
  if (top && key === 'title') facts.title ??= text;
  else if (top && (key === 'lang' || key === 'language')) facts.language ??= text;
  else if (URL_KEYS.has(key) && isUrlLike(text)) {
    if (top && CANONICAL.has(key)) facts.canonical ??= text;
    drafts.add(
      {
        span: { start, end },
        url: text,
        resolved: null,
        role: 'metadata',
        tag: null,
        element: 'front-matter',
        attribute: key,
        text: '',
        rel: [],
        position: null,
        complete: true,
      },
      start,
    );
  }
}

/** Aliases can be plain names (Obsidian), images and covers switches: those are no URLs. */
function isUrlLike(text: string): boolean {
  return /[/.:#]/.test(text) && !/\s/.test(text) && !/[{}[\]|<>]/.test(text);
}
