/** Reads a target's rows page by page, by the contract's rule: permitted limits, offsets that are multiples, never beyond the count. */
import type { InternalFilter, RowPage, Target } from '../../../shared/backlinks.ts';
import { sourceError } from '../util/errors.ts';
import type { Source } from './source.ts';

export interface PagerOptions {
  /** Rows per page; the largest permitted limit that is not above it is used, else the smallest there is. */
  readonly limit: number;
  /** Rows in all, at most. */
  readonly maxRows: number;
  readonly internal: InternalFilter;
}

const MAX_RESTARTS = 3;

/**
 * Every page of a target's rows. Stops on a short page, at the count, or at the row cap (the last page is then cut).
 * When the data behind the rows change on the way, it starts again: a page with offset 0 always means "forget what came before".
 *
 * Throws a SourceError: the source's own, or `source.bad-reply` when the data never hold still; an abort as the signal's reason.
 */
export async function* pages(
  source: Pick<Source, 'capabilities' | 'rows'>,
  target: Target,
  options: PagerOptions,
  signal: AbortSignal,
): AsyncGenerator<RowPage> {
  const limit = permittedLimit(source.capabilities.pageLimits, Math.min(options.limit, options.maxRows));
  let offset = 0;
  let generation: string | null = null;
  let restarts = 0;
  while (offset < options.maxRows) {
    signal.throwIfAborted();
    const page = await source.rows(target, { limit, offset, internal: options.internal, upTo: options.maxRows }, signal);
    if (offset > 0 && page.generation !== generation) {
      if (++restarts > MAX_RESTARTS) throw restless(target);
      offset = 0;
      continue;
    }
    generation = page.generation;
    const room = options.maxRows - offset;
    yield page.rows.length > room ? { ...page, rows: page.rows.slice(0, room) } : page;
    offset += limit;
    if (page.rows.length < limit || (page.total !== null && offset >= page.total)) return;
  }
}

/**
 * The page size to ask for.
 *
 * @param permitted ascending, not empty
 * @returns the largest permitted that is not above `wanted`, else the smallest
 */
export function permittedLimit(permitted: readonly number[], wanted: number): number {
  return permitted.findLast((limit) => limit <= wanted) ?? permitted[0] ?? wanted;
}

function restless(target: Target): Error {
  return sourceError('bad-reply', `The data behind ${target.name} changed ${MAX_RESTARTS + 1} times while its rows were read. Try again later.`);
}
