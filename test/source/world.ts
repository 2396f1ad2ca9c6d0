/** A small invented web of backlinks with known totals, in nobody's words: each vendor's stand-in serves it in its own shape. */
import { parseTarget } from '../../server/src/urls/targets.ts';
import type { Target } from '../../shared/backlinks.ts';

/** What came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Scheme, host and port that were asked. */
  readonly origin: string;
  /** Path with query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface WireReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Handler = (request: WireRequest) => WireReply;

/** Answers in the place of the well-behaved server; null leaves the request to it. */
export type Instead = (request: WireRequest) => WireReply | null;

/** More than two pages at the largest limit, and no multiple of any. */
export const BIG_TOTAL = 533;
export const BIG = 'much-linked-site.com';
export const SMALL = 'little-linked-site.com';
export const SMALL_TOTAL = 3;
export const EMPTY = 'never-linked-site.com';

/** One target of each kind, as a person writes it, and its links. */
export const OF_KIND = {
  domain: { text: BIG, total: BIG_TOTAL },
  host: { text: `blog.${BIG}`, total: 7 },
  page: { text: `https://${BIG}/`, total: 40 },
  folder: { text: `${BIG}/docs/*`, total: 12 },
} as const;

const TOTALS = new Map<string, number>([
  [SMALL, SMALL_TOTAL],
  ...Object.values(OF_KIND).map(({ text, total }) => [withoutScheme(text), total] as const),
]);

/** Links of a target, with or without a scheme; 0 for one that the world does not know. */
export function totalOf(name: string): number {
  return TOTALS.get(withoutScheme(name)) ?? 0;
}

/** One link in plain words. Every fact is given; a vendor's stand-in leaves out what the vendor does not know. */
export interface WorldLink {
  readonly page: string;
  readonly domain: string;
  readonly title: string;
  readonly text: string;
  readonly to: string;
  /** 0 to 10 with one decimal, never rising with `n`. */
  readonly strength: number;
  readonly image: boolean;
  readonly nofollow: boolean;
  readonly external: number;
  readonly internal: number;
  /** From 1. */
  readonly position: number;
  readonly ip: string;
  readonly country: string;
  /** '' for some. */
  readonly city: string;
  /** ISO days. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** Link `n` (from 0) of a target, strongest first. Its page is another one for each `n`, and has no other link to the target. */
export function linkOf(target: string, n: number): WorldLink {
  const name = withoutScheme(target);
  return {
    page: `https://blog.linker-${n % 40}.com/post/${n}`,
    domain: `linker-${n % 40}.com`,
    title: n % 5 === 0 ? '' : `Überschrift ${n}`,
    text: n % 7 === 0 ? '' : `words ${n % 3}`,
    to: `https://${name.replace(/\*$/, 'a.html')}`,
    strength: Math.max(0, Math.round((10 - n / 60) * 10) / 10),
    image: n % 4 === 0,
    nofollow: n % 2 === 1,
    external: 58,
    internal: 40,
    position: (n % 90) + 1,
    ip: '198.51.100.7',
    country: 'DE',
    city: n % 2 === 0 ? 'Köln' : '',
    firstSeen: `2025-0${(n % 9) + 1}-11`,
    lastSeen: '2026-10-02',
  };
}

/** The links of a target from `offset`, at most `limit` of them. */
export function linksOf(target: string, limit: number, offset = 0): readonly WorldLink[] {
  const length = Math.max(0, Math.min(limit, totalOf(target) - offset));
  return Array.from({ length }, (_, index) => linkOf(target, offset + index));
}

/** Linking domains of a target. */
export function domainsOf(target: string): number {
  return Math.min(40, totalOf(target));
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): WireReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** A target as written. Throws for what is none. */
export function target(text: string): Target {
  const parsed = parseTarget(text);
  if (parsed === null) throw new TypeError(text);
  return parsed;
}

function withoutScheme(text: string): string {
  return text.replace(/^https?:\/\//, '');
}
