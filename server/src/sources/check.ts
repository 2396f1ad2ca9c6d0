/** Reads fields of a reply that nobody vouches for: each comes out as what it must be, as null where it is not given, or as a bad reply. */
import { type BacklinkLensError, sourceError } from '../util/errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Checker {
  /** A plain object. */
  object(value: unknown, path: string): Fields;
  list(value: unknown, path: string): readonly unknown[];
  /** Text as given, "" included; null when it is absent. */
  text(value: unknown, path: string): string | null;
  /** Text; null when it is absent or "". */
  textOrNone(value: unknown, path: string): string | null;
  /** A whole number from 0, also as a string of digits; null when it is absent or "". */
  count(value: unknown, path: string): number | null;
  /** A finite number from 0 to `max`, also as a string; null when it is absent or "". */
  score(value: unknown, max: number, path: string): number | null;
  /** true, false, 1, 0, "1", "0"; null when it is absent or "". */
  flag(value: unknown, path: string): boolean | null;
  /** The failure for a field that is wrong. */
  wrong(value: unknown, expected: string, path: string): BacklinkLensError;
}

/**
 * @param host whose reply it is, for the message
 */
export function createChecker(host: string): Checker {
  const wrong = (value: unknown, expected: string, path: string) =>
    sourceError('bad-reply', `${host} sent ${kindOf(value)} as ${path} where ${expected} belongs. Check the endpoint; if it is right, report it.`);

  function number(value: unknown, expected: string, path: string): number | null {
    if (absent(value)) return null;
    const read = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
    if (typeof read !== 'number' || !Number.isFinite(read) || read < 0) throw wrong(value, expected, path);
    return read;
  }

  function text(value: unknown, path: string): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string') throw wrong(value, 'text', path);
    return value;
  }

  return {
    object(value, path) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(value, 'an object', path);
      return value as Fields;
    },
    list(value, path) {
      if (!Array.isArray(value)) throw wrong(value, 'a list', path);
      return value;
    },
    text,
    textOrNone: (value, path) => text(value, path) || null,
    count(value, path) {
      const read = number(value, 'a whole number', path);
      if (read !== null && !Number.isSafeInteger(read)) throw wrong(value, 'a whole number', path);
      return read;
    },
    score(value, max, path) {
      const read = number(value, `a number from 0 to ${max}`, path);
      if (read !== null && read > max) throw wrong(value, `a number from 0 to ${max}`, path);
      return read;
    },
    flag(value, path) {
      if (absent(value)) return null;
      if (value === true || value === 1 || value === '1') return true;
      if (value === false || value === 0 || value === '0') return false;
      throw wrong(value, '0 or 1', path);
    },
    wrong,
  };
}

function absent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** What came, without its contents: they may be anything. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
