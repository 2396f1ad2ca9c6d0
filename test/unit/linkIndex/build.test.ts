/** Building as a whole: what comes out of real and of bad input, and that the old index survives everything that goes wrong. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import type { IngestOptions } from '../../../server/src/linkIndex/ingest/options.ts';
import type { BuildProgress } from '../../../server/src/linkIndex/ingest/progress.ts';
import { buildIndexInWorker } from '../../../server/src/linkIndex/ingest/runInWorker.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { BacklinkLensError, type ErrorCode } from '../../../server/src/util/errors.ts';
import type { Backlink } from '../../../shared/backlinks.ts';
import { itWithData } from '../../support/data.ts';
import { emptyFolders, rowsOf, written } from './support.ts';
import { members, pageRecord, record } from './warcFixture.ts';

const signal = new AbortController().signal;

describe('index build', function () {
  this.timeout(60_000);

  const emptyFolder = emptyFolders('build');
  const rejectsWith = (options: IngestOptions, code: ErrorCode, ...words: string[]): Promise<void> =>
    assert.rejects(buildIndex(options), (error) => BacklinkLensError.is(error, code) && words.every((word) => error.message.includes(word)));

  it('fills all fields of a row from an archive', async () => {
    const folder = emptyFolder();
    const body =
      '<title>Grüße</title><a href="/in">in</a><a rel="nofollow ugc" href="https://www.a.com/x?utm_source=b#top"><img alt="Logo" src=l.png></a>';
    const file = written(
      folder,
      'one.warc.gz',
      members([
        record(`HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${body}`, { uri: 'http://www.b.org/p?x=1', ip: '88.198.0.1' }),
      ]),
    );
    const out = path.join(folder, 'web.db');
    const { info, problems } = await buildIndex({ out, inputs: [file] });
    assert.deepEqual(problems, []);
    const { rows, generation } = await rowsOf(out, 'a.com/x');
    assert.equal(generation, info.generation);
    assert.deepEqual(rows, [
      {
        sourceUrl: 'http://www.b.org/p?x=1',
        title: 'Grüße',
        anchorText: 'Logo',
        externalLinks: 1,
        internalLinks: 1,
        totalLinks: 2,
        strength: { basis: 'index', value: 0, population: 3 },
        position: 2,
        targetUrl: 'https://www.a.com/x?utm_source=b#top',
        tag: 'aimg',
        nofollow: true,
        rel: ['nofollow', 'ugc'],
        ip: '88.198.0.1',
        countryCode: 'DE',
        country: 'Germany',
        city: null,
        firstSeen: '2026-11-01',
        lastSeen: '2026-11-01',
        lost: null,
      } satisfies Backlink,
    ]);
  });

  it('reports pages, links and bytes as it goes, and the phases in order', async () => {
    const folder = emptyFolder();
    const inputs = [1, 2].map((n) =>
      written(
        folder,
        `${n}.warc`,
        Buffer.concat(Array.from({ length: 50 }, (_, at) => pageRecord(`https://b${n}.org/${at}`, ['/x', 'https://a.com/']))),
      ),
    );
    const seen: BuildProgress[] = [];
    const { info } = await buildIndexInWorker({ out: path.join(folder, 'web.db'), inputs, onProgress: (progress) => seen.push(progress) });
    assert.deepEqual([...new Set(seen.map(({ phase }) => phase))], ['reading', 'strength', 'writing']);
    const last = seen.at(-1);
    assert.deepEqual([last?.pages, last?.links, last?.bytes], [100, 200, last?.totalBytes]);
    for (const [at, one] of seen.slice(1).entries()) assert.ok(one.pages >= (seen[at]?.pages ?? 0) && one.bytes >= (seen[at]?.bytes ?? 0));
    assert.deepEqual([info.pages, info.links, info.inputs.map(({ pages }) => pages)], [100, 200, [50, 50]]);
  });

  it('leaves nothing beside the pointer and its generation', async () => {
    const folder = emptyFolder();
    const input = written(emptyFolder(), 'a.warc', pageRecord('https://b.org/', []));
    const out = path.join(folder, 'web.db');
    for (const generation of ['web.db.g000001', 'web.db.g000002', 'web.db.g000003']) {
      await buildIndex({ out, inputs: [input] });
      assert.deepEqual(readdirSync(folder).sort(), ['web.db', generation]);
    }
  });

  describe('bad input', () => {
    it('says what is missing or unreadable', async () => {
      const folder = emptyFolder();
      const out = path.join(folder, 'web.db');
      await rejectsWith({ out, inputs: [] }, 'usage.invalid');
      await rejectsWith({ out, inputs: [path.join(folder, 'nowhere.warc')] }, 'input.unreadable', 'nowhere.warc');
      await rejectsWith({ out, inputs: [written(folder, 'page.html', Buffer.from('<html>'))] }, 'input.not-an-archive', 'page.html');
      await rejectsWith({ out, inputs: [written(folder, 'empty.warc', Buffer.alloc(0))] }, 'input.not-an-archive', 'empty.warc');
      await rejectsWith({ out, inputs: [emptyFolder()] }, 'usage.invalid', '--base-url');
      await rejectsWith({ out, inputs: [emptyFolder()], baseUrl: 'nonsense' }, 'usage.invalid', '--base-url');
      await rejectsWith(
        { out, inputs: [emptyFolder()], baseUrl: 'https://b.org/', geoDatabase: path.join(folder, 'none.mmdb') },
        'input.unreadable',
        'none.mmdb',
      );
      assert.ok(!existsSync(out) && readdirSync(folder).every((name) => !name.startsWith('web.db')));
    });

    it('makes an empty index of an empty site', async () => {
      const out = path.join(emptyFolder(), 'web.db');
      const { info } = await buildIndex({ out, inputs: [emptyFolder()], baseUrl: 'https://b.org/' });
      assert.deepEqual([info.pages, info.links, info.knownUrls, info.firstCapture, info.strength], [0, 0, 0, null, null]);
    });

    it('keeps and counts what came before the damage, and says where it is', async () => {
      const folder = emptyFolder();
      const whole = members(Array.from({ length: 30 }, (_, at) => pageRecord(`https://b.org/${at}`, ['https://a.com/'])));
      const good = written(folder, 'good.warc.gz', members([pageRecord('https://c.net/', ['https://a.com/'])]));
      const cut = written(folder, 'cut.warc.gz', whole.subarray(0, Math.floor(whole.length * 0.7)));
      const junk = written(folder, 'junk.warc.gz', gzipSync('no archive'));
      const out = path.join(folder, 'web.db');
      const { info, problems } = await buildIndex({ out, inputs: [cut, junk, good] });
      assert.deepEqual(
        problems.map(({ input, code }) => [path.basename(input), code]),
        [
          ['cut.warc.gz', 'input.truncated'],
          ['junk.warc.gz', 'input.not-an-archive'],
        ],
      );
      assert.ok((info.inputs[0]?.pages ?? 0) >= 20 && info.inputs[0]?.note?.includes('cut.warc.gz'));
      assert.equal((await rowsOf(out, 'a.com')).total, info.pages);
    });

    it("refuses a place it cannot write to, and somebody else's file", async () => {
      const folder = emptyFolder();
      const input = written(folder, 'a.warc', pageRecord('https://b.org/', []));
      await rejectsWith({ out: path.join(input, 'web.db'), inputs: [input] }, 'index.not-writable', 'web.db');
      await rejectsWith({ out: '/proc/web.db', inputs: [input] }, 'index.not-writable', '/proc/web.db');
      await rejectsWith(
        { out: path.join(folder, 'no', 'such', 'folder', 'web.db'), inputs: [input] },
        'index.not-writable',
        path.join('no', 'such', 'folder', 'web.db'),
      );
      const letter = written(folder, 'letter.txt', Buffer.from('Dear Ada,'));
      await rejectsWith({ out: letter, inputs: [input] }, 'usage.invalid', 'letter.txt');
      assert.equal(readFileSync(letter, 'utf8'), 'Dear Ada,');
    });

    it('lets one build at a time write an index', async () => {
      const folder = emptyFolder();
      const input = written(folder, 'a.warc', Buffer.concat(Array.from({ length: 200 }, (_, at) => pageRecord(`https://b.org/${at}`, ['/x']))));
      const out = path.join(folder, 'web.db');
      const outcomes = await Promise.allSettled([
        buildIndex({ out, inputs: [input] }),
        buildIndexInWorker({ out, inputs: [input] }),
        buildIndex({ out, inputs: [input] }),
      ]);
      const busy = outcomes.filter((outcome) => outcome.status === 'rejected' && BacklinkLensError.is(outcome.reason, 'index.busy'));
      assert.ok(busy.length >= 1 && outcomes.some(({ status }) => status === 'fulfilled'), JSON.stringify(outcomes));
      await buildIndex({ out, inputs: [input] });
    });
  });

  describe('an abort', () => {
    for (const [name, build] of [
      ['in place', buildIndex],
      ['in a worker', buildIndexInWorker],
    ] as const) {
      it(`leaves the old index and nothing else, ${name}`, async () => {
        const folder = emptyFolder();
        const old = written(emptyFolder(), 'old.warc', pageRecord('https://old.org/', ['https://a.com/']));
        const long = written(
          emptyFolder(),
          'long.warc',
          Buffer.concat(Array.from({ length: 2000 }, (_, at) => pageRecord(`https://b.org/${at}`, ['https://a.com/']))),
        );
        const out = path.join(folder, 'web.db');
        const { generation } = await buildIndex({ out, inputs: [old] });
        for (const at of [1, 5, 20]) {
          const abort = new AbortController();
          let reports = 0;
          const onProgress = (): void => {
            if (++reports === at) abort.abort();
          };
          await assert.rejects(build({ out, inputs: [long], signal: abort.signal, onProgress }), { name: 'AbortError' });
          assert.deepEqual(readdirSync(folder).sort(), ['web.db', 'web.db.g000001']);
        }
        assert.equal((await rowsOf(out, 'a.com')).generation, generation);
        await assert.rejects(build({ out, inputs: [old], signal: AbortSignal.abort() }), { name: 'AbortError' });
      });
    }
  });

  itWithData('the archive of archive.org of 2008', 'warc/archivesunleashed__aut__example.warc.gz', async (file) => {
    const out = path.join(emptyFolder(), 'web.db');
    const { info, problems } = await buildIndex({ out, inputs: [file] });
    assert.deepEqual(problems, []);
    assert.deepEqual([info.pages, info.links, info.links - info.internalLinks, info.firstCapture], [94, 37_868, 286, '2008-04-30']);
    const store = openIndex(out);
    const domains = openDatabase(databaseOf(out), { readOnly: true }).prepare('select name from domain').all();
    let external = 0;
    for (const { name } of domains) {
      const target = parseTarget(String(name));
      assert.ok(target);
      external += (await store.rows({ target, limit: 10, offset: 0, internal: 'exclude' }, signal)).total ?? 0;
    }
    await store.close();
    assert.equal(external, 286);
    console.log(`      ${info.pages} pages, ${info.links} links, ${external} external, ${info.knownUrls} URLs known`);
  });
});
