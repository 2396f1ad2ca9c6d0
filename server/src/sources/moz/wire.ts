/**
 * Moz's links and metrics on the wire. The fields are the same in API v2 (lsapi, `source` and `target`) and in the Moz API
 * (`source_site_metrics` and `target_site_metrics`); shapes: the JSON schema that Moz publishes with its methods, with its examples of
 * replies. Moz counts pages, never links, and writes addresses without a scheme.
 */
import type { Backlink, Summary, Target } from '../../../../shared/backlinks.ts';
import { blankRow, blankSummary } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay, readDayOfSeconds } from '../days.ts';
import { requiredText } from '../fields.ts';
import { readScore, type Score } from '../figures.ts';
import type { Scope } from '../scope.ts';
import type { Balance } from '../source.ts';
import type { Reach } from './reach.ts';

/** What a row can have. */
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
  'lost',
];

/** Endings of the counters, by what a target is. */
const COUNTED: Readonly<Record<Scope, string>> = { page: 'page', host: 'subdomain', domain: 'root_domain' };

const PAGE_AUTHORITY: Score = { name: 'PA', scale: 100 };
const DOMAIN_AUTHORITY: Score = { name: 'DA', scale: 100 };

/**
 * Reads the links of a reply. Throws `source.bad-reply` with the path of the field that is wrong.
 *
 * @param list the links themselves
 * @param names what the two ends are called
 */
export function readLinks(
  list: unknown,
  path: string,
  names: { readonly source: string; readonly target: string },
  check: Checker,
): readonly Backlink[] {
  return check.list(list, path).map((entry, index) => {
    const at = `${path}[${index}]`;
    const fields = check.object(entry, at);
    const source = check.object(fields[names.source], `${at}.${names.source}`);
    const target = check.object(fields[names.target], `${at}.${names.target}`);
    const lastSeen = readDay(fields['date_last_seen'], `${at}.date_last_seen`, check);
    return {
      ...blankRow(address(source, `${at}.${names.source}`, check), address(target, `${at}.${names.target}`, check)),
      title: check.textOrNone(source['title'], `${at}.${names.source}.title`),
      anchorText: check.text(fields['anchor_text'], `${at}.anchor_text`),
      strength: readScore(PAGE_AUTHORITY, source['page_authority'], `${at}.${names.source}.page_authority`, check),
      // Of any other link Moz does not say with which element it was made.
      tag: check.flag(fields['redirect'], `${at}.redirect`) === true ? 'redirect' : null,
      nofollow: check.flag(fields['nofollow'], `${at}.nofollow`),
      firstSeen: readDay(fields['date_first_seen'], `${at}.date_first_seen`, check),
      lastSeen,
      lost: lossOf(readDay(fields['date_disappeared'], `${at}.date_disappeared`, check), lastSeen),
    };
  });
}

/** Reads the token of what comes next; null at the end, where it is absent or "". */
export function readNext(value: unknown, path: string, check: Checker): string | null {
  return check.textOrNone(value, path);
}

/** A target's counts among the metrics of its address. Throws `source.bad-reply` with the path of the field that is wrong. */
export function readMetrics(target: Target, value: unknown, path: string, reach: Reach, check: Checker): Summary {
  const fields = check.object(value, path);
  reach.learn(target, check.textOrNone(fields['root_domain'], `${path}.root_domain`));
  const scope = reach.scopeOf(target);
  const count = (name: string) => check.count(fields[`${name}_to_${COUNTED[scope]}`], `${path}.${name}_to_${COUNTED[scope]}`);
  const [pages, external, nofollow] = [count('pages'), count('external_pages'), count('external_nofollow_pages')];
  return {
    ...blankSummary(target),
    backlinks: external,
    unit: 'pages',
    internalBacklinks: difference(pages, external),
    referringPages: external,
    referringDomains: count('root_domains'),
    followed: followedOf(external, nofollow),
    strength: strengthOf(scope, fields, path, check),
  };
}

/** Rows left in the month, of the reply of `quota.lookup`. Throws `source.bad-reply`. */
export function readQuota(value: unknown, check: Checker): Balance {
  const fields = check.object(value, 'quota');
  const count = (name: string) => check.count(fields[name], `quota.${name}`);
  const [limit, used] = [count('allotted'), count('used')];
  return {
    left: limit === null || used === null ? null : Math.max(0, limit - used),
    limit,
    renews: readDayOfSeconds(fields['period_reset'], 'quota.period_reset', check),
  };
}

/** A host has no authority of its own: Moz gives that of its home page and that of the whole domain. */
function strengthOf(scope: Scope, fields: Fields, path: string, check: Checker): Summary['strength'] {
  if (scope === 'host') return null;
  if (scope === 'page') return readScore(PAGE_AUTHORITY, fields['page_authority'], `${path}.page_authority`, check);
  return readScore(DOMAIN_AUTHORITY, fields['domain_authority'], `${path}.domain_authority`, check);
}

/** Pages of which every link is nofollow are not followed. */
function followedOf(external: number | null, nofollow: number | null): Summary['followed'] {
  const links = difference(external, nofollow);
  return links === null || external === null ? null : { links, of: external };
}

/** Counters of different days can contradict each other: nothing is less than none. */
function difference(whole: number | null, part: number | null): number | null {
  return whole === null || part === null || part > whole ? null : whole - part;
}

/** A link that was seen again after it had disappeared is there. */
function lossOf(disappeared: string | null, lastSeen: string | null): Backlink['lost'] {
  if (disappeared === null || (lastSeen !== null && lastSeen > disappeared)) return null;
  return { on: disappeared, reason: 'unknown' };
}

/** Moz leaves the scheme out, and page keys ignore it. */
function address(fields: Fields, path: string, check: Checker): string {
  const page = requiredText(fields, 'page', path, check);
  return /^https?:\/\//i.test(page) ? page : `https://${page}`;
}
