/** Facts that outlive a command, in a folder that the user names: what was paid for once is not asked again. */
import { Option } from 'commander';
import type { FactCache } from '../facts/cache.ts';
import { createDiskCache } from '../facts/diskCache.ts';
import { programFile } from '../linkIndex/programFile.ts';
import { systemClock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { readPath } from './arguments.ts';

/** `--cache <folder>`; made anew for each command that has it. */
export function cacheOption(): Option {
  return new Option('--cache <folder>', 'keep what remote sources answer in this folder, and ask only for what is not there').argParser(readPath);
}

/** Null where no folder is named. */
export function openCache(folder: string | undefined, log: Log): FactCache | null {
  if (folder === undefined) return null;
  const workerFile = programFile(import.meta.url, '../facts/disk/cacheWorker.ts', 'cacheWorker.cjs');
  return createDiskCache({ folder, workerFile, clock: systemClock, log });
}
