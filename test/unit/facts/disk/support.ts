/** The cache's file in a folder of its own, and its thread played by this one. */
import path from 'node:path';
import type { FactCache } from '../../../../server/src/facts/cache.ts';
import type { Bounds } from '../../../../server/src/facts/disk/cacheStore.ts';
import type { CacheThread } from '../../../../server/src/facts/disk/cacheThread.ts';
import { createGuardedCache } from '../../../../server/src/facts/disk/guarded.ts';
import type { CacheRequest } from '../../../../server/src/facts/disk/messages.ts';
import { CACHE_FILE } from '../../../../server/src/facts/disk/schema.ts';
import { diskCacheOver } from '../../../../server/src/facts/diskCache.ts';
import type { Clock } from '../../../../server/src/util/clock.ts';
import { temporaryFolder } from '../../../support/folders.ts';

export interface CacheFolder {
  readonly folder: string;
  readonly file: string;
  remove(): void;
}

export function cacheFolder(): CacheFolder {
  const { folder, remove } = temporaryFolder('facts');
  return { folder, file: path.join(folder, CACHE_FILE), remove };
}

/** Answers at once, and remembers what it was asked and what it said. */
export interface PlayedThread extends CacheThread {
  readonly asked: CacheRequest[];
  readonly said: string[];
}

export function playThread(file: string, now: () => number, bounds?: Bounds): PlayedThread {
  const [asked, said]: [CacheRequest[], string[]] = [[], []];
  const cache = createGuardedCache(file, now, (sentence) => void said.push(sentence), bounds);
  return {
    asked,
    said,
    async ask(request) {
      asked.push(request);
      return structuredClone(cache.answer(structuredClone(request)));
    },
    async close() {
      cache.close();
    },
  };
}

export function openCache(file: string, clock: Clock, bounds?: Bounds): FactCache & { readonly thread: PlayedThread } {
  const thread = playThread(file, () => clock.now(), bounds);
  return { ...diskCacheOver(thread, clock), thread };
}
