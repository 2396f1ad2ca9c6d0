/** Keeps what the suites print: the extension host's console ends in the workbench, which a terminal never sees. */
import { appendFileSync } from 'node:fs';

/**
 * Writes everything that is printed by console.log into a file as well.
 *
 * @param file where to; undefined: nowhere
 * @param format how the arguments become a line
 * @returns puts the console back
 */
export function mirrorConsole(file: string | undefined, format: (...values: unknown[]) => string): () => void {
  if (file === undefined) return () => undefined;
  const original = console.log;
  console.log = (...values: unknown[]) => {
    appendFileSync(file, `${format(...values)}\n`);
    original(...values);
  };
  return () => {
    console.log = original;
  };
}
