/**
 * Rows beyond the 20,000th, where DataForSEO takes no offset any more: each reply has a token for the rows after it. Tokens and the stretch
 * that was read last are remembered for a few targets, so that reading on costs one call for each thousand rows; a jump walks there.
 */
import { sourceError } from '../../util/errors.ts';
import type { PageRequest, SomeRows } from '../source.ts';
import type { Calls, Question } from './calls.ts';
import type { RowsReply } from './wire.ts';

/** The largest offset that is taken (documented). */
export const DEEP_FROM = 20_000;
/** Rows of a stretch: the most that a call gives, and a multiple of every permitted limit. */
const STRETCH = 1000;
const MOST_TRAILS = 4;

interface Trail {
  /** `tokens[n]` asks for stretch n; the first needs none. */
  readonly tokens: (string | null)[];
  last: { readonly n: number; readonly reply: RowsReply } | null;
}

export interface DeepRows {
  /** One page from an offset at or beyond DEEP_FROM. Rejects as the calls do; then what was remembered of the target is forgotten. */
  page(question: Question, page: Pick<PageRequest, 'limit' | 'offset'>, signal: AbortSignal): Promise<SomeRows>;
}

/**
 * @param host for messages
 * @param read one call of the source, as it makes all of them
 */
export function createDeepRows(host: string, read: Calls['rows']): DeepRows {
  const trails = new Map<string, Trail>();

  function trailOf(key: string): Trail {
    const trail = trails.get(key) ?? { tokens: [null], last: null };
    trails.delete(key);
    trails.set(key, trail);
    const [oldest] = trails.keys();
    if (trails.size > MOST_TRAILS && oldest !== undefined) trails.delete(oldest);
    return trail;
  }

  /** The stretch that holds an offset, or the last there is. */
  async function stretch(
    trail: Trail,
    question: Question,
    wanted: number,
    signal: AbortSignal,
  ): Promise<{ readonly n: number; readonly reply: RowsReply }> {
    if (trail.last?.n === wanted) return trail.last;
    let n = Math.min(wanted, trail.tokens.length - 1);
    for (;;) {
      signal.throwIfAborted();
      const reply = await read(question, { limit: STRETCH, offset: DEEP_FROM, token: trail.tokens[n] ?? null }, signal);
      trail.last = { n, reply };
      if (reply.token !== null) trail.tokens[n + 1] = reply.token;
      if (n === wanted || reply.token === null || reply.rows.length < STRETCH || beyond(reply, wanted)) return trail.last;
      n++;
    }
  }

  return {
    async page(question, { limit, offset }, signal) {
      const key = `${question.internal} ${question.target.id}`;
      const wanted = Math.floor((offset - DEEP_FROM) / STRETCH);
      try {
        const { n, reply } = await stretch(trailOf(key), question, wanted, signal);
        const start = offset - DEEP_FROM - n * STRETCH;
        const rows = n === wanted ? reply.rows.slice(start, start + limit) : [];
        // Nobody could capture how a token goes with an offset: rows that are counted and do not come must not look like the end.
        if (rows.length === 0 && reply.total !== null && offset < reply.total) throw missing(host, offset, reply.total);
        return { rows, total: reply.total };
      } catch (error) {
        trails.delete(key);
        throw error;
      }
    },
  };
}

function missing(host: string, offset: number, total: number): Error {
  return sourceError(
    'bad-reply',
    `${host} gave no rows after the ${offset}th though it counts ${total}. Ask for a host or page of the target, and report it.`,
  );
}

/** True where the rows end before a stretch begins: nobody walks there. */
function beyond({ total }: RowsReply, wanted: number): boolean {
  return total !== null && total <= DEEP_FROM + wanted * STRETCH;
}
