/**
 * Archives to a queryable index: ours, with strength, places, dates and totals, beside the same rows and totals by warcio, cheerio and
 * node:sqlite, on one core (CPU time); and by two workers beside one (the bundled program, on the clock). Copies of real archives, so that it
 * takes a while: half of a crawl of one site with very many links, half of pages from all over the web, as Common Crawl has them.
 * `--only=workers` leaves the peers out.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import { dataPath } from '../../test/support/data.ts';
import { copyArchives } from './archiveCopies.ts';
import { buildByPeers } from './archivesPeer.ts';
import { byTurns, inFolder, option, type Timing, verdict } from './measure.ts';
import { peer } from './peers.ts';

const NONE: Timing = { wall: Number.NaN, cpu: Number.NaN };
/** Times as many archives are added where workers are compared. */
const MORE = 4;
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
  if (!process.argv.includes('--only=workers')) await besidePeers(folder, files);
  // As users run it: the bundled program, started for the one build; and more archives, as crawls are larger than these.
  const fresh = names(folder, 1000);
  const many = [...files, ...manyMore(folder)];
  const [one = NONE, two = NONE] = await byTurns([() => build(fresh(), many, 1), () => build(fresh(), many, 2)], rounds);
  verdict('two workers beside one', `${seconds(one.wall)} and ${seconds(two.wall)} for ${many.length} archives`, one.wall / two.wall, { least: 1.7 });
}

/** A file of its own each time: nothing of an older generation is to be cleared away. */
function names(folder: string, first: number): () => string {
  let number = first;
  return () => path.join(folder, `${number++}.db`);
}

async function besidePeers(folder: string, files: readonly string[]): Promise<void> {
  const cheerio = peer('cheerio');
  const counts = { ours: 0, peers: 0 };
  const fresh = names(folder, 0);
  const ours = async (): Promise<void> => {
    counts.ours = (await buildIndex({ out: fresh(), inputs: files })).info.links;
  };
  const peers = async (): Promise<void> => {
    if (cheerio !== null) counts.peers = await buildByPeers(cheerio, files, fresh());
  };
  const [mine = NONE, theirs = NONE] = await byTurns([ours, peers], rounds);
  const figure = `${seconds(mine.cpu)} for ${counts.ours} links, the peers ${seconds(theirs.cpu)} for ${counts.peers}`;
  if (cheerio === null) console.log(`${files.length} archives: ${seconds(mine.cpu)} for ${counts.ours} links`);
  else verdict('faster than warcio, cheerio and node:sqlite', figure, theirs.cpu / mine.cpu, { least: 5 });
}

function manyMore(folder: string): string[] {
  return copyArchives(parts, folder, MORE * copies, copies);
}

function build(out: string, files: readonly string[], workers: number): void {
  const program = [path.join(import.meta.dirname, '../../dist/cli.js'), 'index', 'build', out, ...files, '--workers', String(workers)];
  const { status, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`the build ended with ${status}: ${stderr}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
