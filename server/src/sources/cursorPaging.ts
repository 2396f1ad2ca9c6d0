/**
 * Offsets over a service that only tells what comes after a place: it remembers where the pages of some targets began, and walks to those that
 * it has not met yet. Reading page after page costs one walk; a jump ahead costs the rows in between.
 */
import { BacklinkLensError, sourceError } from '../util/errors.ts';
import type { Sendable } from './asking.ts';

/** Some rows in order. */
export interface Stretch<Row, Place> {
  readonly rows: readonly Row[];
  /** Where the next row is; null at the end. */
  readonly next: Place | null;
}

export interface CursorPagingParts<Row, Place> {
  /** For messages. */
  readonly host: string;
  /** Rows that one call may bring. */
  readonly most: number;
  /** The same for a walk after a place was lost, from the top again; absent: `most`. */
  readonly mostAnew?: number;
  /**
   * The rows from a place on, null for the top: `count` of them, or fewer. Null where the other side no longer knows the place; a place that is
   * refused (`source.refused-target`) counts as such, too.
   */
  after(asked: Sendable, place: Place | null, count: number, signal: AbortSignal): Promise<Stretch<Row, Place> | null>;
}

export interface CursorPaging<Row> {
  /**
   * Rows `offset` to `offset + limit`; fewer only at the end. Offset 0 begins anew: what was remembered of the target is forgotten.
   * Rejects as `after` does, and as `source.bad-reply` when a place is lost in a walk from the top, too.
   */
  page(asked: Sendable, range: { readonly limit: number; readonly offset: number }, signal: AbortSignal): Promise<readonly Row[]>;
}

/** What is remembered of one target. */
interface Trail<Place> {
  readonly places: Map<number, Place>;
  /** Number of rows, once the end was met. */
  end: number | null;
  /** A place was lost: its calls begin at the top. */
  lost: boolean;
}

const MOST_TARGETS = 32;
const MOST_PLACES = 512;

export function createCursorPaging<Row, Place>(parts: CursorPagingParts<Row, Place>): CursorPaging<Row> {
  const trails = new Map<string, Trail<Place>>();

  /** The target's trail, moved to the young end. */
  function trailOf(id: string, anew: boolean): Trail<Place> {
    const known = trails.get(id);
    const trail = known === undefined || anew ? { places: new Map<number, Place>(), end: null, lost: false } : known;
    trails.delete(id);
    trails.set(id, trail);
    const [oldest] = trails.keys();
    if (trails.size > MOST_TARGETS && oldest !== undefined) trails.delete(oldest);
    return trail;
  }

  async function after(asked: Sendable, place: Place | null, count: number, signal: AbortSignal): Promise<Stretch<Row, Place> | null> {
    try {
      return await parts.after(asked, place, count, signal);
    } catch (error) {
      if (place !== null && BacklinkLensError.is(error, 'source.refused-target')) return null;
      throw error;
    }
  }

  async function walk(asked: Sendable, trail: Trail<Place>, offset: number, end: number, signal: AbortSignal): Promise<readonly Row[] | null> {
    const most = trail.lost ? (parts.mostAnew ?? parts.most) : parts.most;
    const rows: Row[] = [];
    let { at, place } = nearest(trail, offset);
    while (at < end) {
      signal.throwIfAborted();
      const stretch = await after(asked, place, Math.min(most, end - at), signal);
      if (stretch === null) return null;
      rows.push(...stretch.rows.slice(Math.max(0, offset - at), end - at));
      at += stretch.rows.length;
      place = stretch.next;
      if (place === null || stretch.rows.length === 0) {
        trail.end = at;
        break;
      }
      remember(trail, at, place);
    }
    return rows;
  }

  return {
    async page(asked, { limit, offset }, signal) {
      const trail = trailOf(asked.target.id, offset === 0);
      if (trail.end !== null && offset >= trail.end) return [];
      const rows = await walk(asked, trail, offset, offset + limit, signal);
      if (rows !== null) return rows;
      trail.places.clear();
      trail.lost = true;
      const again = await walk(asked, trail, offset, offset + limit, signal);
      if (again === null) {
        throw sourceError('bad-reply', `${parts.host} lost the place in the rows of ${asked.target.name} twice. Ask again from the first page.`);
      }
      return again;
    },
  };
}

/** The remembered place that is next before an offset; the top where there is none, or where places get lost. */
function nearest<Place>(trail: Trail<Place>, offset: number): { readonly at: number; readonly place: Place | null } {
  let best = { at: 0, place: null as Place | null };
  if (trail.lost) return best;
  for (const [at, place] of trail.places) if (at <= offset && at > best.at) best = { at, place };
  return best;
}

function remember<Place>(trail: Trail<Place>, at: number, place: Place): void {
  trail.places.set(at, place);
  const [first] = trail.places.keys();
  if (trail.places.size > MOST_PLACES && first !== undefined) trail.places.delete(first);
}
