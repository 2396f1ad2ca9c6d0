/**
 * Former addresses in a page's own front matter: `aliases` of Hugo, `redirect_from` of Jekyll. The redirect is written into the page that stays.
 * Formats: Hugo documentation, "URL management"; jekyll-redirect-from.
 */
import { isScalar, isSeq, parseDocument } from 'yaml';
import { samePath } from './pathPattern.ts';
import { lineBreak, type TextChange } from './redirect.ts';

export type FormerKey = 'aliases' | 'redirect_from';

interface FrontMatter {
  readonly kind: 'yaml' | 'toml';
  /** Offsets of what stands between the fences. */
  readonly start: number;
  readonly end: number;
}

const FENCED = /^(\uFEFF?(---|\+\+\+)[^\S\r\n]*(?:\r\n|\n|\r))([\s\S]*?)(?:^|\r\n|\n|\r)\2[^\S\r\n]*(?=\r|\n|$)/;

/** Former addresses that a page names, as written; empty where its front matter cannot be read. */
export function formerAddresses(text: string, key: FormerKey): readonly string[] {
  const front = frontMatterOf(text);
  if (front === null) return [];
  const body = text.slice(front.start, front.end);
  return front.kind === 'yaml' ? yamlList(body, key).map(({ text: address }) => address) : (tomlList(body, key)?.items ?? []);
}

/**
 * Adds former addresses to a page, and takes out the one that it has now.
 *
 * @param now its new path: an alias of itself leads in a circle
 * @returns null where the front matter cannot be changed safely
 */
export function addFormerAddresses(text: string, key: FormerKey, former: readonly string[], now: string): readonly TextChange[] | null {
  const end = lineBreak(text);
  const front = frontMatterOf(text);
  if (front === null) {
    if (/^\uFEFF?(?:---|\+\+\+)\s*[\r\n]/.test(text)) return null;
    return [{ start: 0, end: 0, newText: ['---', `${key}:`, ...former.map((path) => `  - ${yamlText(path)}`), '---', '', ''].join(end) }];
  }
  const body = text.slice(front.start, front.end);
  const present = formerAddresses(text, key);
  const kept = present.filter((path) => !samePath(path, now));
  const added = former.filter((path) => !kept.some((one) => samePath(one, path)));
  if (added.length === 0 && kept.length === present.length) return [];
  return front.kind === 'yaml'
    ? changeYaml(body, front.start, key, [...kept, ...added], end)
    : changeToml(body, front.start, key, [...kept, ...added], end);
}

function frontMatterOf(text: string): FrontMatter | null {
  const found = new RegExp(FENCED, 'm').exec(text);
  if (found === null || found.index !== 0) return null;
  const [, fence = '', mark, body = ''] = found;
  return { kind: mark === '---' ? 'yaml' : 'toml', start: fence.length, end: fence.length + body.length };
}

function yamlList(body: string, key: FormerKey): readonly { readonly text: string }[] {
  const value = pairOf(body, key)?.value;
  if (isScalar(value)) return typeof value.value === 'string' && value.value !== '' ? [{ text: value.value }] : [];
  return isSeq(value) ? value.items.flatMap((item) => (isScalar(item) && typeof item.value === 'string' ? [{ text: item.value }] : [])) : [];
}

function pairOf(body: string, key: FormerKey) {
  const document = parseDocument(body, { logLevel: 'silent', strict: false });
  if (document.errors.length > 0 || document.contents === null || !('items' in document.contents)) return null;
  for (const item of document.contents.items) {
    if ('key' in item && isScalar(item.key) && item.key.value === key) return item as { key: { range?: readonly number[] | null }; value: unknown };
  }
  return { key: { range: null }, value: null };
}

/** The whole entry is written anew, as a list of lines. */
function changeYaml(body: string, start: number, key: FormerKey, paths: readonly string[], end: string): readonly TextChange[] | null {
  const pair = pairOf(body, key);
  if (pair === null && body.trim() !== '') return null;
  const lines = paths.length === 0 ? '' : [`${key}:`, ...paths.map((path) => `  - ${yamlText(path)}`), ''].join(end);
  const from = pair?.key.range?.[0];
  if (from === undefined) {
    const missing = body === '' || /[\r\n]$/.test(body) ? '' : end;
    return [{ start: start + body.length, end: start + body.length, newText: missing === '' ? lines : missing + lines.slice(0, -end.length) }];
  }
  // The entry goes on until the next line that begins at the margin with something else than a list.
  const rest = body.slice(from);
  const next = /(?:\r\n|\n|\r)(?=[^\s#-])/.exec(rest);
  const until = next === null ? body.length : from + next.index + next[0].length;
  const closed = next === null && !/[\r\n]$/.test(body) ? lines.slice(0, Math.max(0, lines.length - end.length)) : lines;
  return [{ start: start + from, end: start + until, newText: closed }];
}

const TOML_LIST = (key: FormerKey) => new RegExp(`^${key}[^\\S\\r\\n]*=[^\\S\\r\\n]*\\[([^\\[\\]]*)\\][^\\S\\r\\n]*(?:#[^\\r\\n]*)?$`, 'm');

function tomlList(body: string, key: FormerKey): { readonly items: readonly string[]; readonly start: number; readonly end: number } | null {
  const table = /^[^\S\r\n]*\[/m.exec(body)?.index ?? body.length;
  const found = TOML_LIST(key).exec(body.slice(0, table === 0 ? 0 : undefined));
  if (found === null || found.index > table) return null;
  const items = [...(found[1] ?? '').matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g)].map(
    ([, basic, literal]) => basic?.replace(/\\(["\\])/g, '$1') ?? literal ?? '',
  );
  return { items, start: found.index, end: found.index + found[0].length };
}

function changeToml(body: string, start: number, key: FormerKey, paths: readonly string[], end: string): readonly TextChange[] | null {
  const list = tomlList(body, key);
  if (list === null && new RegExp(`^\\s*${key}\\s*=`, 'm').test(body)) return null;
  const line = `${key} = [${paths.map((path) => JSON.stringify(path)).join(', ')}]`;
  if (list !== null) return [{ start: start + list.start, end: start + list.end, newText: line }];
  // Before the first table: behind it the key would be that table's.
  return [{ start, end: start, newText: line + end }];
}

/** Paths are plain in YAML unless they begin or go on with what means something there. */
function yamlText(path: string): string {
  return /^[\w/.~%+-][\w/.~%+@=&-]*$/.test(path) ? path : JSON.stringify(path);
}
