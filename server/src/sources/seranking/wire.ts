/**
 * SE Ranking's Data API in our words. Fields: seranking.com/api/data/backlinks and a row that was captured through a reseller; the reply of the
 * `raw` call (`backlinks` and `next`) is documented without an example. InLink Rank goes from 0 to 100.
 */
import type { Backlink, Strength, Summary, Target } from '../../../../shared/backlinks.ts';
import { leftOut, readEach, type Sendable } from '../asking.ts';
import { blankRow, blankSummary } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import type { Stretch } from '../cursorPaging.ts';
import { readDay } from '../days.ts';
import { requiredCount, requiredText } from '../fields.ts';
import { followedShare, readScore, type Score } from '../figures.ts';
import { matchReplies } from '../matching.ts';
import { type Scope, scopeOf } from '../scope.ts';
import type { SummaryResult } from '../source.ts';

/** What SE Ranking calls the reach of a target. A `host` is that host alone, without those below it. */
export const MODES: Readonly<Record<Scope, string>> = { domain: 'domain', host: 'host', page: 'url' };

export const FILLED: readonly (keyof Backlink)[] = [
  'sourceUrl',
  'title',
  'anchorText',
  'strength',
  'targetUrl',
  'tag',
  'nofollow',
  'firstSeen',
  'lastSeen',
];

const PAGE_RANK: Score = { name: 'InLink Rank', scale: 100 };
const DOMAIN_RANK: Score = { name: 'Domain InLink Rank', scale: 100 };

/** Reads a page of the `raw` call. Throws `source.bad-reply` with the path of the field that is wrong. */
export function readRaw(json: unknown, check: Checker): Stretch<Backlink, string> {
  const reply = check.object(json, 'the reply');
  const rows = check.list(reply['backlinks'], 'backlinks').map((entry, index) => {
    const path = `backlinks[${index}]`;
    return readRow(check.object(entry, path), path, check);
  });
  return { rows, next: check.textOrNone(reply['next'], 'next') };
}

function readRow(fields: Fields, path: string, check: Checker): Backlink {
  const at = (name: string) => [fields[name], `${path}.${name}`] as const;
  const image = check.flag(...at('image'));
  const [anchor, alt] = [check.text(...at('anchor')), check.textOrNone(...at('alt'))];
  return {
    ...blankRow(requiredText(fields, 'url_from', path, check), requiredText(fields, 'url_to', path, check)),
    title: check.textOrNone(...at('title')),
    anchorText: image === true ? (alt ?? (anchor || '[img]')) : anchor,
    strength: readScore(PAGE_RANK, ...at('inlink_rank'), check),
    tag: image === null ? null : image ? 'aimg' : 'a',
    nofollow: check.flag(...at('nofollow')),
    firstSeen: readDay(...at('first_seen'), check),
    lastSeen: readDay(...at('last_visited'), check),
  };
}

/**
 * Reads the reply of the summary call. Throws `source.bad-reply` where it is none; an entry that is wrong or missing fails only its target.
 *
 * @param host for messages
 */
export function readSummaries(json: unknown, asked: readonly Sendable[], host: string, check: Checker): readonly SummaryResult[] {
  const entries = check.list(check.object(json, 'the reply')['summary'], 'summary').map((entry, index) => {
    const path = `summary[${index}]`;
    const fields = check.object(entry, path);
    return { name: check.text(fields['target'], `${path}.target`) ?? '', group: '', fields, path };
  });
  const matched = matchReplies(
    asked.map(({ sent }) => ({ name: sent, group: '' })),
    entries,
  );
  return readEach(asked, ({ target }, index) => {
    const entry = matched[index];
    if (entry === undefined) throw leftOut(target, host);
    return readSummary(target, entry.fields, entry.path, check);
  });
}

function readSummary(target: Target, fields: Fields, path: string, check: Checker): Summary {
  const count = (name: string) => check.count(fields[name], `${path}.${name}`);
  return {
    ...blankSummary(target),
    backlinks: count('backlinks'),
    referringDomains: count('refdomains'),
    followed: followedShare(count('dofollow_backlinks'), count('nofollow_backlinks')),
    strength: strengthOf(target, fields, path, check),
    topAnchors: readAnchors(fields['top_anchors_by_backlinks'], `${path}.top_anchors_by_backlinks`, check),
  };
}

/** Of a host there is the rank of its home page and that of the whole domain, and none of its own. */
function strengthOf(target: Target, fields: Fields, path: string, check: Checker): Strength | null {
  const scope = scopeOf(target);
  if (scope === 'host') return null;
  if (scope === 'page') return readScore(PAGE_RANK, fields['inlink_rank'], `${path}.inlink_rank`, check);
  return readScore(DOMAIN_RANK, fields['domain_inlink_rank'], `${path}.domain_inlink_rank`, check);
}

function readAnchors(value: unknown, path: string, check: Checker): Summary['topAnchors'] {
  if (value === undefined || value === null) return null;
  return check.list(value, path).map((entry, index) => {
    const at = `${path}[${index}]`;
    const fields = check.object(entry, at);
    return { text: check.text(fields['anchor'], `${at}.anchor`) ?? '', count: requiredCount(fields, 'backlinks', at, check) };
  });
}
