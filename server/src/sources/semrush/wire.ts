/**
 * Semrush's backlink reports in our words. Columns: developer.semrush.com, Analytics API v3, Backlinks (`backlinks`, `backlinks_overview`,
 * `backlinks_comparison`); that flags are `true` and `false` and dates seconds since 1970 is seen in replies that users recorded.
 */
import type { Backlink, LinkTag, Summary, Target } from '../../../../shared/backlinks.ts';
import { readEach, type Sendable } from '../asking.ts';
import { blankRow, blankSummary } from '../blank.ts';
import type { Checker } from '../check.ts';
import { readDayOfSeconds } from '../days.ts';
import { allLinks, followedShare, readScore, type Score } from '../figures.ts';
import { matchReplies, type Named } from '../matching.ts';
import { type Scope, scopeOf } from '../scope.ts';
import type { SummaryResult } from '../source.ts';
import type { Line } from './table.ts';

/** Texts come first and addresses between them, so that semicolons in them do no harm; numbers and flags come last. */
const TEXT_COLUMNS = ['source_title', 'source_url', 'anchor', 'target_url'] as const;
const FIXED_COLUMNS = [
  'page_ascore',
  'external_num',
  'internal_num',
  'first_seen',
  'last_seen',
  'nofollow',
  'form',
  'frame',
  'image',
  'lostlink',
] as const;
export const ROW_COLUMNS: readonly string[] = [...TEXT_COLUMNS, ...FIXED_COLUMNS];

export const OVERVIEW_COLUMNS: readonly string[] = ['ascore', 'total', 'domains_num', 'urls_num', 'follows_num', 'nofollows_num'];
export const COMPARISON_COLUMNS: readonly string[] = [
  'target',
  'target_type',
  'ascore',
  'backlinks_num',
  'domains_num',
  'follows_num',
  'nofollows_num',
];

/** What Semrush calls a target. */
export const TARGET_TYPES: Readonly<Record<Scope, string>> = { domain: 'root_domain', host: 'domain', page: 'url' };

export const FILLED: readonly (keyof Backlink)[] = [
  'sourceUrl',
  'title',
  'anchorText',
  'externalLinks',
  'internalLinks',
  'totalLinks',
  'strength',
  'targetUrl',
  'tag',
  'nofollow',
  'firstSeen',
  'lastSeen',
  'lost',
];

/** Authority Score. */
const AS: Score = { name: 'AS', scale: 100 };

/** One link. Throws `source.bad-reply` with the column that is wrong. */
export function readRow(line: Line, path: string, check: Checker): Backlink {
  const at = (column: string) => [line.get(column), `${path}.${column}`] as const;
  const flag = (column: string) => readFlag(...at(column), check);
  const [externalLinks, internalLinks] = [check.count(...at('external_num')), check.count(...at('internal_num'))];
  const lastSeen = readDayOfSeconds(...at('last_seen'), check);
  const tag = tagOf(flag('image'), flag('form'), flag('frame'));
  return {
    ...blankRow(address(...at('source_url'), check), address(...at('target_url'), check)),
    title: check.textOrNone(...at('source_title')),
    // The alternative text of an image is in a column of its own that is not asked for, so an empty text says nothing about it.
    anchorText: tag === 'aimg' ? check.textOrNone(...at('anchor')) : check.text(...at('anchor')),
    externalLinks,
    internalLinks,
    totalLinks: allLinks(externalLinks, internalLinks),
    strength: readScore(AS, ...at('page_ascore'), check),
    tag,
    nofollow: flag('nofollow'),
    firstSeen: readDayOfSeconds(...at('first_seen'), check),
    lastSeen,
    // The report lists what was lost of late, too, and dates it by the last sight.
    lost: flag('lostlink') === true && lastSeen !== null ? { on: lastSeen, reason: 'unknown' } : null,
  };
}

/** A line of links with semicolons in its texts: the first address ends the title, the last one the text of the link. */
export function mendRow(cells: readonly string[]): readonly string[] | null {
  const texts = cells.slice(0, -FIXED_COLUMNS.length);
  const source = texts.findIndex(isAddress);
  const target = texts.findLastIndex(isAddress);
  if (source < 0 || target <= source) return null;
  const join = (from: number, to: number) => texts.slice(from, to).join(';');
  return [join(0, source), texts[source] ?? '', join(source + 1, target), join(target, texts.length), ...cells.slice(-FIXED_COLUMNS.length)];
}

/** The overview of one target: no line at all is a target of which nothing is known. Throws `source.bad-reply` for a column that is wrong. */
export function readOverview(target: Target, lines: readonly Line[], check: Checker): Summary {
  const [line] = lines;
  if (line === undefined) return { ...blankSummary(target), backlinks: 0, referringDomains: 0, referringPages: 0 };
  const counts = countsOf(target, line, 'total', 'overview', check);
  return { ...counts, referringPages: check.count(line.get('urls_num'), 'overview.urls_num') };
}

/** The comparison of several targets. One that it leaves out is one that Semrush says nothing about: nothing is made up for it. */
export function readComparison(asked: readonly Sendable[], lines: readonly Line[], check: Checker): readonly SummaryResult[] {
  const entries = lines.map((line, index) => ({
    name: line.get('target') ?? '',
    group: line.get('target_type') ?? '',
    line,
    path: `line ${index + 2}`,
  }));
  const matched = matchReplies(asked.map(nameOf), entries);
  return readEach(asked, ({ target }, index) => {
    const entry = matched[index];
    return entry === undefined ? blankSummary(target) : countsOf(target, entry.line, 'backlinks_num', entry.path, check);
  });
}

function nameOf({ target, sent }: Sendable): Named {
  return { name: sent, group: TARGET_TYPES[scopeOf(target)] };
}

function countsOf(target: Target, line: Line, total: string, path: string, check: Checker): Summary {
  const count = (column: string) => check.count(line.get(column), `${path}.${column}`);
  return {
    ...blankSummary(target),
    backlinks: count(total),
    referringDomains: count('domains_num'),
    followed: followedShare(count('follows_num'), count('nofollows_num')),
    strength: readScore(AS, line.get('ascore'), `${path}.ascore`, check),
  };
}

/** What none of the flags names is a link in a text; where one is not given, it could be that. */
function tagOf(image: boolean | null, form: boolean | null, frame: boolean | null): LinkTag | null {
  if (image === true) return 'aimg';
  if (form === true) return 'form';
  if (frame === true) return 'iframe';
  return image === null || form === null || frame === null ? null : 'a';
}

function readFlag(value: string | undefined, path: string, check: Checker): boolean | null {
  const word = value?.trim().toLowerCase();
  return check.flag(word === 'true' ? true : word === 'false' ? false : word, path);
}

function address(value: string | undefined, path: string, check: Checker): string {
  if (value === undefined || !isAddress(value)) throw check.wrong(value, 'an address', path);
  return value;
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text);
}
