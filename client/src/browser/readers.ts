/** Reads unknown JSON: whatever stands between page and service may answer in its place. */
import { ServiceFailure } from './failure.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ServiceFailure('broken');
  return value as Fields;
}

export function list<T>(value: unknown, read: (entry: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new ServiceFailure('broken');
  return value.map(read);
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new ServiceFailure('broken');
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ServiceFailure('broken');
  return value;
}

/** Text, or null where there is none; the wire writes "" for what is not known. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : text(value);
}

export function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : number(value);
}

/** Null stays null; everything else is read. */
export function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}
