/**
 * Captures that repeat no content: `revisit` records (WARC 1.1, section 6.7). Mostly a page was found as it was before; a crawler that saves
 * every content once also says of a page that it has the content of another.
 */
import { pageKey } from '../../urls/keys.ts';
import { type Found, foundCapture } from './found.ts';
import { answerOf, isHtmlType, unchanged, type Visit, webUrlOf } from './visit.ts';
import { recordDate } from './warc/dates.ts';

/** A page that has the content another page had when it was captured. */
export interface PageCopy {
  readonly visit: Visit;
  readonly of: { readonly url: string; readonly capturedAt: number | null; readonly payloadDigest: string | undefined };
}

/**
 * What a revisit says.
 *
 * @param fields of the record, names in lower case
 * @returns null for what says nothing of a page, an unknown profile among it
 */
export function readRevisit(visit: Visit, fields: ReadonlyMap<string, string>): Found {
  const answer = answerOf(visit);
  if (answer !== 'body') return foundCapture(answer);
  const type = visit.headers.get('content-type') ?? '';
  if (type !== '' && !isHtmlType(type)) return null;
  const profile = fields.get('warc-profile');
  if (profile !== undefined && /server-not-modified/i.test(profile)) return foundCapture(unchanged(visit));
  if (profile !== undefined && !/identical-payload-digest/i.test(profile)) return null;
  const url = webUrlOf(fields.get('warc-refers-to-target-uri'));
  if (url === null || pageKey(url) === pageKey(visit.url)) return foundCapture(unchanged(visit));
  const of = { url, capturedAt: recordDate(fields.get('warc-refers-to-date')), payloadDigest: fields.get('warc-payload-digest') };
  return { kind: 'copy', copy: { visit, of } };
}
