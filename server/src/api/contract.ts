/**
 * The contract on the wire, serving side: its short names, types, envelopes and error shape live here and nowhere else in the server.
 * Sources: the call's documentation and a recording of 2016-02-24 (envelope, error codes 4001003 and 4001004); what neither shows is
 * chosen by us and marked as ours.
 */
import { type Backlink, LINK_TAGS, type Strength } from '../../../shared/backlinks.ts';
import type { AnchorCount, LinkedPage, ReferringNetworks } from '../../../shared/queries.ts';

/** One row as the contract writes it: "" for text, place and ip that are not known, null for numbers. */
export interface WireRow {
  readonly backlinkpage: string;
  readonly title: string;
  readonly linktext: string;
  readonly extL: number | null;
  readonly intL: number | null;
  readonly sumL: number | null;
  readonly sr: number | null;
  readonly pos: number | null;
  readonly linktarget: string;
  readonly tag: string;
  readonly nofollow: 0 | 1 | null;
  readonly ip: string;
  readonly ccode: string;
  readonly country: string;
  readonly city: string;
}

/** The envelope of a list call. */
export interface WireList<T> {
  /** Rows available, not those in this reply; null where the source does not say (ours). */
  readonly count: number | null;
  readonly response: readonly T[];
  /** Seconds. */
  readonly response_time: number;
}

/**
 * The envelope of a call that gives a value or a count: one number stands in an array, several stand in an object by their names (as a
 * client reads them of ResearchLinksGetValueLinkRank). Without `count` and `response_time`, as recorded.
 */
export interface WireValue<T = readonly (number | null)[]> {
  readonly response: T;
}

/** What a list of link texts or pages says of each: links, per cent of all links with two decimals, referring domains. */
interface WireShare {
  readonly frequency: number;
  readonly percentage: number | null;
  readonly refdoms: number;
}

export interface WireLinktext extends WireShare {
  readonly anchortext: string;
}

export interface WireLinkedPage extends WireShare {
  readonly linkedpage: string;
}

/** Links from pages of one step of strength: `sps` and less than one more. Field names ours. */
export interface WireSpread {
  readonly sps: number;
  readonly frequency: number | null;
  readonly percentage: number | null;
}

/** Referring servers; null where no address is known. Field names ours. */
export interface WireNetworks {
  readonly ips: number | null;
  readonly cclass: number | null;
  readonly bclass: number | null;
}

/** Links to the home page and to any other page; `percentage` is the share of the latter, null where there are no links. Field names ours. */
export interface WireDeepLinks {
  readonly homepage: number | null;
  readonly deeplinks: number | null;
  readonly percentage: number | null;
}

/** Whether a domain links, and how often. Field names ours. */
export interface WireIsLinked {
  readonly domain: string;
  readonly linked: 0 | 1 | null;
  readonly frequency: number | null;
}

/** A row with what the contract has no field for: all ours, in the words of shared/backlinks.ts. */
export interface WireOwnRow extends WireRow {
  readonly strength: Strength | null;
  readonly rel: readonly string[] | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly lost: Backlink['lost'];
  /** Of rows that are one a domain: how many more its domain has. */
  readonly more?: number;
}

export interface WireError {
  readonly error: number;
  readonly error_message: string;
}

/** Error codes: the first two as recorded, the others ours. */
export const WIRE_ERRORS = {
  parameterRequired: 4001003,
  unknownService: 4001004,
  parameterInvalid: 4001005,
  methodNotAllowed: 4001006,
  badRequest: 4001007,
  tooLarge: 4001008,
  tooSlow: 4001009,
  tokenMissing: 4011001,
  tokenUnknown: 4011002,
  tokenExpired: 4011003,
  keyDeleted: 4011004,
  credentialsWrong: 4011005,
  keySuspended: 4031001,
  creditsSpent: 4031002,
  tooManyCalls: 4291001,
  tooManyLogins: 4291002,
  callerGone: 4991001,
  unavailable: 5001001,
  internal: 5001002,
  busy: 5001003,
} as const;

/** The reply header that carries the index generation: when it changes, paging starts again. Ours, beside the recorded envelope. */
export const GENERATION_HEADER = 'backlink-lens-generation';

/** A row in our words to a row on the wire. */
export function toWireRow(row: Backlink): WireRow {
  return {
    backlinkpage: row.sourceUrl,
    title: row.title ?? '',
    linktext: row.anchorText ?? '',
    extL: row.externalLinks,
    intL: row.internalLinks,
    sumL: row.totalLinks,
    sr: toWireStrength(row.strength),
    pos: row.position,
    linktarget: row.targetUrl,
    tag: row.tag ?? '',
    nofollow: row.nofollow === null ? null : row.nofollow ? 1 : 0,
    ip: row.ip ?? '',
    ccode: row.countryCode ?? '',
    country: row.country ?? '',
    city: row.city ?? '',
  };
}

/** `sr` lies on 0 to 10 with one decimal; a vendor's score is scaled to it (semantics: only `sr` is). */
function toWireStrength(strength: Strength | null): number | null {
  if (strength === null) return null;
  const value = strength.basis === 'vendor' ? (10 * strength.value) / strength.scale : strength.value;
  return Math.round(value * 10) / 10;
}

/** The envelope of a value call. */
export function toWireValue(value: number | null): WireValue {
  return { response: [value] };
}

/** The envelope of a list call. */
export function toWireList<T>(response: readonly T[], count: number | null, milliseconds: number): WireList<T> {
  return { count, response, response_time: toWireSeconds(milliseconds) };
}

export function toWireLinktext({ text, ...share }: AnchorCount, all: number): WireLinktext {
  return { anchortext: text ?? '', ...toWireShare(share, all) };
}

export function toWireLinkedPage({ url, ...share }: LinkedPage, all: number): WireLinkedPage {
  return { linkedpage: url, ...toWireShare(share, all) };
}

/**
 * @param counts as in StrengthSpread
 * @param all their sum; null where nothing is known
 */
export function toWireSpread(counts: readonly number[], all: number | null): WireSpread[] {
  return counts.map((count, sps) => ({ sps, frequency: all === null ? null : count, percentage: toWirePercentage(count, all ?? 0) }));
}

export function toWireNetworks({ addresses, netsC, netsB }: Pick<ReferringNetworks, 'addresses' | 'netsC' | 'netsB'>): WireNetworks {
  return { ips: addresses, cclass: netsC, bclass: netsB };
}

/** @param all backlinks of a site; null with `homepage` where nothing is known */
export function toWireDeepLinks(homepage: number | null, all: number | null): WireDeepLinks {
  if (homepage === null || all === null) return { homepage, deeplinks: null, percentage: null };
  return { homepage, deeplinks: all - homepage, percentage: toWirePercentage(all - homepage, all) };
}

/** @param frequency null where nothing is known */
export function toWireIsLinked(domain: string, frequency: number | null): WireIsLinked {
  return { domain, linked: frequency === null ? null : frequency > 0 ? 1 : 0, frequency };
}

export function toWireOwnRow(row: Backlink, more: number | undefined): WireOwnRow {
  const { strength, rel, firstSeen, lastSeen, lost } = row;
  return { ...toWireRow(row), strength, rel, firstSeen, lastSeen, lost, ...(more === undefined ? {} : { more }) };
}

/** `response_time`: seconds, to the microsecond. */
export function toWireSeconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1e6;
}

function toWireShare({ backlinks, referringDomains }: Omit<AnchorCount, 'text'>, all: number): WireShare {
  return { frequency: backlinks, percentage: toWirePercentage(backlinks, all), refdoms: referringDomains };
}

/** Per cent with two decimals, as recorded; null of nothing. */
function toWirePercentage(part: number, all: number): number | null {
  return all === 0 ? null : Math.round((10_000 * part) / all) / 100;
}

/** JSON Schemas of what stands on the wire, for the document that describes the service. */
const COUNT = { type: 'integer', minimum: 0 } as const;
const COUNT_OR_NULL = { type: ['integer', 'null'], minimum: 0 } as const;
const TEXT = { type: 'string' } as const;
const PERCENTAGE = { type: ['number', 'null'], minimum: 0, maximum: 100, description: 'Per cent, two decimals.' } as const;
const FLAG = { type: ['integer', 'null'], enum: [0, 1, null] } as const;

/** An object that has exactly these fields. */
export function fields(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', properties, required: Object.keys(properties) };
}

export const WIRE_ROW_FIELDS = {
  backlinkpage: { ...TEXT, description: 'URL of the page that the link stands on.' },
  title: { ...TEXT, description: 'Its title; "" where it has none or it is not known.' },
  linktext: { ...TEXT, description: 'Link text; "[img]" of an image without any, "[redirect 301]" of a redirect.' },
  extL: { ...COUNT_OR_NULL, description: 'Links of that page to other registrable domains.' },
  intL: { ...COUNT_OR_NULL, description: 'Links of that page inside its own.' },
  sumL: { ...COUNT_OR_NULL, description: 'The sum of both.' },
  sr: { type: ['number', 'null'], minimum: 0, maximum: 10, description: 'Strength of that page, one decimal.' },
  pos: { type: ['integer', 'null'], minimum: 1, description: 'Number of the link among all links of the page, from 1.' },
  linktarget: { ...TEXT, description: 'URL that the link points to.' },
  tag: { type: 'string', enum: [...LINK_TAGS, ''], description: 'Kind of link.' },
  nofollow: { type: ['integer', 'null'], enum: [0, 1, null], description: '1: not followed.' },
  ip: { ...TEXT, description: 'Address that the page was captured from; "" where it is not known, like the three that follow.' },
  ccode: { ...TEXT, description: 'ISO 3166-1 code of the country of that address.' },
  country: TEXT,
  city: TEXT,
} as const;

const SHARE = { frequency: { ...COUNT, description: 'Links.' }, percentage: PERCENTAGE, refdoms: { ...COUNT, description: 'Referring domains.' } };

export const WIRE_SCHEMAS = {
  row: fields(WIRE_ROW_FIELDS),
  linktext: fields({ anchortext: TEXT, ...SHARE }),
  linkedPage: fields({ linkedpage: TEXT, ...SHARE }),
  spread: fields({ sps: { type: 'integer', minimum: 0, maximum: 10 }, frequency: COUNT_OR_NULL, percentage: PERCENTAGE }),
  networks: fields({ ips: COUNT_OR_NULL, cclass: COUNT_OR_NULL, bclass: COUNT_OR_NULL }),
  deepLinks: fields({ homepage: COUNT_OR_NULL, deeplinks: COUNT_OR_NULL, percentage: PERCENTAGE }),
  isLinked: fields({ domain: TEXT, linked: FLAG, frequency: COUNT_OR_NULL }),
  error: fields({ error: { type: 'integer' }, error_message: TEXT }),
} as const;

/** Schema of the envelope of a list call, `balance` left out. */
export function wireListSchema(items: object): object {
  return fields({
    count: { ...COUNT_OR_NULL, description: 'Rows available, not those in this reply.' },
    response: { type: 'array', items },
    response_time: { type: 'number', minimum: 0, description: 'Seconds.' },
  });
}

/** Schema of the envelope of a call that gives one number. */
export function wireValueSchema(value: object): object {
  return fields({ response: { type: 'array', items: value, minItems: 1, maxItems: 1 } });
}
