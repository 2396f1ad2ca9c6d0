/** Every archive of the data set and made-up ones, against warcio's reading and parse5's count of links. */
import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { WARCParser, type WARCRecord } from 'warcio';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { itWithData } from '../../support/data.ts';
import { hyperlinksOf } from './parse5Links.ts';
import { hrefsOf, pages, readAll } from './readArchive.ts';
import { chunked, htmlOf, http, members, pageRecord, record } from './warcFixture.ts';

/** warcio loses the header of one record whose block ends at the edge of a piece; where it does not look at HTTP it has it. */
const WARCIO_LOSES = new Set(['404 http://deadlists.com/robots.txt']);

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
      record(http('', ['Location: /3'], '308 Moved'), { uri: 'https://b.org/4' }),
      record(http('', ['Location: ftp://b.org/'], '301 Moved'), { uri: 'https://b.org/5' }),
      record(http('', [], '404 Not Found'), { uri: 'https://b.org/6' }),
      record(http('', [], '500 Oops'), { uri: 'https://b.org/7' }),
      record(http('', ['Content-Type: text/html']), { uri: 'https://b.org/3', type: 'revisit' }),
    ];
    const file = path.join(folder, 'oracle.warc.gz');
    writeFileSync(file, members(records));
    assert.deepEqual(await compareWithOracles(file), { pages: 3, links: 6, others: 3 });
  });

  itWithData('counts the links of every page in every archive of the data set as parse5 does', 'warc', async (data) => {
    const sum = { archives: 0, pages: 0, links: 0, others: 0 };
    for (const name of readdirSync(data).filter((one) => /\.warc(\.gz)?$/.test(one))) {
      const { pages, links, others } = await compareWithOracles(path.join(data, name));
      sum.archives++;
      sum.pages += pages;
      sum.links += links;
      sum.others += others;
    }
    console.log(`      ${sum.archives} archives, ${sum.pages} pages, ${sum.links} links, ${sum.others} redirects, gone or unchanged`);
    assert.ok(sum.pages >= 118 && sum.links >= 38_000 && sum.others >= 54);
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
async function compareWithOracles(file: string): Promise<{ pages: number; links: number; others: number }> {
  const { captures } = await readAll(file);
  const ours = pages(captures);
  const { pages: theirs, others } = await warcioCaptures(file);
  assert.deepEqual(
    ours.map(({ url }) => url),
    theirs.map(({ url }) => url),
    path.basename(file),
  );
  const answers = captures.filter(({ kind }) => kind !== 'page').map(described);
  assert.deepEqual(
    answers.filter((answer) => !WARCIO_LOSES.has(answer)),
    others,
    path.basename(file),
  );
  let links = 0;
  for (const [at, page] of ours.entries()) {
    if (theirs[at]?.html === '') continue;
    const expected = hyperlinksOf(theirs[at]?.html ?? '', page.url).length;
    assert.equal(
      page.links.filter(({ tag }) => tag === 'a' || tag === 'aimg' || tag === 'area').length,
      expected,
      `${path.basename(file)} ${page.url}`,
    );
    links += expected;
  }
  return { pages: ours.length, links, others: others.length };
}

function described(capture: Capture): string {
  if (capture.kind === 'redirect') return `${capture.redirect.status} ${capture.redirect.url} ${capture.redirect.target}`;
  if (capture.kind === 'gone') return `${capture.gone.status} ${capture.gone.url}`;
  return capture.kind === 'unchanged' ? `revisit ${capture.unchanged.url}` : capture.kind;
}

/** The HTML pages of an archive, and in their order what else says something of a page. */
async function warcioCaptures(file: string): Promise<{ pages: { url: string; html: string }[]; others: string[] }> {
  const found: { url: string; html: string }[] = [];
  const others: string[] = [];
  const { warn } = console;
  console.warn = () => {};
  try {
    for await (const one of new WARCParser(createReadStream(file))) {
      const url = URL.parse((one.warcTargetURI ?? '').replace(/^<|>$/g, ''))?.href;
      const answer = url === undefined || !/^https?:/.test(url) ? null : answerOf(one, url);
      if (answer === 'page') found.push({ url: url ?? '', html: Buffer.from((await one.readFully(true)) ?? []).toString('latin1') });
      else if (answer !== null) others.push(answer);
    }
  } catch {
    // Broken on purpose; what was read before stands.
  } finally {
    console.warn = warn;
  }
  return { pages: found, others };
}

function answerOf({ warcType, httpHeaders }: WARCRecord, url: string): string | null {
  const status = Number(httpHeaders?.statusCode ?? 0);
  if (warcType === 'revisit') return `revisit ${url}`;
  if (warcType !== 'response') return null;
  if (status >= 200 && status < 300) return /html/i.test(httpHeaders?.headers.get('content-type') ?? '') ? 'page' : null;
  if (status === 404 || status === 410) return `${status} ${url}`;
  const target = [301, 302, 303, 307, 308].includes(status) ? URL.parse(httpHeaders?.headers.get('location') ?? '', url) : null;
  return target === null || !/^https?:$/.test(target.protocol) ? null : `${status} ${url} ${target.href}`;
}
