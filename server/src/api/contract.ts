/**
 * The contract on the wire, serving side: its short names, types, envelopes and error shape live here and nowhere else in the server.
 * Sources: the call's documentation and a recording of 2016-02-24 (envelope, error codes 4001003 and 4001004); what neither shows is
 * chosen by us and marked as ours.
 */
import type { Backlink, Strength } from '../../../shared/backlinks.ts';

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

/** The reply of a list call. */
export interface WireList {
  /** Rows available, not those in this reply; null where the source does not say (ours). */
  readonly count: number | null;
  readonly response: readonly WireRow[];
  /** Seconds. */
  readonly response_time: number;
  /** Credits left; null where there are no keys (ours). */
  readonly balance: number | null;
}

/** The reply of a value call: the scalar stands in an array, without `count` and `response_time`, as recorded. */
export interface WireValue {
  readonly response: readonly (number | null)[];
  readonly balance: number | null;
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
  unavailable: 5001001,
  internal: 5001002,
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
  return { response: [value], balance: null };
}

/** The envelope of a list call. */
export function toWireList(rows: readonly Backlink[], count: number | null, milliseconds: number): WireList {
  return { count, response: rows.map(toWireRow), response_time: toWireSeconds(milliseconds), balance: null };
}

/** `response_time`: seconds, to the microsecond. */
export function toWireSeconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1e6;
}
