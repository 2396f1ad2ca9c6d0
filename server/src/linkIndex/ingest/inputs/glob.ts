/** File name patterns that the shell did not expand: on Windows it never does, and in quotes or lists nowhere. */
import path from 'node:path';
import { glob } from 'tinyglobby';

/** True for a text with a wildcard in it. */
export function isGlob(text: string): boolean {
  return /[*?]|\[.+\]|\{.+\}/.test(text);
}

/** The files that a pattern matches, in name order; empty when there are none. `**` means any depth; hidden files only where the pattern names them. */
export async function expandGlob(pattern: string, signal: AbortSignal): Promise<string[]> {
  // A pattern has forward slashes; on Windows a backslash is no escape but what people write.
  const slashed = path.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const found = await glob(slashed, { absolute: path.isAbsolute(pattern), expandDirectories: false, followSymbolicLinks: true, signal });
  return found.sort((a, b) => (a < b ? -1 : 1));
}
