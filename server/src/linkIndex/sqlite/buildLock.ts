/** One build at a time for one index. The lock is SQLite's own on an empty file, so it ends with the process, however that ends. */
import { rmSync, statSync } from 'node:fs';
import { BacklinkLensError } from '../../util/errors.ts';
import { SQLITE_BUSY, sqliteCode } from '../../util/sqlite.ts';
import { openDatabase } from './driver.ts';

/**
 * Takes the lock of an index.
 *
 * @returns releases it
 * @throws BacklinkLensError index.busy when another build holds it, index.not-writable
 */
export function lockForBuild(out: string): () => void {
  const file = `${out}.lock`;
  for (;;) {
    const release = tryLock(file, out);
    if (release !== null) return release;
  }
}

/** Null when the file that was locked is no longer the one at its path: its last holder removed it meanwhile. */
function tryLock(file: string, out: string): (() => void) | null {
  const lock = openLock(file, out);
  const opened = identity(file);
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
  } catch (cause) {
    lock.close();
    if (sqliteCode(cause) === SQLITE_BUSY) {
      throw new BacklinkLensError('index.busy', `Another build of ${out} is running. Wait until it ends, or stop it.`, { cause });
    }
    throw notWritable(out, cause);
  }
  if (opened === null || opened !== identity(file)) {
    lock.close();
    return null;
  }
  return () => {
    rmSync(file, { force: true });
    lock.close();
  };
}

function openLock(file: string, out: string): ReturnType<typeof openDatabase> {
  try {
    return openDatabase(file);
  } catch (cause) {
    if (BacklinkLensError.is(cause)) throw cause;
    throw notWritable(out, cause);
  }
}

function identity(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}

/** What a build says when the place it should write to does not let it. */
export function notWritable(out: string, cause: unknown): BacklinkLensError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BacklinkLensError(
    'index.not-writable',
    `The index ${out} cannot be written: ${why}. Check the folder's permissions and free space, or name another place.`,
    {
      cause,
    },
  );
}
