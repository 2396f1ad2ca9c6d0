/** `index add` from archives to rows: what is in stays in, what is damaged is kept as far as it goes, and the order of files makes no difference. */
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { addToIndex } from '../../../server/src/linkIndex/ingest/add.ts';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { itWithData } from '../../support/data.ts';
import { emptyFolders, rowsOf, written } from './support.ts';
import { contentOf, integrityOf, tablesOf } from './tables.ts';
import { members, pageRecord } from './warcFixture.ts';

const NOW = Date.UTC(2026, 10, 23);

/** What an index holds, whichever way its inputs came into it. */
function sorted(file: string): unknown {
  const { pages, links, info, inputs } = tablesOf(file);
  const text = (value: unknown): string => JSON.stringify(value);
  return { pages, links, info, inputs: inputs.map(text).sort() };
}

describe('index add, from archives', function () {
  this.timeout(180_000);
  const folder = emptyFolders('add-archives');

  const first = (place: string): string =>
    written(
      place,
      'first.warc.gz',
      members([pageRecord('https://b.org/', ['https://a.com/', 'https://a.com/old']), pageRecord('https://c.net/', ['https://a.com/'])]),
    );
  const second = (place: string): string =>
    written(
      place,
      'second.warc.gz',
      members([
        pageRecord('https://b.org/', ['https://a.com/', 'https://a.com/new'], { date: '2026-11-08T12:00:00Z' }),
        pageRecord('https://d.org/', ['https://a.com/'], { date: '2026-11-08T12:00:00Z' }),
      ]),
    );

  it('keeps dates, tells new from lost, and computes strengths anew', async () => {
    const place = folder();
    const out = path.join(place, 'web.db');
    await buildIndex({ out, inputs: [first(place)], now: NOW });
    const { info, added } = await addToIndex({ out, inputs: [second(place)], now: NOW });
    assert.equal(added, 1);
    assert.match(info.generation, /^g2\.[0-9a-f]+$/);
    const { rows } = await rowsOf(out, 'a.com');
    const dated = rows.map(({ sourceUrl, targetUrl, firstSeen, lastSeen }) => `${sourceUrl} ${targetUrl} ${firstSeen} ${lastSeen}`);
    assert.deepEqual(dated.sort(), [
      'https://b.org/ https://a.com/ 2026-11-01 2026-11-08',
      'https://b.org/ https://a.com/new 2026-11-08 2026-11-08',
      'https://c.net/ https://a.com/ 2026-11-01 2026-11-01',
      'https://d.org/ https://a.com/ 2026-11-08 2026-11-08',
    ]);
    const once = path.join(folder(), 'web.db');
    await buildIndex({ out: once, inputs: [first(place), second(place)], now: NOW });
    assert.equal(contentOf(out), contentOf(once));
  });

  it('passes over what is in, also under another name, and says so', async () => {
    const place = folder();
    const out = path.join(place, 'web.db');
    await buildIndex({ out, inputs: [first(place)], now: NOW });
    const copy = path.join(place, 'copy.warc.gz');
    copyFileSync(first(place), copy);
    const before = readFileSync(databaseOf(out));
    const { skipped, added, info } = await addToIndex({ out, inputs: [first(place), copy], now: NOW });
    assert.equal(added, 0);
    assert.equal(skipped.length, 2);
    assert.match(skipped[1]?.message ?? '', /copy\.warc\.gz: already in the index/);
    assert.match(info.generation, /^g1\.[0-9a-f]+$/);
    assert.ok(readFileSync(databaseOf(out)).equals(before), 'not a byte has changed');
  });

  it('keeps what stands before the end of a cut archive, says where, and takes the whole one later', async () => {
    const place = folder();
    const out = path.join(place, 'web.db');
    await buildIndex({ out, inputs: [first(place)], now: NOW });
    const records = Array.from({ length: 40 }, (_, at) => pageRecord(`https://site${at}.org/`, ['https://a.com/'], { date: '2026-11-08T12:00:00Z' }));
    const whole = members(records);
    const cut = written(place, 'cut.warc.gz', whole.subarray(0, Math.floor(whole.length * 0.6)));
    const { problems } = await addToIndex({ out, inputs: [cut], now: NOW });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['input.truncated'],
    );
    const kept = (await rowsOf(out, 'a.com')).rows.filter(({ sourceUrl }) => sourceUrl.includes('site')).length;
    assert.ok(kept > 10 && kept < 40, String(kept));
    const again = contentOf(out);
    await addToIndex({ out, inputs: [cut], now: NOW });
    assert.equal(contentOf(out), again);
    writeFileSync(cut, whole);
    await addToIndex({ out, inputs: [cut], now: NOW });
    assert.equal((await rowsOf(out, 'a.com')).rows.filter(({ sourceUrl }) => sourceUrl.includes('site')).length, 40);
    assert.equal(integrityOf(out), 'ok');
  });

  it('leaves the index alone where an input is no archive', async () => {
    const place = folder();
    const out = path.join(place, 'web.db');
    await buildIndex({ out, inputs: [first(place)], now: NOW });
    const before = contentOf(out);
    const notes = written(place, 'notes.warc', Buffer.from('Dear diary, today I did not crawl anything.\n'.repeat(50)));
    await assert.rejects(addToIndex({ out, inputs: [notes], now: NOW }), { code: 'input.not-an-archive' });
    assert.equal(contentOf(out), before);
    assert.match((await rowsOf(out, 'a.com')).generation ?? '', /^g1\.[0-9a-f]+$/);
    assert.deepEqual(readdirSync(place).sort(), ['first.warc.gz', 'notes.warc', 'web.db', 'web.db.g000001']);
  });

  itWithData('gives with the archives of the data set one after the other what one build gives', 'warc', async (data) => {
    const archives = readdirSync(data)
      .filter((name) => /\.warc(?:\.gz)?$/.test(name))
      .map((name) => path.join(data, name));
    const once = path.join(folder(), 'web.db');
    const added = path.join(folder(), 'web.db');
    await buildIndex({ out: once, inputs: archives, now: NOW });
    await buildIndex({ out: added, inputs: archives.slice(0, 1), now: NOW });
    for (const archive of archives.slice(1)) await addToIndex({ out: added, inputs: [archive], now: NOW, strength: archive === archives.at(-1) });
    const { info, links } = tablesOf(added);
    assert.deepEqual(sorted(added), sorted(once));
    console.log(`      ${archives.length} archives, ${String(info['pages'])} pages, ${links.length} links`);
  });
});
