/**
 * The batch call of our own service, asking side: `POST /v3/links/summaries` with `{"targets": ["example.com", …]}` answers
 * `{"response": [{"target": …, fields of Summary…} | {"target": …, "error": …, "error_message": …}]}`, one entry a target, in any order.
 * Field names are those of Summary; rows in `strongest` are rows of the contract.
 */
import type { Strength, Summary, Target } from '../../../../shared/backlinks.ts';
import { BacklinkLensError, sourceError } from '../../util/errors.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay } from '../days.ts';
import { clean } from '../failures.ts';
import type { SummaryResult } from '../source.ts';
import { readError, readRow } from './wire.ts';

/**
 * Reads a reply. Throws `source.bad-reply` where it is none; an entry that is wrong, says an error or is not there fails only its target.
 *
 * @param asked the targets with what was sent for each, in the order asked
 */
export function readSummaries(
  json: unknown,
  asked: readonly { readonly target: Target; readonly sent: string }[],
  check: Checker,
): readonly SummaryResult[] {
  const entries = check.list(check.object(json, 'the reply')['response'], 'response').map((entry, index) => {
    const path = `response[${index}]`;
    return { fields: check.object(entry, path), path };
  });
  const byTarget = new Map(entries.map((entry) => [entry.fields['target'], entry]));
  return asked.map(({ target, sent }) => {
    const entry = byTarget.get(sent);
    if (entry === undefined) return { target, error: sourceError('bad-reply', `The reply left out ${target.name}. Try again later.`) };
    try {
      return readEntry(target, entry.fields, entry.path, check);
    } catch (error) {
      if (BacklinkLensError.is(error)) return { target, error };
      throw error;
    }
  });
}

function readEntry(target: Target, fields: Fields, path: string, check: Checker): SummaryResult {
  const failed = readError(fields);
  if (failed !== null)
    return { target, error: sourceError('refused-target', `${target.name} was refused: ${clean(failed.message ?? 'no reason given')}.`) };
  const count = (name: keyof Summary) => check.count(fields[name], `${path}.${name}`);
  const summary: Summary = {
    target,
    backlinks: count('backlinks'),
    unit: fields['unit'] === 'pages' ? 'pages' : 'links',
    internalBacklinks: count('internalBacklinks'),
    referringPages: count('referringPages'),
    referringHosts: count('referringHosts'),
    referringDomains: count('referringDomains'),
    followed: optional(fields['followed'], (value) => {
      const { links, of } = check.object(value, `${path}.followed`);
      return { links: certain(check, links, `${path}.followed.links`), of: certain(check, of, `${path}.followed.of`) };
    }),
    forms: pairs(fields['forms'], `${path}.forms`, 'url', 'backlinks', check)?.map(([url, backlinks]) => ({ url, backlinks })) ?? null,
    strength: optional(fields['strength'], (value) => readStrength(value, `${path}.strength`, check)),
    topAnchors: pairs(fields['topAnchors'], `${path}.topAnchors`, 'text', 'count', check)?.map(([text, times]) => ({ text, count: times })) ?? null,
    viaRedirect:
      pairs(fields['viaRedirect'], `${path}.viaRedirect`, 'url', 'backlinks', check)?.map(([url, backlinks]) => ({ url, backlinks })) ?? null,
    redirectsTo: optional(fields['redirectsTo'], (value) => readRedirect(value, `${path}.redirectsTo`, check)),
    strongest: optional(fields['strongest'], (value) => readStrongest(value, `${path}.strongest`, check)),
    newBacklinks: count('newBacklinks'),
    lostBacklinks: count('lostBacklinks'),
    changesSince: readDay(fields['changesSince'], `${path}.changesSince`, check),
    asOf: readDay(fields['asOf'], `${path}.asOf`, check),
    statedBy: check.textOrNone(fields['statedBy'], `${path}.statedBy`),
  };
  return { target, summary };
}

/** An index behind the service has strengths of its own, of the domain ranks in it, and of the lists in it. */
function readStrength(value: unknown, path: string, check: Checker): Strength {
  const fields = check.object(value, path);
  const { basis } = fields;
  const scale = basis === 'vendor' ? check.score(fields['scale'], Number.MAX_SAFE_INTEGER, `${path}.scale`) : 10;
  const score = check.score(fields['value'], scale ?? 0, `${path}.value`);
  const population = check.count(fields['population'], `${path}.population`);
  const position = check.count(fields['position'], `${path}.position`);
  const name = check.textOrNone(fields['name'], `${path}.name`);
  if (score !== null && population !== null && basis === 'index') return { basis, value: score, population };
  if (score !== null && population !== null && position !== null && basis === 'rank') return { basis, value: score, position, population };
  if (score !== null && scale !== null && name !== null && basis === 'vendor') return { basis, value: score, name, scale };
  if (score !== null && basis === 'estimated') return { basis, value: score };
  throw check.wrong(value, 'a strength with basis, value and population', path);
}

function readRedirect(value: unknown, path: string, check: Checker): NonNullable<Summary['redirectsTo']> {
  const fields = check.object(value, path);
  const url = check.textOrNone(fields['url'], `${path}.url`);
  if (url === null) throw check.wrong(fields['url'], 'text', `${path}.url`);
  return { url, status: certain(check, fields['status'], `${path}.status`), on: readDay(fields['on'], `${path}.on`, check) };
}

function readStrongest(value: unknown, path: string, check: Checker): NonNullable<Summary['strongest']> {
  return check.list(value, path).map((entry, index) => {
    const fields = check.object(entry, `${path}[${index}]`);
    return { row: readRow(fields['row'], `${path}[${index}].row`, check), more: check.count(fields['more'], `${path}[${index}].more`) };
  });
}

function pairs(value: unknown, path: string, name: string, number: string, check: Checker): [string, number][] | null {
  return optional(value, (given) =>
    check.list(given, path).map((entry, index) => {
      const fields = check.object(entry, `${path}[${index}]`);
      const text = check.text(fields[name], `${path}[${index}].${name}`);
      if (text === null) throw check.wrong(fields[name], 'text', `${path}[${index}].${name}`);
      return [text, certain(check, fields[number], `${path}[${index}].${number}`)];
    }),
  );
}

function certain(check: Checker, value: unknown, path: string): number {
  const count = check.count(value, path);
  if (count === null) throw check.wrong(value, 'a whole number', path);
  return count;
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === undefined || value === null ? null : read(value);
}
