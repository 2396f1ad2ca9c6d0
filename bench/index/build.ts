/**
 * Building an index of 10,000,000 links (`--pages=1000000`; a tenth by default): bytes a link on disk, links a second with summaries and
 * strength beside DuckDB's bulk load of the same rows, and how memory grows. Each job is a process of its own; what the generator
 * takes is measured apart and left out.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { startGeneration } from '../../server/src/linkIndex/sqlite/generationWriter.ts';
import { inFolder, inOwnProcess, median, option, timed, verdict } from './measure.ts';
import { peer } from './peers.ts';
import { SyntheticWeb } from './syntheticWeb.ts';

interface Result {
  readonly links: number;
  /** Milliseconds: the processor's and the clock's. */
  readonly cpu: number;
  readonly wall: number;
  readonly bytes: number;
  /** Most memory that was resident, in MB. */
  readonly megabytes: number;
  readonly phases?: Readonly<Record<string, number>>;
}

const JOBS: Readonly<Record<string, (web: SyntheticWeb, folder: string) => Promise<Omit<Result, 'cpu' | 'wall' | 'megabytes'>>>> = {
  generator: async (web) => {
    let links = 0;
    for (const capture of web.captures()) if (capture.kind === 'page') links += capture.page.links.length;
    return { links, bytes: 0 };
  },
  ours: buildOurs,
  duckdb: loadDuck,
};

const pages = option('pages', 100_000);
const rounds = option('rounds', 3);
const job = process.argv.find((argument) => argument.startsWith('--job='))?.slice('--job='.length);
if (job === undefined) report();
else await doJob(job);

function report(): void {
  const duck = peer('@duckdb/node-api') !== null;
  const names = duck ? ['generator', 'ours', 'duckdb'] : ['generator', 'ours'];
  const results = Array.from({ length: rounds }, () => Object.fromEntries(names.map((name) => [name, run(name, pages)])));
  const middle = (name: string, figure: 'cpu' | 'wall' | 'megabytes'): number =>
    median(results.map((result) => result[name]?.[figure] ?? Number.NaN));
  const [first] = results;
  const { links = 0, bytes = 0, phases = {} } = first?.['ours'] ?? {};
  console.log(`${links} links, ${pages} pages, ${rounds} rounds; the generator takes ${seconds(middle('generator', 'wall'))} (left out)`);
  const rate = (name: string, figure: 'cpu' | 'wall'): number => (links / (middle(name, figure) - middle('generator', figure))) * 1000;
  console.log(`ours: ${seconds(middle('ours', 'wall'))}, ${perSecond(rate('ours', 'wall'))}; ${phaseList(phases)}`);
  if (duck) {
    const figure = `${perSecond(rate('ours', 'wall'))}, DuckDB ${perSecond(rate('duckdb', 'wall'))}`;
    verdict('links/s beside a bulk load into DuckDB', figure, rate('ours', 'wall') / rate('duckdb', 'wall'), { least: 0.35 });
    verdict('the same by CPU time', '', rate('ours', 'cpu') / rate('duckdb', 'cpu'), { least: 0.35 });
  }
  verdict('bytes a link on disk', duck ? `DuckDB ${((first?.['duckdb']?.bytes ?? 0) / links).toFixed(1)}` : '', bytes / links, { most: 100 });
  const quarter = run('ours', Math.ceil(pages / 4)).megabytes;
  const most = middle('ours', 'megabytes');
  verdict('GB of memory', '', most / 1024, { most: 1.5 });
  verdict('growth of memory from a quarter of the pages', `${quarter.toFixed(0)} to ${most.toFixed(0)} MB`, most / quarter, { most: 4 });
}

function run(name: string, size: number): Result {
  return inOwnProcess(import.meta.filename, { job: name, pages: size }) as Result;
}

async function doJob(name: string): Promise<void> {
  const work = JOBS[name];
  if (work === undefined) throw new TypeError(`no job ${name}`);
  await inFolder(async (folder) => {
    const web = new SyntheticWeb(pages);
    let result: Omit<Result, 'cpu' | 'wall' | 'megabytes'> | undefined;
    const timing = await timed(async () => {
      result = await work(web, folder);
    });
    console.log(JSON.stringify({ ...result, ...timing, megabytes: process.resourceUsage().maxRSS / 1024 }));
  });
}

async function buildOurs(web: SyntheticWeb, folder: string): Promise<Omit<Result, 'cpu' | 'wall' | 'megabytes'>> {
  const out = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length);
  const file = out ?? path.join(folder, 'web.db');
  const phases: Record<string, number> = {};
  let [phase, since] = ['reading', performance.now()];
  const enter = (next: string): void => {
    phases[phase] = performance.now() - since;
    [phase, since] = [next, performance.now()];
  };
  const writer = startGeneration(file, () => ({ countryCode: 'DE', country: 'Germany', city: null }), Date.now());
  const input = writer.beginInput('synthetic', 0);
  for (const capture of web.captures()) writer.add(capture, input);
  writer.endInput(input, { note: null, bytes: 0, hash: null });
  const { links } = await writer.finish({ signal: new AbortController().signal, onPhase: enter });
  enter('end');
  return { links, bytes: statSync(databaseOf(file)).size, phases };
}

/** The same rows as they are, one table for pages and one for links, by its fastest way from JavaScript: the appender. */
async function loadDuck(web: SyntheticWeb, folder: string): Promise<Omit<Result, 'cpu' | 'wall' | 'megabytes'>> {
  const duck = peer('@duckdb/node-api');
  if (duck === null) return { links: 0, bytes: 0 };
  const file = path.join(folder, 'web.duckdb');
  const instance = await duck.DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('create table page (url varchar, title varchar, captured integer, ip varchar)');
  await connection.run(
    'create table link (source varchar, target varchar, anchor varchar, position integer, tag varchar, nofollow integer, rel varchar)',
  );
  const pageRows = await connection.createAppender('page');
  const linkRows = await connection.createAppender('link');
  let count = 0;
  for (const capture of web.captures()) {
    if (capture.kind !== 'page') continue;
    const { url, title, capturedAt, ip, links } = capture.page;
    pageRows.appendVarchar(url);
    pageRows.appendVarchar(title ?? '');
    pageRows.appendInteger(Math.floor((capturedAt ?? 0) / 1000));
    pageRows.appendVarchar(ip ?? '');
    pageRows.endRow();
    for (const link of links) {
      linkRows.appendVarchar(url);
      linkRows.appendVarchar(link.url);
      linkRows.appendVarchar(link.text);
      linkRows.appendInteger(link.position ?? 0);
      linkRows.appendVarchar(link.tag);
      linkRows.appendInteger(Number(link.nofollow));
      linkRows.appendVarchar(link.rel.join(' '));
      linkRows.endRow();
      count++;
    }
  }
  linkRows.closeSync();
  pageRows.closeSync();
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
  return { links: count, bytes: statSync(file).size };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function perSecond(rate: number): string {
  return `${Math.round(rate / 1000)}k links/s`;
}

function phaseList(phases: Readonly<Record<string, number>>): string {
  return Object.entries(phases)
    .map(([name, milliseconds]) => `${name} ${seconds(milliseconds)}`)
    .join(', ');
}
