/**
 * What one record of a WAT file holds: the JSON that Common Crawl and the Internet Archive write of each WARC record. Source of the format:
 * "WAT: Web Archive Transformation Specification" of the Internet Archive, and what Common Crawl's files hold today.
 */
import { crawledPage } from '../crawledPage.ts';
import { type Found, foundCapture } from '../found.ts';
import { readRevisit } from '../revisit.ts';
import { answerOf, isTruncated, originOf, type Visit, visitOf } from '../visit.ts';
import { field, texts } from './json.ts';
import { scanWat } from './scanWat.ts';

/** Most records tell of requests and of the crawler's notes: they need no parsing. */
const RESPONSE = Buffer.from('"HTTP-Response-Metadata"');
const REVISIT = Buffer.from('"revisit"');

/**
 * Reads the block of a `metadata` record of JSON.
 *
 * @returns null for what is no JSON, or not about a web page
 */
export function readWat(block: Buffer): Found {
  if (!block.includes(RESPONSE) && !block.includes(REVISIT)) return null;
  const envelope = field(parse(block), 'Envelope');
  const fields = recordFields(envelope);
  const response = field(envelope, 'Payload-Metadata', 'HTTP-Response-Metadata');
  const visit = visitOf(fields, responseOf(response));
  if (visit === null) return null;
  const type = fields.get('warc-type');
  if (type === 'revisit') return readRevisit(visit, fields);
  if (type !== undefined && type !== 'response') return null;
  return responseFound(visit, field(response, 'HTML-Metadata'), fields);
}

function parse(block: Buffer): unknown {
  try {
    return JSON.parse(block.toString('utf8'));
  } catch {
    return null;
  }
}

/** The header of the record that is told of; that of an ARC record under the names of WARC. */
function recordFields(envelope: unknown): ReadonlyMap<string, string> {
  const fields = texts(field(envelope, 'WARC-Header-Metadata'));
  if (fields.size > 0) return fields;
  const renamed = [...texts(field(envelope, 'ARC-Header-Metadata'))].map(([name, value]) => [`warc-${name}`, value] as const);
  return new Map(renamed);
}

/** Undefined where the record tells of no response; the status is 0, which means nothing, where it cannot be read. */
function responseOf(response: unknown): Pick<Visit, 'status' | 'headers'> | undefined {
  if (response === undefined) return undefined;
  const status = Number(texts(field(response, 'Response-Message')).get('status')) || 0;
  return { status, headers: texts(field(response, 'Headers'), (name) => (name === 'x-robots-tag' ? '\n' : ', ')) };
}

/** A response without HTML-Metadata is no page, or one that could not be read: nothing is known of its links. */
function responseFound(visit: Visit, html: unknown, fields: ReadonlyMap<string, string>): Found {
  const answer = answerOf(visit);
  if (answer !== 'body') return foundCapture(answer);
  if (html === undefined) return null;
  const page = {
    visit,
    payloadDigest: fields.get('warc-payload-digest'),
    read: (at: Visit) => crawledPage({ ...originOf(at), truncated: isTruncated(fields) }, scanWat(html, at.url)),
  };
  return { kind: 'page', page };
}
