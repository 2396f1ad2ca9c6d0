/** A real web server of this machine to crawl, made of a table of paths, and what a crawl of it left. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { crawl } from '../../../../server/src/linkIndex/ingest/crawl/crawl.ts';
import type { CrawlOptions, CrawlOutcome } from '../../../../server/src/linkIndex/ingest/crawl/options.ts';
import { fileSource } from '../../../../server/src/linkIndex/ingest/inputs/fileSource.ts';
import { readWarc } from '../../../../server/src/linkIndex/ingest/warc/captures.ts';
import type { Capture } from '../../../../server/src/linkIndex/store.ts';
import { listen } from '../../../support/listen.ts';

/** HTML, or a whole answer. A path that is missing answers 404. */
export type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Site {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  readonly pages: Record<string, Answer>;
  /** Paths in the order in which they were asked for, robots.txt and sitemaps among them. */
  readonly asked: string[];
  readonly requests: IncomingMessage[];
  close(): Promise<void>;
}

export async function openSite(pages: Record<string, Answer>): Promise<Site> {
  const asked: string[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    requests.push(request);
    const answer = pages[path];
    if (typeof answer === 'function') return answer(request, response);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(answer ?? '<title>Not found</title>');
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    pages,
    asked,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A page with these links. */
export function page(...hrefs: readonly string[]): string {
  return `<!doctype html><title>Page</title>${hrefs.map((href) => `<p><a href="${href}">${href}</a>`).join('\n')}`;
}

export function answer(status: number, headers: Record<string, string>, body: string | Buffer = ''): Answer {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

export function plain(body: string): Answer {
  return answer(200, { 'content-type': 'text/plain' }, body);
}

/** Paths that were asked for, without robots.txt and the usual sitemap. */
export function pagesAsked({ asked }: Site): string[] {
  return asked.filter((one) => one !== '/robots.txt' && one !== '/sitemap.xml');
}

export interface Bench {
  readonly out: string;
  readonly folder: string;
  crawl(starts: readonly string[], options?: Partial<CrawlOptions>): Promise<CrawlOutcome>;
  remove(): void;
}

/** A folder for an index, and crawls into it without waiting between requests. */
export function openBench(): Bench {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-crawl-'));
  const out = path.join(folder, 'web.db');
  const { signal } = new AbortController();
  return {
    out,
    folder,
    crawl: async (starts, options) => await crawl({ out, starts, signal, delay: 0, retryDelay: 5, allowPrivate: true, ...options }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the index reads of an archive: `page /path`, `redirect /a -> /b`, `gone /c`, `unchanged /d`. */
export async function capturesOf(file: string): Promise<string[]> {
  const captures = readWarc(fileSource(file), { signal: new AbortController().signal, onBytes() {} });
  const seen: string[] = [];
  for (;;) {
    const next = await captures.next();
    if (next.done) {
      if (next.value.problem !== null) throw new Error(next.value.problem.message);
      return seen;
    }
    seen.push(wordsFor(next.value));
  }
}

function wordsFor(capture: Capture): string {
  if (capture.kind === 'page') return `page ${pathOf(capture.page.url)}`;
  if (capture.kind === 'redirect') return `redirect ${pathOf(capture.redirect.url)} -> ${pathOf(capture.redirect.target)}`;
  if (capture.kind === 'gone') return `gone ${pathOf(capture.gone.url)}`;
  return capture.kind === 'unchanged' ? `unchanged ${pathOf(capture.unchanged.url)}` : capture.kind;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
