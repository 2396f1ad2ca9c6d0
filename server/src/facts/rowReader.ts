/** Pages of rows: from memory, from the disk, else from the source, once however many ask for the same page at the same time. */
import type { RowPage, Target } from '../../../shared/backlinks.ts';
import type { PageRequest, Source } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { type BacklinkLensError, concernsEveryTarget } from '../util/errors.ts';
import { createSharedCalls } from '../util/sharedCalls.ts';
import { type Availability, asFailure } from './availability.ts';
import type { FactCache, KeptPage } from './cache.ts';
import type { Meter } from './meter.ts';
import { rowsCost } from './price.ts';
import { LEAP } from './recall.ts';
import { createRowCache } from './rowCache.ts';

export interface RowReader {
  /** Rejects with a SourceError, budget.spent, or an abort. */
  read(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage>;
  /** Forgets what is in memory. */
  forget(): void;
}

export interface RowReaderParts {
  readonly source: Source;
  readonly clock: Pick<Clock, 'now'>;
  readonly availability: Availability;
  readonly meter: Meter;
  /** Null where nothing is kept beyond this session. */
  readonly disk: { readonly cache: FactCache; readonly account: string } | null;
  /** Rows kept in memory at most. */
  readonly maxRows: number;
  /** Milliseconds. */
  readonly maxAge: number;
  /** Ends every read. */
  readonly closing: AbortSignal;
  /** The generation behind rows that were just read. */
  readonly generation: (generation: string | null) => void;
  /** The source was asked for rows of this target, whatever came of it. */
  readonly read: (target: Target) => void;
  /** The source as a whole failed. */
  readonly failed: (error: BacklinkLensError) => void;
}

export function createRowReader(parts: RowReaderParts): RowReader {
  const { source, clock, availability, meter, disk, maxAge } = parts;
  const pages = createRowCache(parts.maxRows, maxAge);
  const calls = createSharedCalls<RowPage>();

  async function fromDisk(key: string): Promise<KeptPage | null> {
    const kept = disk === null ? null : await disk.cache.page(disk.account, key);
    if (kept === null || clock.now() - kept.at >= maxAge || kept.at > clock.now() + LEAP) return null;
    const present = availability.info()?.generation ?? null;
    return present !== null && kept.page.generation !== null && kept.page.generation !== present ? null : kept;
  }

  /** Rows that the call may bring: a source fetches more than a page where it is told that more will be asked for. */
  function rowsIn({ limit, offset, upTo = 0 }: PageRequest): number {
    const { rowsPerCall = limit } = source.capabilities;
    return Math.max(limit, Math.min(rowsPerCall, upTo - offset));
  }

  async function fromSource(target: Target, page: PageRequest, key: string, signal: AbortSignal): Promise<RowPage> {
    // Rows are asked for by people only.
    const closure = availability.closed(true);
    if (closure !== null) throw closure.error;
    try {
      await availability.heed();
      const read = await meter.run(rowsCost(source.capabilities.cost, rowsIn(page)), () => source.rows(target, page, signal));
      availability.succeeded();
      parts.generation(read.generation);
      const at = clock.now();
      pages.put(key, read, at);
      disk?.cache.keepPage(disk.account, key, { page: read, at });
      return read;
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = asFailure(error);
      if (failure.code !== 'budget.spent' && concernsEveryTarget(failure)) parts.failed(failure);
      throw failure;
    } finally {
      // What it cost is another sum now.
      parts.read(target);
    }
  }

  return {
    async read(target, page, signal) {
      const changed = page.changed === undefined ? '' : ` ${page.changed.status} ${page.changed.since}`;
      const key = `${page.internal}${changed} ${page.limit} ${page.offset} ${target.id}`;
      const remembered = pages.get(key, clock.now());
      if (remembered !== null) return remembered;
      return await calls.run(key, AbortSignal.any([signal, parts.closing]), async (shared) => {
        const kept = await fromDisk(key);
        if (kept === null) return await fromSource(target, page, key, shared);
        pages.put(key, kept.page, kept.at);
        return kept.page;
      });
    },
    forget: () => pages.clear(),
  };
}
