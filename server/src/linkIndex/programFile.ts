/** Finds the files that belong to this program, both when it runs from its sources and as bundles in `dist`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of a file that belongs to the program.
 *
 * @param moduleUrl the caller's `import.meta.url`; undefined inside a CommonJS bundle
 * @param source path relative to the caller, when run from sources
 * @param bundle file name beside the running bundle
 */
export function programFile(moduleUrl: string | undefined, source: string, bundle: string): string {
  if (moduleUrl?.endsWith('.ts')) return fileURLToPath(new URL(source, moduleUrl));
  const folder = typeof __dirname === 'string' ? __dirname : path.dirname(fileURLToPath(moduleUrl ?? ''));
  return path.join(folder, bundle);
}
