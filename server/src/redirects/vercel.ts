/**
 * `redirects` (and `rewrites`, which serve a path, too) of `vercel.json`. Format: Vercel docs, "Project configuration"; sources are path-to-regexp 6.
 */
import { type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import { BELOW, decoded, exactly, exactPath, type PathPattern, type PathToken } from './pathPattern.ts';
import { additions, lineBreak, type Redirect, type RedirectFormat, type TextChange } from './redirect.ts';
import { readRegex } from './regexPattern.ts';

export const vercel: RedirectFormat = {
  parse(text) {
    const root = treeOf(text);
    if (root?.type !== 'object') return [];
    const redirects = entries(root, 'redirects').flatMap((entry) => readEntry(entry, 307) ?? []);
    const rewrites = entries(root, 'rewrites').flatMap((entry) => readEntry(entry, 200) ?? []);
    return [...redirects, ...rewrites];
  },
  add(text, moves) {
    const root = treeOf(text);
    if (text.trim() !== '' && root?.type !== 'object') return null;
    const own = entries(root, 'redirects').flatMap((entry) => readEntry(entry, 307) ?? []);
    const { changes, missing } = additions(own, moves);
    const at = own.findIndex(({ pattern }) => exactPath(pattern) === null);
    const place = at < 0 ? own.length : at;
    if (text.trim() === '') return [{ start: 0, end: text.length, newText: `${JSON.stringify({ redirects: missing.map(toEntry) }, null, 2)}\n` }];
    // Entries that go leave their commas behind: then the whole list is written anew.
    if (changes.some(({ newText }) => newText === '')) return rewritten(text, root, changes, missing);
    return missing.length === 0 ? changes : [...changes, ...inserted(text, root, missing.map(toEntry), place)];
  },
};

interface Entry {
  readonly source: string;
  readonly destination: string;
  readonly permanent: true;
}

function toEntry({ from, to }: { readonly from: string; readonly to: string }): Entry {
  // What means something in a source is written so that it does not.
  return { source: from.replace(/[()*+?:{}\\]/g, '\\$&'), destination: to, permanent: true };
}

function inserted(text: string, root: Node | undefined, added: readonly Entry[], at: number): TextChange[] {
  const list = root === undefined ? undefined : memberOf(root, 'redirects');
  if (list?.type !== 'array') return edits(text, ['redirects'], added, false);
  const changed = list.children ?? [];
  if (changed.length === 0) return edits(text, ['redirects'], added, false);
  // All before one entry, or behind the last, in one change: several that touch are no edit.
  const { start, indent } = placeOf(text, changed, at);
  const end = lineBreak(text);
  const body = added.map((entry) => JSON.stringify(entry, null, 1).replace(/\s*\n\s*/g, ' '));
  const newText =
    at < changed.length ? body.map((entry) => `${entry},${end}${indent}`).join('') : body.map((entry) => `,${end}${indent}${entry}`).join('');
  return [{ start, end: start, newText }];
}

function placeOf(text: string, list: readonly Node[], at: number): { readonly start: number; readonly indent: string } {
  const before = list[at];
  const last = list.at(-1);
  const node = before ?? last;
  const lead = /[ \t]*$/.exec(text.slice(0, node?.offset ?? 0))?.[0] ?? '';
  return { start: before?.offset ?? (last === undefined ? 0 : last.offset + last.length), indent: lead };
}

function rewritten(text: string, root: Node | undefined, changes: readonly TextChange[], missing: readonly { from: string; to: string }[]) {
  const list = root === undefined ? undefined : memberOf(root, 'redirects');
  const kept = (list?.children ?? []).flatMap((node) => {
    const gone = changes.some(({ start, end, newText }) => newText === '' && start === node.offset && end === node.offset + node.length);
    const moved = changes.find(({ start, end, newText }) => newText !== '' && start >= node.offset && end <= node.offset + node.length);
    const value = jsonOf(node) as Record<string, unknown>;
    return gone ? [] : [moved === undefined ? value : { ...value, destination: moved.newText }];
  });
  const wild = kept.findIndex((entry) => exactPath(readSource(String(entry['source']))) === null);
  const place = wild < 0 ? kept.length : wild;
  return edits(text, ['redirects'], [...kept.slice(0, place), ...missing.map(toEntry), ...kept.slice(place)], false);
}

function edits(text: string, path: JSONPath, value: unknown, isArrayInsertion: boolean): TextChange[] {
  const formattingOptions = { tabSize: 2, insertSpaces: !/\n\t/.test(text), eol: lineBreak(text) };
  return modify(text, path, value, { formattingOptions, isArrayInsertion }).map(({ offset, length, content }) => ({
    start: offset,
    end: offset + length,
    newText: content,
  }));
}

/** Undefined for what is nested so deep that the parser gives up: no configuration is. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch {
    return undefined;
  }
}

function entries(root: Node | undefined, name: string): readonly Node[] {
  const list = root === undefined ? undefined : memberOf(root, name);
  return list?.type === 'array' ? (list.children ?? []).filter(({ type }) => type === 'object') : [];
}

function memberOf(object: Node, name: string): Node | undefined {
  return object.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

function readEntry(node: Node, usual: number): Redirect | null {
  const [source, destination] = [memberOf(node, 'source'), memberOf(node, 'destination')];
  if (typeof source?.value !== 'string' || !source.value.startsWith('/')) return null;
  const to = typeof destination?.value === 'string' ? destination.value : null;
  const code: unknown = memberOf(node, 'statusCode')?.value;
  const permanent = memberOf(node, 'permanent')?.value === true;
  return {
    from: source.value,
    pattern: readSource(source.value),
    to,
    status: typeof code === 'number' ? code : permanent ? 308 : usual,
    conditional: memberOf(node, 'has') !== undefined || memberOf(node, 'missing') !== undefined,
    whole: { start: node.offset, end: node.offset + node.length },
    destination:
      destination === undefined || to === null ? null : { start: destination.offset + 1, end: destination.offset + destination.length - 1 },
  };
}

/** `:name` is a segment, `:name*` any, `(…)` an expression; a group that may be missing is passed over. */
function readSource(source: string): PathPattern {
  const pattern: PathToken[] = [];
  for (const part of source.split(/(\\.|\/?:[A-Za-z_]\w*(?:\([^()]*\))?[*+?]?|\([^()]*\)[*+?]?)/)) {
    const name = /^(\/?):\w+(\([^()]*\))?([*+?]?)$/.exec(part);
    if (name !== null) pattern.push(...readParameter(name[1] === '/', name[2] !== undefined, name[3] ?? ''));
    else if (part.startsWith('(')) pattern.push(...readRegex(`^${part.replace(/[*+?]$/, '.*')}$`));
    else pattern.push(...exactly(decoded(part.replace(/^\\(.)$/, '$1'))));
  }
  return pattern;
}

function readParameter(slash: boolean, expression: boolean, more: string): PathPattern {
  if (slash && (more === '*' || more === '?')) return BELOW;
  const value: PathToken = more === '' && !expression ? { kind: 'segment' } : { kind: 'any' };
  return slash ? [{ kind: 'text', text: '/' }, value] : [value];
}

function jsonOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(jsonOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [String(children?.[0]?.value), children?.[1] === undefined ? null : jsonOf(children[1])]),
  );
}
