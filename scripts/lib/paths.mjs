/** Where things lie, as absolute paths. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** Everything the scripts keep between runs; ignored by git, safe to delete. */
export const cache = path.join(root, '.cache');
export const dist = path.join(root, 'dist');
export const out = path.join(root, 'out');

/** A path below the repository's root. */
export function inRoot(...parts) {
  return path.join(root, ...parts);
}
