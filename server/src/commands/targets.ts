/** The value of `--targets`: domains with commas between them, or a file that names one a line. */
import { existsSync, readFileSync } from 'node:fs';
import { readNames } from './arguments.ts';

/** Blank lines and lines that begin with `#` are left out of a file. */
export function readTargets(text: string): readonly string[] {
  if (!existsSync(text)) return readNames(text);
  const lines = readFileSync(text, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/);
  return readNames(lines.filter((line) => !line.trimStart().startsWith('#')).join(','));
}
