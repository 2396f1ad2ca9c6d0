/** Pieces of SQL that lists of links share. */
import { LAST_FOLLOWABLE_TAG, NOT_SAID } from '../schema.ts';

/** Links `l` with their pages `s` and those pages' hosts `h`. */
export const LINKS_WITH_DOMAINS = 'from link l join page s on s.id = l.source join host h on h.id = s.host';

const FOLLOWABLE = `l.tag <= ${LAST_FOLLOWABLE_TAG} and l.nofollow <> ${NOT_SAID.nofollow}`;

export const FOLLOWED_LINKS = `sum(${FOLLOWABLE} and l.nofollow = 0)`;
export const FOLLOWABLE_LINKS = `sum(${FOLLOWABLE})`;

/** Epoch seconds a link was first seen; null where its page's first capture has no date. */
export const FIRST_SEEN = 'coalesce(l.first_seen, nullif(coalesce(s.first_captured, s.captured), 0))';
