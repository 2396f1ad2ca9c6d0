/** What one WARC record holds. What is not about a web page (requests, crawlers' notes, DNS answers, conversions) is passed over. */
import { scanHtml } from '../../../scan/html.ts';
import { decodePage } from '../../../util/decodeText.ts';
import { crawledPage } from '../crawledPage.ts';
import { type Found, foundCapture } from '../found.ts';
import { startsAsHtml } from '../htmlSniff.ts';
import { readRevisit } from '../revisit.ts';
import { answerOf, isHtmlType, isTruncated, originOf, type Visit, visitOf } from '../visit.ts';
import { readWat } from '../wat/content.ts';
import type { Body } from './codings.ts';
import { type HttpResponse, parseHttpResponse } from './http.ts';
import type { Fields, WarcRecord } from './records.ts';

/** Longer blocks are films and disk images, not pages. */
const LARGEST_BLOCK = 64 << 20;

/** Reads a record. */
export async function readContent(record: WarcRecord): Promise<Found> {
  if (!mayTell(record)) return null;
  const block = await record.block(LARGEST_BLOCK);
  if (block === null) return null;
  const { type, fields } = record;
  if (type === 'metadata') return readWat(block);
  const response = type === 'resource' ? null : parseHttpResponse(block);
  const visit = visitOf(fields, response ?? undefined);
  if (visit === null) return null;
  if (type === 'revisit') return readRevisit(visit, fields);
  if (type === 'resource') return foundPage({ bytes: block, truncated: false }, contentTypeOf(fields), visit, fields);
  return response === null ? null : responseFound(response, visit, fields);
}

/** By its header alone: blocks of images and requests are not even taken from the file. */
function mayTell({ type, fields }: WarcRecord): boolean {
  const contentType = contentTypeOf(fields);
  switch (type) {
    case 'response':
      return contentType === '' || /^application\/http\b/i.test(contentType);
    case 'resource':
      return isHtmlType(contentType);
    case 'metadata':
      return /^application\/json\b/i.test(contentType);
    default:
      return type === 'revisit';
  }
}

function contentTypeOf(fields: Fields): string {
  return fields.get('content-type') ?? '';
}

function responseFound(response: HttpResponse, visit: Visit, fields: Fields): Found {
  const answer = answerOf(visit);
  if (answer !== 'body') return foundCapture(answer);
  const type = contentTypeOf(visit.headers) || (fields.get('warc-identified-payload-type') ?? '');
  if (type !== '' && !isHtmlType(type)) return null;
  const body = response.body();
  // Without a type the body decides, as in browsers: by its first tag.
  return body === null || (type === '' && !startsAsHtml(body.bytes)) ? null : foundPage(body, type, visit, fields);
}

function foundPage({ bytes, truncated }: Body, type: string, visit: Visit, fields: Fields): Found {
  const charset = /charset\s*=\s*["']?([^\s"';,]+)/i.exec(type)?.[1] ?? null;
  const isCut = truncated || isTruncated(fields);
  const page = {
    visit,
    payloadDigest: fields.get('warc-payload-digest'),
    read: (at: Visit) => crawledPage({ ...originOf(at), truncated: isCut }, scanHtml(decodePage(bytes, charset), { url: at.url })),
  };
  return { kind: 'page', page };
}
