/**
 * The country of each address, small enough to ship with the editor: half a megabyte in place of the eight of the MMDB it is made from. A line of
 * JSON, then deflated columns: where each range begins, as differences in base 128 (the IPv4 address; of IPv6 the upper and lower half of the
 * first 64 bits), and which country's it is, a byte each. A range ends where the next one begins.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { BacklinkLensError } from '../util/errors.ts';

/** Where a range begins, and its ISO 3166-1 code; null for nobody's. IPv6 by its first 64 bits, as two numbers. */
export interface CountryRange {
  readonly high: number;
  /** 0 for IPv4. */
  readonly low: number;
  readonly code: string | null;
}

export interface CountryRanges {
  /** In the order of the addresses, the first from 0 on. */
  readonly v4: readonly CountryRange[];
  readonly v6: readonly CountryRange[];
}

interface Head {
  readonly format: string;
  /** "" for nobody's. */
  readonly codes: readonly string[];
  readonly v4: number;
  readonly v6: number;
}

const FORMAT = 'backlink-lens countries 1';
const MOST_RANGES = 10_000_000;
const BASE = 128;
const HIGH_BIT = 0x80;

/** @throws BacklinkLensError internal, for more than 256 countries */
export function writeCountryTable({ v4, v6 }: CountryRanges): Buffer {
  const codes = [...new Set([...v4, ...v6].map(({ code }) => code ?? ''))];
  if (codes.length > 256) throw new BacklinkLensError('internal', `${codes.length} countries are more than a byte can number.`);
  const place = new Map(codes.map((code, at) => [code, at]));
  const bytes: number[] = [];
  for (const ranges of [v4, v6]) {
    let [high, low] = [0, 0];
    for (const range of ranges) {
      put(bytes, range.high - high);
      put(bytes, range.high === high ? range.low - low : range.low);
      ({ high, low } = range);
    }
    for (const { code } of ranges) bytes.push(place.get(code ?? '') ?? 0);
  }
  const head: Head = { format: FORMAT, codes, v4: v4.length, v6: v6.length };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), deflateSync(Uint8Array.from(bytes), { level: 9 })]);
}

function put(bytes: number[], value: number): void {
  let left = value;
  for (; left >= BASE; left = Math.floor(left / BASE)) bytes.push((left % BASE) | HIGH_BIT);
  bytes.push(left);
}

/**
 * Reads a table.
 *
 * @returns the code of an address: for IPv4 of its number and 0, for IPv6 of the two halves of its first 64 bits; null for nobody's
 * @throws BacklinkLensError input.unreadable for another format and for what ends too early; what zlib and JSON.parse say of damage
 */
export function readCountryTable(file: Buffer): (version: 4 | 6, high: number, low: number) => string | null {
  const end = file.indexOf(0x0a);
  const head = readHead(file.toString('utf8', 0, Math.max(0, end)));
  const columns = new Columns(inflateSync(file.subarray(end + 1)));
  const v4 = columns.ranges(head.v4);
  const v6 = columns.ranges(head.v6);
  return (version, high, low) => {
    const { highs, lows, codes } = version === 4 ? v4 : v6;
    let [from, to] = [0, highs.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const first = highs[middle] as number;
      if (first < high || (first === high && (lows[middle] as number) <= low)) from = middle + 1;
      else to = middle;
    }
    return (from === 0 ? '' : head.codes[codes[from - 1] as number]) || null;
  };
}

function readHead(text: string): Head {
  const head: unknown = text.startsWith('{') ? JSON.parse(text) : null;
  if (!isHead(head)) throw unreadable('is no table of countries');
  return head;
}

function isHead(head: unknown): head is Head {
  if (typeof head !== 'object' || head === null || !('format' in head && 'codes' in head && 'v4' in head && 'v6' in head)) return false;
  const counts = [head.v4, head.v6].every((count) => typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_RANGES);
  return counts && head.format === FORMAT && Array.isArray(head.codes) && head.codes.every((code) => typeof code === 'string');
}

function unreadable(why: string): BacklinkLensError {
  return new BacklinkLensError('input.unreadable', `The table of countries ${why}.`);
}

class Columns {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  ranges(count: number): { highs: Uint32Array; lows: Uint32Array; codes: Uint8Array } {
    const [highs, lows] = [new Uint32Array(count), new Uint32Array(count)];
    let [high, low] = [0, 0];
    for (let range = 0; range < count; range++) {
      const step = this.#number();
      const rest = this.#number();
      high += step;
      low = step === 0 ? low + rest : rest;
      highs[range] = high;
      lows[range] = low;
    }
    const codes = Uint8Array.from(this.#bytes.subarray(this.#at, this.#at + count));
    if (codes.length < count) throw unreadable('ends too early');
    this.#at += count;
    return { highs, lows, codes };
  }

  #number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= BASE) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw unreadable('ends too early');
      value += (byte & ~HIGH_BIT) * factor;
      if (byte < HIGH_BIT) return value;
    }
  }
}
