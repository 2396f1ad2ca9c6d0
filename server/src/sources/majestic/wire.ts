/**
 * Majestic on the wire: the envelope, backlinks and index items in our words. Shapes: Majestic's command reference (GetBackLinkData,
 * GetIndexItemInfo) and replies that its users have published. -1 and a lone blank stand for what Majestic does not know.
 */
import type { Backlink, LinkTag, Summary, Target } from '../../../../shared/backlinks.ts';
import { sourceError } from '../../util/errors.ts';
import { leftOut, readEach, type Sendable } from '../asking.ts';
import { blankRow, blankSummary } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay } from '../days.ts';
import { clean } from '../failures.ts';
import { requiredText } from '../fields.ts';
import { readScore, type Score } from '../figures.ts';
import type { SummaryResult } from '../source.ts';

/** Backlink fields that a row fills. Link counts, place, IP and country of a page are not in it. */
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

/** Citation Flow, of a page, host or domain. */
const CF: Score = { name: 'CF', scale: 100 };

const TAGS: Readonly<Record<string, LinkTag>> = { TextLink: 'a', ImageLink: 'aimg', Image: 'aimg', Frame: 'iframe', Redirect: 'redirect' };

export interface Envelope {
  readonly code: string;
  /** Majestic's own words about a failure; null where there are none. */
  readonly message: string | null;
  readonly reply: Fields;
}

/** Every reply says by its code whether it is one of success: the HTTP status says nothing. */
export function readEnvelope(json: unknown, check: Checker): Envelope {
  const reply = check.object(json, 'the reply');
  const code = check.textOrNone(reply['Code'], 'Code');
  if (code === null) throw check.wrong(reply['Code'], 'text', 'Code');
  const message = [reply['ErrorMessage'], reply['FullError']].find((words) => typeof words === 'string' && words.trim() !== '');
  return { code, message: typeof message === 'string' ? message : null, reply };
}

/** Reads rows with their total. Throws `source.bad-reply` with the path of the field that is wrong. */
export function readBackLinks(reply: Fields, check: Checker): { readonly rows: readonly Backlink[]; readonly total: number | null } {
  const { headers, data, path } = tableOf(reply, 'BackLinks', check);
  const total = count(headers['TotalBackLinks'], `${path}.Headers.TotalBackLinks`, check);
  return { rows: data.map((row, index) => readRow(row, `${path}.Data[${index}]`, check)), total };
}

function readRow(value: unknown, path: string, check: Checker): Backlink {
  const row = check.object(value, path);
  const at = (name: string) => [known(row[name]), `${path}.${name}`] as const;
  const flag = (name: string) => check.flag(...at(name)) === true;
  const kind = check.textOrNone(...at('LinkType')) ?? '';
  const tag = flag('FlagRedirect') ? 'redirect' : flag('FlagFrame') ? 'iframe' : flag('FlagImages') ? 'aimg' : (TAGS[kind] ?? null);
  const anchor = check.text(row['AnchorText'], `${path}.AnchorText`);
  return {
    ...blankRow(requiredText(row, 'SourceURL', path, check), requiredText(row, 'TargetURL', path, check)),
    title: check.textOrNone(...at('SourceTitle')),
    anchorText: tag === 'redirect' ? '[redirect]' : tag === 'aimg' ? anchor || '[img]' : anchor,
    strength: readScore(CF, ...at('SourceCitationFlow'), check),
    tag,
    nofollow: check.flag(...at('FlagNoFollow')),
    firstSeen: readDay(...at('FirstIndexedDate'), check),
    lastSeen: readDay(...at('LastSeenDate'), check),
  };
}

/**
 * Reads index items. Throws `source.bad-reply` where there is no table of them; an item that is wrong, refused or missing fails only its
 * target.
 *
 * @param asked in the order sent: items name their place in it
 */
export function readIndexItems(reply: Fields, asked: readonly Sendable[], host: string, check: Checker): readonly SummaryResult[] {
  const { data, path } = tableOf(reply, 'Results', check);
  const asOf = readDay(known(reply['MostRecentBackLinkDate']), 'MostRecentBackLinkDate', check);
  const byNumber = new Map<number | null, { readonly item: Fields; readonly path: string }>();
  for (const [place, entry] of data.entries()) {
    const itemPath = `${path}.Data[${place}]`;
    const item = check.object(entry, itemPath);
    byNumber.set(count(item['ItemNum'], `${itemPath}.ItemNum`, check), { item, path: itemPath });
  }
  return readEach(asked, ({ target }, index) => {
    const found = byNumber.get(index);
    if (found === undefined) throw leftOut(target, host);
    return { ...readItem(target, found.item, found.path, host, check), asOf };
  });
}

function readItem(target: Target, item: Fields, path: string, host: string, check: Checker): Summary {
  const result = check.textOrNone(item['ResultCode'], `${path}.ResultCode`);
  if (result !== null && result !== 'OK') {
    throw sourceError('refused-target', `${host} refused ${target.name} (${clean(result)}). Check the target.`);
  }
  const status = check.textOrNone(item['Status'], `${path}.Status`);
  const counted = (name: string) => count(item[name], `${path}.${name}`, check);
  // Of an item that may exist the numbers are an estimate: one of nothing is no knowledge.
  const certain = (number: number | null) => (status === 'MayExist' && number === 0 ? null : number);
  return {
    ...blankSummary(target),
    backlinks: certain(counted('ExtBackLinks')),
    referringDomains: certain(counted('RefDomains')),
    strength: status === 'Found' ? readScore(CF, known(item['CitationFlow']), `${path}.CitationFlow`, check) : null,
  };
}

interface Table {
  readonly headers: Fields;
  readonly data: readonly unknown[];
  readonly path: string;
}

function tableOf(reply: Fields, name: string, check: Checker): Table {
  const path = `DataTables.${name}`;
  const table = check.object(check.object(reply['DataTables'], 'DataTables')[name], path);
  const { Headers: headers, Data: data } = table;
  return { headers: headers === undefined ? {} : check.object(headers, `${path}.Headers`), data: check.list(data, `${path}.Data`), path };
}

function count(value: unknown, path: string, check: Checker): number | null {
  return check.count(known(value), path);
}

/** The value, or null where Majestic writes that it knows none. */
function known(value: unknown): unknown {
  return value === -1 || value === '-1' || (typeof value === 'string' && value.trim() === '') ? null : value;
}
