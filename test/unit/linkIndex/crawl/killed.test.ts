/** `kill -9` in the middle of crawls and of the builds behind them: archive and index are whole, and the next run comes to the same pages. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { databaseOf } from '../../../../server/src/linkIndex/generations.ts';
import { readMembers } from '../../../../server/src/linkIndex/ingest/crawl/members.ts';
import { openDatabase } from '../../../../server/src/linkIndex/sqlite/driver.ts';
import { openIndex } from '../../../../server/src/linkIndex/sqlite/openIndex.ts';
import { type Answer, answer, capturesOf, openBench, openSite, page, pagesAsked, type Site } from './site.ts';

const KILLS = 20;
const KILLS_A_CRAWL = 10;
/** Of each of the sites. */
const PAGES = 80;
const CRAWL = path.resolve(import.meta.dirname, '../../../fixtures/linkIndex/crawlOnce.ts');

/** A tree with cross links, redirects and pages that are gone. */
function tree(): Record<string, Answer> {
  const pages: Record<string, Answer> = { '/': page('/p1', '/p2') };
  for (let at = 1; at <= PAGES; at++) {
    const links = [`/p${2 * at + 1}`, `/p${2 * at + 2}`, `/old${at}`, '/', 'https://example.com/'];
    pages[`/p${at}`] = page(...links.filter((link) => !/^\/p(\d+)$/.test(link) || Number(link.slice(2)) <= PAGES));
    if (at % 7 === 0) pages[`/old${at}`] = answer(301, { location: `/p${at}` });
  }
  return pages;
}

function integrity(out: string): unknown {
  const db = openDatabase(databaseOf(out), { readOnly: true });
  const [row] = db.prepare('pragma integrity_check').all();
  db.close();
  return row?.['integrity_check'];
}

async function pagesOf(out: string): Promise<number> {
  const store = openIndex(out);
  const { pages } = await store.info(new AbortController().signal);
  await store.close();
  return pages;
}

describe('crawl, killed', function () {
  this.timeout(120_000);

  it(`comes to the same pages after ${KILLS} kills at any moment, and fetches nothing twice`, async () => {
    const sites = [await openSite(tree()), await openSite(tree())];
    const starts = sites.map(({ origin }) => `${origin}/`);
    const whole = openBench();
    const [reference = ''] = (await whole.crawl(starts)).archives;
    const expected = (await capturesOf(reference)).sort();
    whole.remove();
    const outcomes = { kills: 0, crawls: 0, cutRecords: 0, most: 0 };
    while (outcomes.kills < KILLS) {
      const bench = openBench();
      for (const site of sites) site.asked.length = 0;
      const { kills, cuts } = await crawlUnderFire(bench.out, sites, outcomes.kills);
      outcomes.kills += kills;
      outcomes.cutRecords += cuts;
      outcomes.crawls++;
      const archives = readdirSync(bench.folder).filter((name) => name.endsWith('.warc.gz'));
      assert.equal(archives.length, 1);
      assert.deepEqual((await capturesOf(path.join(bench.folder, archives[0] ?? ''))).sort(), expected);
      assert.equal(await pagesOf(bench.out), 2 * (PAGES + 1));
      const asked = sites.flatMap((site) => pagesAsked(site).map((path) => site.origin + path));
      // What was on its way or not yet written when a process died is asked for again, nothing else.
      outcomes.most = Math.max(outcomes.most, asked.length - new Set(asked).size);
      assert.ok(asked.length - new Set(asked).size <= kills * 8, `${asked.length - new Set(asked).size} again after ${kills} kills`);
      assert.deepEqual(
        readdirSync(bench.folder).filter((name) => name.endsWith('.unfinished')),
        [],
      );
      bench.remove();
    }
    await Promise.all(sites.map((site) => site.close()));
    console.log(
      `      ${outcomes.kills} kills in ${outcomes.crawls} crawls; ${outcomes.cutRecords} left a record cut; at most ${outcomes.most} URLs asked for again`,
    );
  });
});

/** Starts the crawl again and again until it comes through, killing it at moments that differ. */
async function crawlUnderFire(out: string, sites: readonly Site[], seed: number): Promise<{ kills: number; cuts: number }> {
  let cuts = 0;
  for (let kills = 0; ; kills++) {
    const child = spawn(process.execPath, [CRAWL, out, ...sites.map(({ origin }) => `${origin}/`)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    await once(child.stdout, 'data');
    if (kills < KILLS_A_CRAWL) {
      await Promise.race([ended, momentOf(sites, seed + kills)]);
      child.kill('SIGKILL');
    }
    const [code, signal] = (await ended) as [number | null, string | null];
    for (const name of readdirSync(path.dirname(out)).filter((one) => one.endsWith('.warc.gz')))
      cuts += await cutBytes(path.join(path.dirname(out), name));
    if (existsSync(out)) assert.equal(integrity(out), 'ok');
    if (signal !== null) continue;
    assert.equal(code, 0);
    return { kills, cuts };
  }
}

/** After some requests and a few milliseconds more; where nothing is left to ask for, in the middle of the build. */
async function momentOf(sites: readonly Site[], at: number): Promise<void> {
  const asked = (): number => sites.reduce((sum, site) => sum + site.asked.length, 0);
  const before = asked();
  const wanted = before + 3 + ((at * 7) % 30);
  let quiet = 0;
  for (let known = before; asked() < wanted && quiet < 30; known = asked()) {
    await wait(5);
    quiet = asked() > before && asked() === known ? quiet + 1 : 0;
  }
  await wait((at * 7) % 12);
}

/** 1 when the last record of an archive is cut. */
async function cutBytes(file: string): Promise<number> {
  let end = 0;
  for await (const member of readMembers(file, new AbortController().signal)) ({ end } = member);
  return end === statSync(file).size ? 0 : 1;
}
