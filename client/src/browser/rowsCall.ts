/** `GET /v3/links/rows`: the page's question in its parameters, and its rows in our words. The contract's short names stand in this file of the client alone. */
import { type Backlink, LINK_TAGS, type LostReason } from '../../../shared/backlinks.ts';
import type { Question } from './question.ts';
import { fields, list, number, numberOrNull, orNull, text, textOrNull } from './readers.ts';
import { readStrength } from './replies.ts';

export interface Row extends Backlink {
  /** Of rows that are one a domain: how many more that domain has; otherwise 0. */
  readonly more: number;
}

const LOST: readonly LostReason[] = ['removed', 'gone', 'redirected', 'noindex', 'canonicalised', 'unknown'];

/** What is as by default is left out. */
export function rowsQuery(question: Question): Record<string, string> {
  const { url, limit, offset, internal, status, followed, tag, country, anchor, onePerDomain, sort } = question;
  return {
    url,
    limit: String(limit),
    offset: String(offset),
    ...(internal === 'exclude' ? {} : { internal }),
    ...(status === 'live' ? {} : { status }),
    ...(followed === null ? {} : { followed: String(followed) }),
    ...(tag === null ? {} : { tag }),
    ...(country === null ? {} : { country }),
    ...(anchor === null ? {} : { anchor }),
    ...(onePerDomain ? { onePerDomain: 'true' } : {}),
    ...(sort === 'strength' ? {} : { sort }),
  };
}

/** One row. */
export function readRow(value: unknown): Row {
  const row = fields(value);
  return {
    sourceUrl: text(row['backlinkpage']),
    title: textOrNull(row['title']),
    anchorText: textOrNull(row['linktext']),
    externalLinks: numberOrNull(row['extL']),
    internalLinks: numberOrNull(row['intL']),
    totalLinks: numberOrNull(row['sumL']),
    strength: orNull(row['strength'] ?? row['sr'], (strength) =>
      typeof strength === 'number' ? { basis: 'estimated', value: strength } : readStrength(strength),
    ),
    position: numberOrNull(row['pos']),
    targetUrl: text(row['linktarget']),
    tag: LINK_TAGS.find((tag) => tag === row['tag']) ?? null,
    nofollow: orNull(row['nofollow'], (flag) => flag === true || flag === 1),
    rel: orNull(row['rel'], (tokens) => list(tokens, text)),
    ip: textOrNull(row['ip']),
    countryCode: textOrNull(row['ccode']),
    country: textOrNull(row['country']),
    city: textOrNull(row['city']),
    firstSeen: textOrNull(row['firstSeen']),
    lastSeen: textOrNull(row['lastSeen']),
    lost: orNull(row['lost'], readLost),
    more: orNull(row['more'], number) ?? 0,
  };
}

function readLost(value: unknown): Backlink['lost'] {
  const { on, reason } = fields(value);
  return { on: text(on), reason: LOST.find((known) => known === reason) ?? 'unknown' };
}
