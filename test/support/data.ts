/** Real archives and conformance sets: read where they lie, never copied. `BACKLINK_LENS_DATA` names the folder. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const dataFolder = path.resolve(process.env['BACKLINK_LENS_DATA'] ?? path.join(import.meta.dirname, '../../../shared/data'));

/**
 * A file or folder of the data set.
 *
 * @returns its path, or null when it is not on this machine
 */
export function dataPath(...parts: readonly string[]): string | null {
  const found = path.join(dataFolder, ...parts);
  return existsSync(found) ? found : null;
}

/**
 * Declares a test that needs a part of the data set; without it the test is skipped under a name that says so.
 *
 * @param needs path below the data folder
 */
export function itWithData(title: string, needs: string, body: (file: string) => void | Promise<void>): void {
  const file = dataPath(...needs.split('/'));
  if (file === null) it.skip(`${title} (skipped: no ${needs} in BACKLINK_LENS_DATA)`);
  else it(title, () => body(file));
}
