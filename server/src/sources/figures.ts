/** Figures of vendors in our words: their scores under their own names, and what follows from two counts. Of an unknown part nothing follows. */
import type { Strength, Summary } from '../../../shared/backlinks.ts';
import type { Checker } from './check.ts';

/** A kind of score: what its vendor calls it, and its highest value. */
export interface Score {
  readonly name: string;
  readonly scale: number;
}

/** A vendor's score; null where it is not given. Throws `source.bad-reply` where it is off its scale. */
export function readScore({ name, scale }: Score, value: unknown, path: string, check: Checker): Strength | null {
  const score = check.score(value, scale, path);
  return score === null ? null : { basis: 'vendor', name, scale, value: score };
}

/** The followed share, where links that are not followed are counted beside it. */
export function followedShare(followed: number | null, nofollow: number | null): Summary['followed'] {
  return followed === null || nofollow === null ? null : { links: followed, of: followed + nofollow };
}

/** All links on a page. */
export function allLinks(external: number | null, internal: number | null): number | null {
  return external === null || internal === null ? null : external + internal;
}
