/** A WARC file to captures: 2xx HTML responses and resources are pages, 3xx with a usable Location are redirects, the rest is passed over. */
import { scanHtml } from '../../../scan/html.ts';
import { isWebUrl, resolveUrl } from '../../../urls/resolve.ts';
import { decodePage } from '../../../util/decodeText.ts';
import { BacklinkLensError, isAbort } from '../../../util/errors.ts';
import type { Capture } from '../../store.ts';
import type { CaptureReader, ReadOptions, ReadProblem } from '../capture.ts';
import { crawledPage } from '../crawledPage.ts';
import { startsAsHtml } from '../htmlSniff.ts';
import type { InputSource } from '../inputs/inputReader.ts';
import { ByteQueue } from './byteQueue.ts';
import { archiveBytes } from './bytes.ts';
import { type HttpResponse, parseHttpResponse } from './http.ts';
import { readRecords, type WarcRecord } from './records.ts';

/** Longer blocks are films and disk images, not pages. */
const LARGEST_BLOCK = 64 << 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Reads the captures of one archive, plain or gzip. */
export async function* readWarc(source: InputSource, options: ReadOptions): CaptureReader {
  const queue = new ByteQueue(archiveBytes(source, options));
  let captures = 0;
  try {
    for await (const record of readRecords(queue)) {
      options.signal.throwIfAborted();
      const capture = await captureOf(record);
      if (capture === null) continue;
      captures++;
      yield capture;
    }
    return { problem: null };
  } catch (error) {
    if (isAbort(error) || options.signal.aborted) throw error;
    return { problem: problemOf(source.name, error, captures) };
  } finally {
    await queue.close();
  }
}

function problemOf(file: string, error: unknown, captures: number): ReadProblem {
  const kept = `What came before is in the index (${captures.toLocaleString('en')} captures).`;
  if (BacklinkLensError.is(error, 'input.not-an-archive')) {
    return { code: error.code, message: `${file} ${error.message}. Name a .warc or .warc.gz file, or a folder.` };
  }
  if (BacklinkLensError.is(error))
    return { code: error.code, message: `${file} ${error.message}. ${kept} Fetch the file again and rebuild for the rest.` };
  return { code: 'input.unreadable', message: `${file} could not be read: ${error instanceof Error ? error.message : String(error)}. ${kept}` };
}

async function captureOf(record: WarcRecord): Promise<Capture | null> {
  const url = record.targetUri === null ? null : resolveUrl(record.targetUri);
  if (url === null || !isWebUrl(url)) return null;
  if (record.type === 'response' && isHttp(record)) return await responseOf(record, url);
  if (record.type === 'resource') return await resourceOf(record, url);
  return null;
}

function isHttp(record: WarcRecord): boolean {
  return /^application\/http\b/i.test(record.fields.get('content-type') ?? 'application/http');
}

async function responseOf(record: WarcRecord, url: string): Promise<Capture | null> {
  const block = await record.block(LARGEST_BLOCK);
  const response = block === null ? null : parseHttpResponse(block);
  if (response === null) return null;
  if (REDIRECTS.has(response.status)) return redirectOf(record, url, response);
  if (response.status < 200 || response.status > 299) return null;
  const type = response.headers.get('content-type') ?? '';
  return isHtml(type, response.body) ? pageOf(record, url, type, response.body, response.headers.get('x-robots-tag') ?? null) : null;
}

async function resourceOf(record: WarcRecord, url: string): Promise<Capture | null> {
  const type = record.fields.get('content-type') ?? '';
  if (!/html/i.test(type)) return null;
  const block = await record.block(LARGEST_BLOCK);
  return block === null ? null : pageOf(record, url, type, block, null);
}

function redirectOf(record: WarcRecord, url: string, { status, headers }: HttpResponse): Capture | null {
  const target = resolveUrl(headers.get('location') ?? '', url);
  if (!headers.get('location') || target === null || !isWebUrl(target)) return null;
  return { kind: 'redirect', redirect: { url, target, status, capturedAt: record.date, ip: ipOf(record) } };
}

function pageOf(record: WarcRecord, url: string, type: string, body: Buffer, robotsHeader: string | null): Capture {
  const charset = /charset\s*=\s*["']?([^\s"';,]+)/i.exec(type)?.[1] ?? null;
  const scan = scanHtml(decodePage(body, charset), { url });
  return { kind: 'page', page: crawledPage({ url, capturedAt: record.date, ip: ipOf(record), robotsHeader }, scan) };
}

/** Without a type the body decides, as in browsers: by its first tag. */
function isHtml(type: string, body: Buffer): boolean {
  if (type.trim() !== '') return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
  return startsAsHtml(body);
}

function ipOf(record: WarcRecord): string | null {
  return record.fields.get('warc-ip-address') || null;
}
