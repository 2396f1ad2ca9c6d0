/**
 * Totals of targets and what is left of the units, on Ahrefs' wire: schemas batch-analysis and limits-and-usage of its OpenAPI document.
 */
import type { Summary, Target } from '../../../../shared/backlinks.ts';
import { leftOut, readEach, type Sendable } from '../asking.ts';
import { blankSummary } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay } from '../days.ts';
import { followedShare, readScore, type Score } from '../figures.ts';
import { scopeOf } from '../scope.ts';
import type { Balance, SummaryResult } from '../source.ts';
import { UR } from './wire.ts';

/** `index` ties an entry to its question; `refdomains` costs five units, the others one. */
export const SUMMARY_FIELDS = [
  'index',
  'backlinks',
  'backlinks_dofollow',
  'backlinks_nofollow',
  'backlinks_internal',
  'refdomains',
  'url_rating',
  'domain_rating',
] as const;

/** Domain Rating. */
const DR: Score = { name: 'DR', scale: 100 };

export const UNITS_PER_TARGET = SUMMARY_FIELDS.length + 4;

/**
 * Reads the reply of the batch call. Throws `source.bad-reply` where it is none; an entry that is wrong or missing fails only its target.
 *
 * @param asked in the order sent: entries name their place in it
 */
export function readBatch(json: unknown, asked: readonly Sendable[], host: string, check: Checker): readonly SummaryResult[] {
  const byIndex = new Map<number | null, { readonly fields: Fields; readonly path: string }>();
  for (const [place, entry] of check.list(check.object(json, 'the reply')['targets'], 'targets').entries()) {
    const path = `targets[${place}]`;
    const fields = check.object(entry, path);
    byIndex.set(check.count(fields['index'], `${path}.index`), { fields, path });
  }
  return readEach(asked, ({ target }, index) => {
    const entry = byIndex.get(index);
    if (entry === undefined) throw leftOut(target, host);
    return readSummary(target, entry.fields, entry.path, check);
  });
}

function readSummary(target: Target, fields: Fields, path: string, check: Checker): Summary {
  const at = (name: (typeof SUMMARY_FIELDS)[number]) => [fields[name], `${path}.${name}`] as const;
  const count = (name: (typeof SUMMARY_FIELDS)[number]) => check.count(...at(name));
  const ratings = { page: readScore(UR, ...at('url_rating'), check), domain: readScore(DR, ...at('domain_rating'), check), host: null };
  return {
    ...blankSummary(target),
    backlinks: count('backlinks'),
    internalBacklinks: count('backlinks_internal'),
    referringDomains: count('refdomains'),
    followed: followedShare(count('backlinks_dofollow'), count('backlinks_nofollow')),
    // Of anything but a page, `url_rating` is that of its home page, and `domain_rating` is that of the whole domain.
    strength: ratings[scopeOf(target)],
  };
}

/** Reads the reply of the usage call: of the two limits, workspace and key, the one that is nearer. */
export function readUsage(json: unknown, check: Checker): Balance {
  const path = 'limits_and_usage';
  const fields = check.object(check.object(json, 'the reply')[path], path);
  const left = (owner: string) => {
    const limit = check.count(fields[`units_limit_${owner}`], `${path}.units_limit_${owner}`);
    const used = check.count(fields[`units_usage_${owner}`], `${path}.units_usage_${owner}`);
    return limit === null || used === null ? [] : [{ limit, left: Math.max(0, limit - used) }];
  };
  const [nearest] = [...left('workspace'), ...left('api_key')].sort((a, b) => a.left - b.left);
  return {
    left: nearest?.left ?? null,
    limit: nearest?.limit ?? null,
    renews: readDay(fields['usage_reset_date'], `${path}.usage_reset_date`, check),
  };
}
