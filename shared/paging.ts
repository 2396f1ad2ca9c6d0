/** The contract's rule for pages of rows, as a person, a script or a URL writes it. */
import { PAGE_LIMITS, type PageLimit } from './backlinks.ts';

/** One of the permitted limits; null for any other text. */
export function readPageLimit(text: string): PageLimit | null {
  return PAGE_LIMITS.find((limit) => String(limit) === text) ?? null;
}

/** A multiple of any permitted limit, of at most 15 digits; null for any other text. */
export function readRowOffset(text: string): number | null {
  const offset = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return PAGE_LIMITS.some((limit) => offset % limit === 0) ? offset : null;
}
