/** What earlier crawls of the same start URLs have in their archives: how to ask whether a page has changed, and what it held. */

import type { CrawledPage } from '../../store.ts';
import { isHtmlType } from '../visit.ts';
import { type HttpResponse, parseHttpResponse } from '../warc/http.ts';
import type { Fields } from '../warc/records.ts';
import { foundIn, readMember, readMembers, recordIn } from './members.ts';
import type { Reference } from './records.ts';

interface Known extends Reference {
  readonly file: string;
  readonly at: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

const LARGEST_BLOCK = 64 << 20;

export class EarlierCrawls {
  readonly #known = new Map<string, Known>();

  /** Reads one archive; later ones replace what earlier ones said. */
  async read(file: string, signal: AbortSignal): Promise<void> {
    for await (const { bytes, start } of readMembers(file, signal)) {
      const record = await recordIn(bytes);
      const url = record?.fields.get('warc-target-uri');
      if (record === null || url === undefined || !/^(?:response|revisit)$/.test(record.type)) continue;
      const block = await record.block(LARGEST_BLOCK);
      const response = block === null ? null : parseHttpResponse(block);
      if (record.type === 'revisit') this.#refresh(url, response?.headers);
      else if (response === null || !isPage(response)) this.#known.delete(url);
      else this.#remember(url, record.fields, response.headers, file, start);
    }
  }

  /** The pages that are known, in the order in which they were found. */
  urls(): Iterable<string> {
    return this.#known.keys();
  }

  /** Header fields that make the request conditional (RFC 9110, section 13.1); none for a page that is not known or cannot be asked so. */
  conditions(url: string): (readonly [name: string, value: string])[] {
    const known = this.#known.get(url);
    if (known === undefined) return [];
    return [
      ...(known.etag === null ? [] : [['If-None-Match', known.etag] as const]),
      ...(known.lastModified === null ? [] : [['If-Modified-Since', known.lastModified] as const]),
    ];
  }

  reference(url: string): Reference | null {
    return this.#known.get(url) ?? null;
  }

  /** The page as it was; null where there is none, or its archive is gone. */
  async page(url: string): Promise<CrawledPage | null> {
    const known = this.#known.get(url);
    const member = known === undefined ? null : await readMember(known.file, known.at).catch(() => null);
    const found = member === null ? null : await foundIn(member.bytes);
    return found?.kind === 'page' ? found.page.read(found.page.visit) : null;
  }

  #remember(url: string, record: Fields, headers: Fields, file: string, at: number): void {
    const [recordId, date] = [record.get('warc-record-id') ?? '', record.get('warc-date') ?? ''];
    const etag = usable(headers.get('etag'));
    const lastModified = usable(headers.get('last-modified'));
    this.#known.set(url, { recordId, date, url, file, at, etag, lastModified });
  }

  #refresh(url: string, headers: Fields | undefined): void {
    const known = this.#known.get(url);
    if (known === undefined || headers === undefined) return;
    const etag = usable(headers.get('etag')) ?? known.etag;
    this.#known.set(url, { ...known, etag, lastModified: usable(headers.get('last-modified')) ?? known.lastModified });
  }
}

function isPage({ status, headers }: HttpResponse): boolean {
  const type = headers.get('content-type') ?? '';
  return status >= 200 && status <= 299 && (type.trim() === '' || isHtmlType(type));
}

/** What came from a server is sent back to it only as printable text. */
function usable(value: string | undefined): string | null {
  return value !== undefined && /^[\x20-\x7e]{1,500}$/.test(value) ? value : null;
}
