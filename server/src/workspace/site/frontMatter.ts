/**
 * What the front matter of a page says of its address. Read line by line for the few keys that matter, since a folder has thousands of
 * pages: top-level keys of YAML, TOML and JSON with plain, quoted and listed values; nested ones are passed over.
 */
import { frontMatterEnd } from '../../scan/markdown/frontMatter.ts';

/** Values by key in lower case; a list has several, and a single value is a list of one. */
export type FrontMatter = Readonly<Record<string, readonly string[]>>;

export const NO_FRONT_MATTER: FrontMatter = {};

const KEYS = new Set(
  'permalink url slug id aliases alias redirect_from redirect_to date draft published title categories category layout lang locale'.split(' '),
);

/** The first value of a key; null without one. */
export function first(front: FrontMatter, key: string): string | null {
  return front[key]?.[0] ?? null;
}

/** @returns what the keys above say; empty for a text without front matter */
export function readFrontMatter(text: string): FrontMatter {
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.charCodeAt(begin) === 123) return readJson(text.slice(begin));
  const end = frontMatterEnd(text);
  return end === 0 ? NO_FRONT_MATTER : readLines(text.slice(begin, end));
}

const LINE = /^(["']?)([A-Za-z_][\w-]*)\1[ \t]*[:=](?:[ \t]+(.*)|([["'].*)|)$/;

function readLines(text: string): FrontMatter {
  const found: Record<string, string[]> = {};
  let key = '';
  let open = false;
  for (const line of text.split(/\r\n|\n|\r/).slice(1, -1)) {
    if (!open && line.startsWith('[')) break;
    const named: RegExpExecArray | null = open ? null : LINE.exec(line);
    let rest: string | undefined;
    if (named !== null) {
      key = (named[2] ?? '').toLowerCase();
      rest = named[3] ?? named[4];
    } else if (open) rest = line;
    else rest = /^[ \t]*-[ \t]+(.*)$/.exec(line)?.[1];
    if (!KEYS.has(key) || rest === undefined) continue;
    const listed: boolean = open || rest.trimStart().startsWith('[');
    const values = listed ? listValues(rest) : [scalar(rest)];
    found[key] = [...(named === null ? (found[key] ?? []) : []), ...values.filter((value) => value !== '')];
    open = listed && !closes(rest);
  }
  return found;
}

/** A bracket inside quotes closes nothing. */
function closes(line: string): boolean {
  return line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '').includes(']');
}

function listValues(line: string): string[] {
  const items = line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,[\]"'#][^,[\]#]*)/g);
  return Array.from(items, ([, double, single, plain]) => (double === undefined ? (single ?? plain ?? '').trim() : unescaped(double)));
}

function scalar(text: string): string {
  const value = text.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(value);
  if (quoted !== null) return quoted[1] === undefined ? (quoted[2] ?? '').replaceAll("''", "'") : unescaped(quoted[1]);
  return value.replace(/(?:^|\s)#.*$/, '').trim();
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\/])/g, '$1');
}

/** JSON front matter ends with a brace on a line of its own (Hugo, "Front matter"). */
function readJson(text: string): FrontMatter {
  const end = /^\}[ \t]*$/m.exec(text);
  if (end === null) return NO_FRONT_MATTER;
  try {
    const parsed: unknown = JSON.parse(text.slice(0, end.index + 1));
    if (typeof parsed !== 'object' || parsed === null) return NO_FRONT_MATTER;
    const kept = Object.entries(parsed).filter(([key]) => KEYS.has(key.toLowerCase()));
    return Object.fromEntries(kept.map(([key, value]) => [key.toLowerCase(), texts(value)]));
  } catch {
    return NO_FRONT_MATTER;
  }
}

function texts(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? [String(item)] : []));
}
