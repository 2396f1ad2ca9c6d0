/**
 * Replacing one page's links in an index of 1,000,000 links (`--pages=100000`), each page a transaction of its own, beside LMDB doing the same;
 * and whether the summaries of every touched page are right at the next read, which is timed.
 */
import path from 'node:path';
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { startAdding } from '../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import { pageKey } from '../../server/src/urls/keys.ts';
import { percentile } from '../scan/measure.ts';
import { inFolder, inOwnProcess, median, option, timed, verdict } from './measure.ts';
import { peer } from './peers.ts';
import { targetOf } from './queriesScopes.ts';
import { LmdbIndex } from './replacePeer.ts';
import { SyntheticWeb } from './syntheticWeb.ts';

const pages = option('pages', 100_000);
const replaced = option('replaced', 200);
const signal = new AbortController().signal;
const web = new SyntheticWeb(pages);

await inFolder(async (folder) => {
  const index = path.join(folder, 'web.db');
  inOwnProcess(path.join(import.meta.dirname, 'build.ts'), { job: 'ours', pages, out: index });
  const lmdb = peer('lmdb');
  const theirs = lmdb === null ? null : new LmdbIndex(lmdb, folder);
  theirs?.fill(index);
  await replaceAll(index, theirs);
  await theirs?.close();
});

async function replaceAll(index: string, theirs: LmdbIndex | null): Promise<void> {
  const writer = startAdding(index, () => ({ countryCode: 'DE', country: 'Germany', city: null }));
  const store = openIndex(index);
  const db = openDatabase(databaseOf(index), { readOnly: true });
  const count = db.prepare('select count(*) as n from link l join page t on t.id = l.target where t.key = ? and l.state = 0');
  const times: { ours: number[]; peers: number[]; reads: number[] } = { ours: [], peers: [], reads: [] };
  let [right, asked] = [0, 0];
  for (let at = 0; at < replaced; at++) {
    const page = web.page(Math.floor(((at + 0.5) * pages) / replaced), 1);
    const run = (): void => {
      const input = writer.beginInput(page.url, 0);
      writer.add({ kind: 'page', page }, input);
      writer.endInput(input, { note: null, bytes: 0, hash: null });
    };
    times.ours.push((await timed(run)).wall);
    if (theirs !== null) times.peers.push((await timed(() => theirs.replace(page))).wall);
    const touched = [...new Set(page.links.map(({ url }) => url))];
    times.reads.push((await timed(() => store.summaries(touched.map(targetOf), signal))).wall);
    const summaries = await store.summaries(touched.map(targetOf), signal);
    asked += touched.length;
    for (const [place, { backlinks }] of summaries.entries()) if (backlinks === count.get(pageKey(touched[place] ?? ''))?.['n']) right++;
  }
  await writer.finish({ signal, onPhase() {} });
  db.close();
  await store.close();
  print(times, right, asked);
}

function print({ ours, peers, reads }: { ours: number[]; peers: number[]; reads: number[] }, right: number, asked: number): void {
  const spread = (values: readonly number[]): string => `${median(values).toFixed(2)} ms (p99 ${percentile(values, 99).toFixed(1)})`;
  const figure = `${spread(ours)} a page${peers.length === 0 ? '' : `, LMDB ${spread(peers)}`}`;
  if (peers.length === 0) console.log(`replacing a page's links: ${figure}`);
  else verdict("replacing a page's links beside LMDB", figure, median(ours) / median(peers), { most: 2 });
  verdict('touched summaries that are right at the next read', `${right} of ${asked}, ${spread(reads)} a page's`, right / asked, { least: 1 });
}
