/** An index of each archive: the rows of every page in it against the links that parse5 counts in what warcio reads. */
import assert from 'node:assert/strict';
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { getDomain } from 'tldts';
import { WARCParser } from 'warcio';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../../server/src/linkIndex/store.ts';
import { pageKey } from '../../../server/src/urls/keys.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { itWithData } from '../../support/data.ts';
import { hyperlinksOf } from './parse5Links.ts';
import { emptyFolders, written } from './support.ts';
import { members, pageRecord } from './warcFixture.ts';

/** warcio gives up on the bodies of these; warcOracles.test.ts reads them otherwise. */
const UNREADABLE = new Set(['webrecorder__warcio.js__example-bad-length.warc', 'webrecorder__warcio__example-trunc.warc']);
const HYPERLINKS = new Set(['a', 'aimg', 'area']);

/** Page to the domains it links to, one entry a link. */
type Links = ReadonlyMap<string, readonly string[]>;

describe('indexes of archives', function () {
  this.timeout(120_000);
  const nextFolder = emptyFolders('archive-indexes');

  const compare = async (archive: string): Promise<{ pages: number; links: number }> => {
    const out = path.join(nextFolder(), 'web.db');
    const { info } = await buildIndex({ out, inputs: [archive] });
    const expected = await expectedLinks(archive);
    assert.equal(info.pages, expected.size, path.basename(archive));
    const store = openIndex(out);
    try {
      const links = [...expected.values()].flat();
      for (const domain of new Set(links)) {
        const found = await rowsByPage(store, domain);
        for (const [page, domains] of expected) {
          const count = domains.filter((one) => one === domain).length;
          assert.equal(found.get(page) ?? 0, count, `${path.basename(archive)}: ${page} to ${domain}`);
        }
      }
      return { pages: expected.size, links: links.length };
    } finally {
      await store.close();
    }
  };

  it('have the latest capture of each page of a made-up one', async () => {
    const records = [
      pageRecord('https://b.org/1', ['/x', 'https://a.com/', 'https://a.com/']),
      pageRecord('http://www.b.org/1', ['https://a.com/old', 'https://c.net/'], { date: '2026-10-01T00:00:00Z' }),
      pageRecord('https://b.org/2', ['https://sub.a.com/', 'https://d.github.io/', 'http://192.0.2.1/', 'mailto:x@a.com', '#top']),
    ];
    assert.deepEqual(await compare(written(nextFolder(), 'made-up.warc.gz', members(records))), { pages: 2, links: 7 });
  });

  itWithData('have every link of every page in the archives of the data set', 'warc', async (data) => {
    const sum = { archives: 0, pages: 0, links: 0 };
    for (const name of readdirSync(data).filter((one) => /\.warc(?:\.gz)?$/.test(one) && !UNREADABLE.has(one))) {
      const { pages, links } = await compare(path.join(data, name));
      sum.archives++;
      sum.pages += pages;
      sum.links += links;
    }
    console.log(`      ${sum.archives} indexes, ${sum.pages} pages, ${sum.links} links`);
    assert.ok(sum.pages >= 110 && sum.links >= 38_000);
  });
});

/** Live rows of a domain, internal links among them, by the page they stand on. */
async function rowsByPage(store: BacklinkStore, domain: string): Promise<ReadonlyMap<string, number>> {
  const target = parseTarget(domain);
  assert.ok(target);
  const { rows, total } = await store.rows({ target, limit: 1_000_000, offset: 0, internal: 'include' }, new AbortController().signal);
  assert.equal(rows.length, total);
  const counts = new Map<string, number>();
  for (const { tag, sourceUrl } of rows) {
    const page = pageKey(sourceUrl) ?? '';
    if (tag !== null && HYPERLINKS.has(tag)) counts.set(page, (counts.get(page) ?? 0) + 1);
  }
  return counts;
}

/** What warcio and parse5 make of an archive: of several captures of a page the latest, of equally old ones the last. */
async function expectedLinks(file: string): Promise<Links> {
  const dates = new Map<string, number>();
  const links = new Map<string, string[]>();
  const { warn } = console;
  console.warn = () => {};
  try {
    for await (const one of new WARCParser(createReadStream(file))) {
      const status = Number(one.httpHeaders?.statusCode ?? 0);
      const url = URL.parse((one.warcTargetURI ?? '').replace(/^<|>$/g, ''))?.href ?? '';
      const key = pageKey(url);
      const type = one.httpHeaders?.headers.get('content-type') ?? '';
      if (one.warcType !== 'response' || status < 200 || status > 299 || !/html/i.test(type) || key === null) continue;
      const date = Date.parse(one.warcDate ?? '');
      if (date < (dates.get(key) ?? 0)) continue;
      dates.set(key, date);
      const html = Buffer.from((await one.readFully(true)) ?? []).toString('latin1');
      links.set(key, hyperlinksOf(html, url).map(domainOf));
    }
  } finally {
    console.warn = warn;
  }
  return links;
}

function domainOf(url: string): string {
  const { hostname } = new URL(url);
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}
