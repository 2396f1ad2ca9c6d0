/** What the page is asked, and how that stands in its address, so that it can be shared and Back works. Pure. */
import { INTERNAL_FILTERS, type InternalFilter, LINK_TAGS, type LinkTag, PAGE_LIMITS, type PageLimit } from '../../../shared/backlinks.ts';
import { readPageLimit, readRowOffset } from '../../../shared/paging.ts';
import { ROW_SORTS, ROW_STATUSES, type RowSort, type RowStatus } from '../../../shared/queries.ts';

/** The lists of a target, in the order of their tabs. */
export const VIEWS = ['rows', 'domains', 'texts', 'pages'] as const;
export type View = (typeof VIEWS)[number];

/** Which rows; the lists beside them are of the whole target. */
export interface Narrowing {
  readonly internal: InternalFilter;
  readonly status: RowStatus;
  /** Null: both. */
  readonly followed: boolean | null;
  readonly tag: LinkTag | null;
  /** Two letters, upper case. */
  readonly country: string | null;
  /** The link text contains this. */
  readonly anchor: string | null;
  readonly onePerDomain: boolean;
}

export interface Question extends Narrowing {
  /** As typed: a domain, a host, a page or a folder. */
  readonly url: string;
  readonly view: View;
  readonly limit: PageLimit;
  readonly offset: number;
  readonly sort: RowSort;
}

export const EVERYTHING: Narrowing = {
  internal: 'exclude',
  status: 'live',
  followed: null,
  tag: null,
  country: null,
  anchor: null,
  onePerDomain: false,
};

export const DEFAULT_LIMIT: PageLimit = PAGE_LIMITS[1];

/** The first page of everything that links to a target. */
export function questionOf(url: string): Question {
  return { ...EVERYTHING, url, view: 'rows', limit: DEFAULT_LIMIT, offset: 0, sort: 'strength' };
}

/** How many of the filters narrow, or widen, what is shown. */
export function narrowings(question: Narrowing): number {
  return Object.entries(EVERYTHING).filter(([name, value]) => question[name as keyof Narrowing] !== value).length;
}

/**
 * Reads the page's address. What is no permitted value counts as left out: an address is typed and cut by people.
 *
 * @returns null where there is no target in it
 */
export function readQuestion(search: string): Question | null {
  const parameters = new URLSearchParams(search);
  const url = parameters.get('url')?.trim() ?? '';
  if (url === '') return null;
  const one = <T extends string>(name: string, permitted: readonly T[]): T | null =>
    permitted.find((value) => value === parameters.get(name)) ?? null;
  const text = (name: string) => parameters.get(name)?.trim() || null;
  const country = text('country')?.toUpperCase() ?? null;
  return {
    url,
    view: one('view', VIEWS) ?? 'rows',
    limit: readPageLimit(parameters.get('limit') ?? '') ?? DEFAULT_LIMIT,
    offset: readRowOffset(parameters.get('offset') ?? '') ?? 0,
    sort: one('sort', ROW_SORTS) ?? 'strength',
    internal: one('internal', INTERNAL_FILTERS) ?? 'exclude',
    status: one('status', ROW_STATUSES) ?? 'live',
    followed: { yes: true, no: false }[parameters.get('followed') ?? ''] ?? null,
    tag: one('tag', LINK_TAGS),
    country: country !== null && /^[A-Z]{2}$/.test(country) ? country : null,
    anchor: text('anchor'),
    onePerDomain: parameters.get('one-per-domain') === 'yes',
  };
}

/** The address of a question: `?url=example.com&offset=25`. What is as it is by default is left out; a key or token is never in it. */
export function addressOf(question: Question): string {
  const usual = questionOf(question.url);
  const written: readonly (readonly [name: string, value: string | null])[] = [
    ['url', question.url],
    ['view', question.view === usual.view ? null : question.view],
    ['status', question.status === usual.status ? null : question.status],
    ['internal', question.internal === usual.internal ? null : question.internal],
    ['followed', question.followed === null ? null : question.followed ? 'yes' : 'no'],
    ['tag', question.tag],
    ['country', question.country],
    ['anchor', question.anchor],
    ['one-per-domain', question.onePerDomain ? 'yes' : null],
    ['sort', question.sort === usual.sort ? null : question.sort],
    ['limit', question.limit === usual.limit ? null : String(question.limit)],
    ['offset', question.offset === 0 ? null : String(question.offset)],
  ];
  const parameters = written.flatMap(([name, value]) => (value === null ? [] : [`${name}=${readable(value)}`]));
  return `?${parameters.join('&')}`;
}

/** Encoded for a query; what may stand in one as it is stays readable. */
function readable(value: string): string {
  return encodeURIComponent(value).replace(/%(?:3A|2F|2C|40)/g, decodeURIComponent);
}
