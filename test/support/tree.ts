/** The project's own files as text, for the tests that hold its rules. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Kept by tools or by git, not written by us. */
const NOT_OURS = /^(node_modules|dist|out|\.git|\.cache|\.vscode-test)(\/|$)|\.vsix$|(^|\/)package-lock\.json$/;

/** One import or re-export of a module. */
export interface Import {
  /** Path of the importing file, relative to the root, with forward slashes. */
  readonly from: string;
  /** As written: `../util/log.ts`, `node:fs`, `undici`. */
  readonly specifier: string;
  /** For our own modules their path relative to the root; null for Node's and packages. */
  readonly file: string | null;
  readonly typeOnly: boolean;
}

/**
 * All of the project's files below a folder, sorted, as paths relative to the root with forward slashes.
 *
 * @param folder relative to the root; '' for everything
 * @param pattern what their path must match
 */
export function filesBelow(folder: string, pattern = /./): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .map((entry) => ({ entry, place: path.posix.join(folder, entry.name) }))
    .filter(({ place }) => !NOT_OURS.test(place))
    .flatMap(({ entry, place }) => (entry.isDirectory() ? filesBelow(place, pattern) : entry.isFile() && pattern.test(place) ? [place] : []))
    .sort();
}

/** A file's text by its path relative to the root. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** A JSON file by its path relative to the root. */
export function jsonOf(file: string): unknown {
  return JSON.parse(textOf(file));
}

/** The code of a file without its comments; strings stay, lines keep their number. */
export function codeOf(file: string): string {
  return textOf(file).replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*$/gm,
    (whole, string?: string) => (string === undefined ? whole.replace(/[^\n]/g, '') : string),
  );
}

/** What a TypeScript file imports, statically or not. */
export function importsOf(file: string): Import[] {
  const statements = codeOf(file).matchAll(
    /^(import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...statements].map((match) => {
    const specifier = match[3] ?? match[4] ?? match[5] ?? '';
    const own = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : null;
    return { from: file, specifier, file: own, typeOnly: match[2] !== undefined };
  });
}
