/** What totals mean, in SQL: for scopes whose links have changed since they were counted. Builds count the same in typed arrays (build/scopeCounts.ts). */
import { LAST_FOLLOWABLE_TAG } from './schema.ts';

/** Scopes with more links than this get their details stored; counting lighter ones on demand takes a few milliseconds. */
export const HEAVY = 1000;

const FOLLOWABLE = `l.state = 0 and l.tag <= ${LAST_FOLLOWABLE_TAG} and l.nofollow <= 1`;
const external = (value: string): string => `count(distinct case when l.state = 0 then ${value} end)`;

/** The counts of `total`, from links `l`, in the order of its columns. Distinct counts are of sources outside the target's domain. */
export const COUNTS = `sum(l.state = 0), sum(l.state = 1), ${external('l.source')}, ${external('p.host')}, ${external('h.domain')},
  sum(${FOLLOWABLE} and l.nofollow = 0), sum(${FOLLOWABLE})`;
export const COUNTED_FROM = 'join page p on p.id = l.source join host h on h.id = p.host';
