/** Keeps what the suites print: the extension host's console ends in the workbench, which a terminal never sees. */
import { appendFileSync } from 'node:fs';
import { format } from 'node:util';

/**
 * Writes everything that is printed by console.log into a file as well.
 *
 * @param file where to; undefined: nowhere
 * @returns puts the console back
 */
export function mirrorConsole(file: string | undefined): () => void {
  const before = Object.getOwnPropertyDescriptor(console, 'log');
  if (file === undefined || before === undefined) return () => undefined;
  const original = console.log.bind(console);
  // VS Code's property has a setter that ignores what it is given, so it is defined anew.
  Object.defineProperty(console, 'log', {
    configurable: true,
    writable: true,
    value: (...values: unknown[]) => {
      appendFileSync(file, `${format(...values)}\n`);
      original(...values);
    },
  });
  return () => Object.defineProperty(console, 'log', before);
}
