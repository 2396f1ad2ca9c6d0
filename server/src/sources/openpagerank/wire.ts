/**
 * Open PageRank on the wire: scores of domains. Shape: replies of `POST /v1/domains/bulk` that users of the service published in September 2026;
 * of a domain that is not in its graph every number is null there, and domains that are none come back as a list of their own.
 */
import type { Summary, Target } from '../../../../shared/backlinks.ts';
import { sourceError } from '../../util/errors.ts';
import { leftOut, readEach, type Sendable } from '../asking.ts';
import { blankSummary } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay } from '../days.ts';
import { readScore, type Score } from '../figures.ts';
import type { SummaryResult } from '../source.ts';

/** Two decimals. */
const OPR: Score = { name: 'OPR', scale: 10 };

/**
 * Reads a reply. Throws `source.bad-reply` where it is none; an entry that is wrong, invalid or missing fails only its target.
 */
export function readScores(json: unknown, asked: readonly Sendable[], host: string, check: Checker): readonly SummaryResult[] {
  const reply = check.object(json, 'the reply');
  const asOf = readDay(reply['as_of'], 'as_of', check);
  const invalid = new Set(reply['invalid'] === undefined || reply['invalid'] === null ? [] : check.list(reply['invalid'], 'invalid'));
  const byDomain = new Map<string, { readonly fields: Fields; readonly path: string }>();
  for (const [index, entry] of check.list(reply['results'], 'results').entries()) {
    const path = `results[${index}]`;
    const fields = check.object(entry, path);
    byDomain.set((check.text(fields['domain'], `${path}.domain`) ?? '').toLowerCase(), { fields, path });
  }
  return readEach(asked, ({ target, sent }) => {
    if (invalid.has(sent)) throw sourceError('refused-target', `${host} takes ${target.name} for no domain. Check the target.`);
    const entry = byDomain.get(sent);
    if (entry === undefined) throw missing(target, sent, [...byDomain.keys()], host);
    return { ...readEntry(target, entry.fields, entry.path, check), asOf };
  });
}

/** It answers what is below a public suffix with the score of the domain that was registered there: another one's score is not the target's. */
function missing(target: Target, sent: string, answered: readonly string[], host: string): Error {
  if (!answered.some((domain) => domain !== '' && sent.endsWith(`.${domain}`))) return leftOut(target, host);
  return sourceError('refused-target', `${host} scores registered domains only, and ${target.name} belongs to one. Choose another source for it.`);
}

function readEntry(target: Target, fields: Fields, path: string, check: Checker): Summary {
  const strength = readScore(OPR, fields['open_page_rank'], `${path}.open_page_rank`, check);
  const domains = check.count(fields['referring_domains'], `${path}.referring_domains`);
  const found = check.flag(fields['found'], `${path}.found`);
  if (found === false) return blankSummary(target);
  return {
    ...blankSummary(target),
    referringDomains: domains,
    strength,
  };
}

/** The service's own words about a failure: `{"error": {"type": "…", "message": "…"}}`. Never throws. */
export function readFailure(json: unknown): { readonly type: string; readonly message: string | null } {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  if (typeof error === 'string') return { type: '', message: error || null };
  const { type, message } = (typeof error === 'object' && error !== null ? error : {}) as Fields;
  return { type: typeof type === 'string' ? type : '', message: typeof message === 'string' && message !== '' ? message : null };
}
