/** Reads values out of settings files: YAML, TOML and JSON by their parsers, JavaScript and TypeScript as text, never by running them. */
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';

export type Values = Readonly<Record<string, unknown>>;

/** The top of a YAML, TOML or JSON file; empty for one that cannot be read. */
export function readValues(path: string, text: string): Values {
  try {
    const parsed: unknown = path.endsWith('.toml') ? parseToml(text) : path.endsWith('.json') ? JSON.parse(text) : parseLoosely(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Values) : {};
  } catch {
    return {};
  }
}

/** Tags of programs (`!!python/name:…`, `!ENV`) are left as what they stand before. */
function parseLoosely(text: string): unknown {
  return parseYaml(text, { logLevel: 'silent', strict: false, uniqueKeys: false });
}

/** A value of any depth: `valueAt(values, 'languages', 'de')`. Keys match in any letter case, as Hugo reads them. */
export function valueAt(values: unknown, ...keys: readonly string[]): unknown {
  let here = values;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null) return undefined;
    const found = Object.entries(here).find(([name]) => name.toLowerCase() === key.toLowerCase());
    here = found?.[1];
  }
  return here;
}

export function textAt(values: unknown, ...keys: readonly string[]): string | null {
  const value = valueAt(values, ...keys);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** True or false as written; null for anything else. */
export function flagAt(values: unknown, ...keys: readonly string[]): boolean | null {
  const value = valueAt(values, ...keys);
  return typeof value === 'boolean' ? value : null;
}

/** Names and values of a table; none for anything else. */
export function entriesAt(values: unknown, ...keys: readonly string[]): readonly (readonly [string, unknown])[] {
  const value = valueAt(values, ...keys);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** JavaScript without its comments; strings stay whole. */
export function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (found) =>
    found.startsWith('/') ? ' ' : found,
  );
}

/**
 * The value of the first `key: …` or `key = …` in JavaScript: a string, `true` or `false`, or a number as text. What is computed is not read.
 *
 * @param code without comments
 */
export function literalIn(code: string, key: string): string | null {
  const found = new RegExp(`(?:^|[\\s,{(])["']?${key}["']?\\s*[:=]\\s*(?:"([^"\\n]*)"|'([^'\\n]*)'|\`([^\`$]*)\`|(true|false|[\\d.]+))`).exec(code);
  return found === null ? null : (found[1] ?? found[2] ?? found[3] ?? found[4] ?? null);
}

/** The text between the braces that follow a key or a word; null where none do. */
export function blockAfter(code: string, opening: RegExp): string | null {
  const found = opening.exec(code);
  if (found === null) return null;
  const begin = code.indexOf('{', found.index + found[0].length - 1);
  if (begin < 0 || /[;}]/.test(code.slice(found.index + found[0].length, begin))) return null;
  return code.slice(begin + 1, endOfBlock(code, begin));
}

function endOfBlock(code: string, begin: number): number {
  let depth = 0;
  let quote = '';
  for (let at = begin; at < code.length; at++) {
    const sign = code.charAt(at);
    if (quote !== '') {
      if (sign === '\\') at++;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return at;
  }
  return code.length;
}
