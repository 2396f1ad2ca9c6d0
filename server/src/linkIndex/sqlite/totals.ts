/** Which totals are heavy. */

/** Scopes with more links than this get their details stored; counting lighter ones on demand takes a few milliseconds. */
export const HEAVY = 1000;
