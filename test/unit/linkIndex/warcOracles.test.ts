/** Every archive of the data set and made-up ones, against warcio's reading and parse5's count of links. */
import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { WARCParser } from 'warcio';
import { itWithData } from '../../support/data.ts';
import { countHyperlinks } from './parse5Links.ts';
import { hrefsOf, pages, readAll } from './readArchive.ts';
import { chunked, htmlOf, http, members, pageRecord, record } from './warcFixture.ts';

describe('WARC oracles', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-warc-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;

  const read = async (bytes: Buffer): ReturnType<typeof readAll> => {
    const file = path.join(folder, `${files++}.warc`);
    writeFileSync(file, bytes);
    return await readAll(file);
  };

  it('reads made-up archives as warcio does, and counts links as parse5 does', async () => {
    const records = [
      pageRecord('https://b.org/1', ['/a', 'https://a.com/', '#x', 'mailto:x@y.z']),
      record(http(chunked(htmlOf(['/c']), 9), ['Content-Type: text/html', 'Transfer-Encoding: chunked']), { uri: 'https://b.org/2' }),
      record(http(gzipSync(htmlOf(['/d', '/e'])), ['Content-Type: text/html', 'Content-Encoding: gzip']), { uri: 'https://b.org/3' }),
    ];
    const file = path.join(folder, 'oracle.warc.gz');
    writeFileSync(file, members(records));
    assert.deepEqual(await compareWithOracles(file), { pages: 3, links: 6 });
  });

  itWithData('counts the links of every page in every archive of the data set as parse5 does', 'warc', async (data) => {
    const sum = { archives: 0, pages: 0, links: 0 };
    for (const name of readdirSync(data).filter((one) => /\.warc(\.gz)?$/.test(one))) {
      const { pages, links } = await compareWithOracles(path.join(data, name));
      sum.archives++;
      sum.pages += pages;
      sum.links += links;
    }
    console.log(`      ${sum.archives} archives, ${sum.pages} pages, ${sum.links} links`);
    assert.ok(sum.pages >= 118 && sum.links >= 38_000);
  });

  itWithData('reads gzip bodies that are a byte short, which warcio gives up on', 'warc', async (data) => {
    for (const name of ['webrecorder__warcio.js__example-bad-length.warc', 'webrecorder__warcio__example-trunc.warc']) {
      const [page] = pages((await readAll(path.join(data, name))).captures);
      assert.deepEqual(page && hrefsOf(page), ['http://www.iana.org/domains/example']);
    }
  });

  itWithData(
    'finds the same links in the bytes of an archive written in other ways',
    'warc/archivesunleashed__aut__example.warc.gz',
    async (file) => {
      const plain = gunzipSync(readFileSync(file));
      const { captures, problem } = await read(plain);
      const { captures: again } = await read(gzipSync(plain, { level: 1 }));
      assert.equal(problem, null);
      assert.equal(pages(captures).length, 94);
      assert.deepEqual(again, captures);
    },
  );
});

/**
 * Every 2xx HTML page that warcio reads must come out of our reader too, with as many numbered links as parse5 finds. warcio gives nothing for
 * a gzip body that is cut short; those pages are not compared.
 */
async function compareWithOracles(file: string): Promise<{ pages: number; links: number }> {
  const ours = pages((await readAll(file)).captures);
  const theirs = await warcioPages(file);
  assert.deepEqual(
    ours.map(({ url }) => url),
    theirs.map(({ url }) => new URL(url).href),
    path.basename(file),
  );
  let links = 0;
  for (const [at, page] of ours.entries()) {
    if (theirs[at]?.html === '') continue;
    const expected = countHyperlinks(theirs[at]?.html ?? '', page.url);
    assert.equal(
      page.links.filter(({ tag }) => tag === 'a' || tag === 'aimg' || tag === 'area').length,
      expected,
      `${path.basename(file)} ${page.url}`,
    );
    links += expected;
  }
  return { pages: ours.length, links };
}

async function warcioPages(file: string): Promise<{ url: string; html: string }[]> {
  const found: { url: string; html: string }[] = [];
  const { warn } = console;
  console.warn = () => {};
  try {
    for await (const one of new WARCParser(createReadStream(file))) {
      const status = Number(one.httpHeaders?.statusCode ?? 0);
      const type = one.httpHeaders?.headers.get('content-type') ?? '';
      const url = (one.warcTargetURI ?? '').replace(/^<|>$/g, '');
      const isPage = one.warcType === 'response' && status >= 200 && status < 300 && /html/i.test(type) && URL.canParse(url);
      if (isPage) found.push({ url, html: Buffer.from((await one.readFully(true)) ?? []).toString('latin1') });
    }
  } catch {
    // Broken on purpose; what was read before stands.
  } finally {
    console.warn = warn;
  }
  return found;
}
