/** A small web around one site, built into a real index: what the protocol specs ask about. */
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import { makeFolder, type TestFolder } from './folders.ts';

const page = (title: string, body: string) => `<!doctype html><title>${title}</title><body>${body}</body>`;

/** First level: hosts. `https://www.handbook.dev/guide` has most of the links, `/moved` redirects by nothing but a meta refresh. */
const PAGES: Readonly<Record<string, string>> = {
  'handbook.dev/index.html': page('The Handbook', '<a href="guide">Guide</a> <a href="lonely.html">Lonely</a>'),
  'handbook.dev/guide': page('The Guide', '<a href="/">Home</a>'),
  'blog.alpha.net/post.html': page('We *love* the guide <script>', '<a href="https://handbook.dev/guide">the guide</a>'),
  'blog.alpha.net/second.html': page('Again', '<a href="https://handbook.dev/guide#x">again</a> <a href="/post.html">post</a>'),
  'beta.org/links.html': page(
    'Links',
    '<a rel="nofollow" href="https://handbook.dev/guide">here</a> <a href="https://www.handbook.dev/form">form</a>',
  ),
  'gamma.io/a.html': page(
    'Über uns',
    '<a href="https://www.handbook.dev/form"><img src="x.png" alt="Form"></a> <a href="http://beta.org/links.html">b</a>',
  ),
  ...Object.fromEntries(
    Array.from({ length: 30 }, (_, number) => [
      `site${number}.net/index.html`,
      page(`Site ${number}`, '<a href="https://handbook.dev/many">many</a>'),
    ]),
  ),
};

export interface SmallWeb {
  /** Path of the index. */
  readonly index: string;
  remove(): Promise<void>;
}

export async function buildSmallWeb(): Promise<SmallWeb> {
  const folder: TestFolder = await makeFolder(Object.fromEntries(Object.entries(PAGES).map(([file, text]) => [`web/${file}`, text])));
  const index = path.join(folder.path, 'web.db');
  await buildIndex({ out: index, inputs: [path.join(folder.path, 'web')], now: Date.UTC(2026, 10, 2) });
  return { index, remove: async () => folder.remove() };
}
