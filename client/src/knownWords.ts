/** How much is known of a target, in a few words: `6.2  132 from 41 domains`, `none seen`, `looking up`. Pure. */
import { type Known, lastKnown, type Summary } from '../../shared/backlinks.ts';
import type { Words } from './words.ts';

/** Between a strength and the rest, in spaces that a proportional font does not collapse: the number stands apart from the words. */
export const GAP = '\u2002\u2002';

/** A summary in a few words, or why there is none. Absence of knowledge is said, never shown as zero. */
export function knownWords(known: Known<Summary>, words: Words, now: number): string {
  const last = lastKnown(known);
  const value = last === null ? null : summaryWords(last.value, words);
  switch (known.state) {
    case 'fresh':
      return value ?? words.t('nothing given');
    case 'stale':
      return `${value ?? words.t('nothing given')} · ${words.age(now - known.at)}`;
    case 'pending':
      return value === null ? words.t('looking up') : `${value} · ${words.t('looking up')}`;
    case 'failed': {
      const why = words.failure(known.reason);
      return value === null || last === null ? why : `${value} · ${words.age(now - last.at)} · ${why}`;
    }
    case 'skipped':
      return words.skipped(known.reason);
    case 'unknown':
      return words.t('not asked');
  }
}

/** True where a source has nothing to say of pages: it knows only domains, as ranks do. */
export function saysNothing(page: Known<Summary>): boolean {
  if (page.state === 'failed') return page.reason === 'refused-target' && page.last === null;
  return page.state === 'fresh' && page.value.backlinks === null && page.value.strength === null;
}

/** A URL without scheme, for people; the whole stands in the tooltip. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/^([^/?#]+)\/$/, '$1');
}

function summaryWords(summary: Summary, words: Words): string | null {
  const strength = summary.strength === null ? null : words.strength(summary.strength);
  const backlinks = words.backlinks(summary);
  // A strength without a single backlink is a riddle unless the links that made it stand beside it.
  const internal =
    summary.backlinks === 0 && (summary.internalBacklinks ?? 0) > 0 ? words.t('{0} internal', words.count(summary.internalBacklinks ?? 0)) : null;
  const counts = [backlinks, internal].filter((part) => part !== null).join(' · ');
  const parts = [strength, counts === '' ? null : counts].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(GAP);
}

/** A URL without scheme that fits beside its numbers: the host whole, the middle of a long path left out. */
export function fitUrl(url: string, length: number): string {
  const short = shortUrl(url);
  if (short.length <= length) return short;
  const host = /^[^/?#]+/.exec(short)?.[0] ?? '';
  const room = length - host.length - 2;
  const tail = short.slice(-Math.max(room, 6));
  // From the beginning of a segment where one begins in there.
  const cut = tail.slice(0, -1).lastIndexOf('/');
  return `${host}/…${cut >= 0 ? tail.slice(cut) : tail}`;
}
