/**
 * `redirect_maps` of the redirects plugin in `mkdocs.yml`: from one Markdown file, as it was called, to another or to an address.
 * Format: mkdocs-redirects.
 */
import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { lineBreak, type TextChange } from './redirect.ts';

/** Files below the folder of documents, with forward slashes. */
export interface FileMove {
  readonly from: string;
  /** A file of the same kind, or an absolute address. */
  readonly to: string;
}

/** Null where the plugin is not there: without it nothing would read the entry. */
export function readRedirectMaps(text: string): readonly FileMove[] | null {
  const plugin = pluginOf(text);
  if (plugin === null) return null;
  return plugin.maps === null ? [] : entriesOf(plugin.maps).map(({ from, to }) => ({ from, to }));
}

/** Null where the plugin is not there, or is written in a way that cannot be added to safely. */
export function addRedirectMaps(text: string, moves: readonly FileMove[]): readonly TextChange[] | null {
  const plugin = pluginOf(text);
  if (plugin?.maps == null || plugin.maps.flow === true) return null;
  const present = entriesOf(plugin.maps);
  const changes: TextChange[] = [];
  for (const { from, to, key, value, end } of present) {
    const own = moves.find((move) => move.from === from) ?? moves.find((move) => move.from === to);
    if (moves.some((move) => move.to === from)) changes.push({ start: lineStart(text, key), end: lineEnd(text, end), newText: '' });
    else if (own !== undefined) changes.push({ start: value, end, newText: quoted(own.to) });
  }
  const missing = moves.filter(({ from }) => !present.some((entry) => entry.from === from));
  const first = present[0];
  if (missing.length === 0) return changes;
  if (first === undefined) return null;
  const at = lineStart(text, first.key);
  const indent = text.slice(at, first.key);
  const newText = missing.map(({ from, to }) => `${indent}${quoted(from)}: ${quoted(to)}${lineBreak(text)}`).join('');
  return [...changes, { start: at, end: at, newText }];
}

function pluginOf(text: string): { readonly maps: YAMLMap | null } | null {
  // Tags such as `!!python/name:` belong to MkDocs; nothing here makes anything of them.
  const document = parseDocument(text, { logLevel: 'silent', strict: false });
  const plugins: unknown = isMap(document.contents) ? document.contents.get('plugins', true) : null;
  if (isMap(plugins)) return fromPlugin(plugins.items.find(({ key }) => isScalar(key) && key.value === 'redirects'));
  for (const item of isSeq(plugins) ? plugins.items : []) {
    if (isScalar(item) && item.value === 'redirects') return { maps: null };
    const pair = isMap(item) ? item.items.find(({ key }) => isScalar(key) && key.value === 'redirects') : undefined;
    if (pair !== undefined) return fromPlugin(pair);
  }
  return null;
}

function fromPlugin(pair: Pair | undefined): { readonly maps: YAMLMap | null } | null {
  if (pair === undefined) return null;
  const maps: unknown = isMap(pair.value) ? pair.value.get('redirect_maps', true) : null;
  return { maps: isMap(maps) ? maps : null };
}

interface Entry extends FileMove {
  /** Offsets of the key, the value and the value's end. */
  readonly key: number;
  readonly value: number;
  readonly end: number;
}

function entriesOf(maps: YAMLMap): Entry[] {
  return maps.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isScalar(value) || typeof key.value !== 'string' || typeof value.value !== 'string' || !key.range || !value.range)
      return [];
    return [{ from: key.value, to: value.value, key: key.range[0], value: value.range[0], end: value.range[1] }];
  });
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
}

function lineEnd(text: string, at: number): number {
  const found = /\r\n|\n|\r/.exec(text.slice(at));
  return found === null ? text.length : at + found.index + found[0].length;
}

function quoted(file: string): string {
  return `'${file.replaceAll("'", "''")}'`;
}
