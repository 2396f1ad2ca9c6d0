/**
 * `[[redirects]]` tables of `netlify.toml`. Only the few keys of these tables are read, line by line; the rest of the file is left alone.
 * Format: Netlify Docs, "File-based configuration".
 */
import { readSplat } from './netlify.ts';
import { additions, insertionPoint, lineBreak, linesOf, type Move, type Redirect, type RedirectFormat, type Span } from './redirect.ts';

interface Table {
  readonly start: number;
  end: number;
  conditional: boolean;
  readonly values: Map<string, { readonly text: string; readonly span: Span }>;
}

export const netlifyToml: RedirectFormat = {
  parse(text) {
    return tablesOf(text).flatMap((table) => readTable(table) ?? []);
  },
  add(text, moves) {
    const { changes, missing, before } = additions(netlifyToml.parse(text), moves);
    if (missing.length === 0) return changes;
    const at = insertionPoint(text, before);
    const end = lineBreak(text);
    const tables = missing.map((move) => tableOf(move).join(end)).join(end + end);
    const above = at === 0 || text.slice(0, at).endsWith(end + end) ? '' : /[\r\n]$/.test(text.slice(0, at)) ? end : end + end;
    return [...changes, { start: at, end: at, newText: `${above}${tables}${end}${before === null ? '' : end}` }];
  },
};

const HEADER = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?/;
const ENTRY = /^(\s*([A-Za-z_]+)\s*=\s*)(?:"((?:\\.|[^"\\])*)"|'([^']*)'|(\d+|true|false|\{.*|\[.*))/;

function tablesOf(text: string): Table[] {
  const tables: Table[] = [];
  let inside: 'rule' | 'condition' | null = null;
  let quotes: string | null = null;
  for (const { line, start, end } of linesOf(text)) {
    // A text over several lines may hold anything.
    if (quotes !== null) {
      if (line.includes(quotes)) quotes = null;
      continue;
    }
    const header = HEADER.exec(line)?.[1];
    if (header !== undefined) {
      inside = header === 'redirects' && line.includes('[[') ? 'rule' : header.startsWith('redirects.') && inside !== null ? 'condition' : null;
      if (inside === 'rule') tables.push({ start, end, conditional: false, values: new Map() });
    }
    quotes = /=\s*("""|''')(?!.*\1)/.exec(line)?.[1] ?? null;
    const table = tables.at(-1);
    if (inside === null || table === undefined || line.trim() === '' || /^\s*#/.test(line)) continue;
    table.end = end;
    if (header === undefined) readEntry(table, inside, line, start);
  }
  return tables;
}

function readEntry(table: Table, inside: 'rule' | 'condition', line: string, start: number): void {
  const found = ENTRY.exec(line);
  if (found === null) return;
  const [whole, lead = '', key = '', basic, literal, bare] = found;
  if (inside === 'condition' || key === 'conditions' || key === 'query') table.conditional = true;
  const quote = bare === undefined ? 1 : 0;
  const text = basic === undefined ? (literal ?? bare ?? '') : basic.replace(/\\(["\\])/g, '$1');
  table.values.set(key, { text, span: { start: start + lead.length + quote, end: start + whole.length - quote } });
}

function readTable({ start, end, conditional, values }: Table): Redirect | null {
  const [from, to] = [values.get('from'), values.get('to')];
  const path = from === undefined ? null : from.text.startsWith('/') ? from.text : (URL.parse(from.text)?.pathname ?? null);
  if (from === undefined || path === null) return null;
  const status = Number(values.get('status')?.text ?? 301);
  return {
    from: from.text,
    pattern: readSplat(path),
    to: to?.text ?? null,
    status: Number.isInteger(status) ? status : 301,
    conditional,
    whole: { start, end },
    destination: to?.span ?? null,
  };
}

function tableOf({ from, to }: Move): readonly string[] {
  return ['[[redirects]]', `  from = "${from}"`, `  to = "${to}"`, '  status = 301'];
}
