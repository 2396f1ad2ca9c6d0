/**
 * Archives to a queryable index: ours, with strength, places, dates and totals, beside the same rows and totals by warcio, cheerio and
 * node:sqlite, on one core (CPU time); and by two processes beside one (on the clock). Copies of real archives, so that it
 * takes a while: half of a crawl of one site with very many links, half of pages from all over the web, as Common Crawl has them.
 */
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import { dataPath } from '../../test/support/data.ts';
import { copyArchives } from './archiveCopies.ts';
import { buildByPeers } from './archivesPeer.ts';
import { byTurns, inFolder, option, type Timing, verdict } from './measure.ts';
import { peer } from './peers.ts';

const NONE: Timing = { wall: Number.NaN, cpu: Number.NaN };
const rounds = option('rounds', 3);
const copies = option('copies', 6);
const PARTS = [
  { name: 'archivesunleashed__aut__example.warc.gz', times: 1 },
  { name: 'commoncrawl__whirlwind-python__whirlwind.warc.gz', times: 35 },
  { name: 'iipc__jwarc__cc.warc.gz', times: 35 },
  { name: 'N0taN3rd__node-warc__parseMe.warc.gz', times: 35 },
];
const parts = PARTS.flatMap(({ name, times }) => {
  const archive = dataPath('warc', name);
  return archive === null ? [] : [{ archive, times }];
});

if (parts.length === 0) console.log('archives: no data set here (BACKLINK_LENS_DATA)');
else await inFolder((folder) => compare(folder, copyArchives(parts, folder, copies)));

async function compare(folder: string, files: readonly string[]): Promise<void> {
  const cheerio = peer('cheerio');
  const counts = { ours: 0, peers: 0 };
  let number = 0;
  const ours = async (workers: number): Promise<void> => {
    // A file of its own each time: nothing of an older generation is to be cleared away.
    counts.ours = (await buildIndex({ out: path.join(folder, `${++number}.db`), inputs: files, workers })).info.links;
  };
  const peers = async (): Promise<void> => {
    if (cheerio !== null) counts.peers = await buildByPeers(cheerio, files, path.join(folder, `${++number}.db`));
  };
  const [one = NONE, two = NONE, theirs = NONE] = await byTurns([() => ours(1), () => ours(2), peers], rounds);
  console.log(`${files.length} archives, ${counts.ours} links; one process ${seconds(one.wall)}, two ${seconds(two.wall)}`);
  verdict('two workers beside one', '', one.wall / two.wall, { least: 1.7 });
  const figure = `${seconds(one.cpu)} for ${counts.ours} links, the peers ${seconds(theirs.cpu)} for ${counts.peers}`;
  if (cheerio !== null) verdict('faster than warcio, cheerio and node:sqlite', figure, theirs.cpu / one.cpu, { least: 5 });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
