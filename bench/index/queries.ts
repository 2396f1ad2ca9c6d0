/**
 * Build and queries on a synthetic web (`--pages=N`, 100,000 unless told): links a second, bytes a link, and pages of rows against a bare
 * prepared statement on the same file, which gives the same rows without our mapping.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import { startGeneration } from '../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { IndexInfo } from '../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../server/src/urls/targets.ts';
import type { Target } from '../../shared/backlinks.ts';
import { SyntheticWeb } from './syntheticWeb.ts';

const BARE = `select l.*, p.*, a.text, t.key from (select id from link where target_domain = ? and state = 0 order by id limit ? offset ?) k
  join link l on l.id = k.id join page p on p.id = l.source join page t on t.id = l.target join anchor a on a.id = l.anchor order by l.id`;

const pages = Number(process.argv.find((argument) => argument.startsWith('--pages='))?.slice('--pages='.length) ?? 100_000);
const signal = new AbortController().signal;
const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-bench-'));
const web = new SyntheticWeb(pages);

try {
  const file = path.join(folder, 'web.db');
  await buildFigures(file);
  await rowFigures(file);
  await summaryFigures(file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function buildFigures(file: string): Promise<void> {
  const started = performance.now();
  const writer = startGeneration(file, () => ({ countryCode: 'DE', country: 'Germany', city: null }), Date.now());
  const input = writer.beginInput('synthetic', 0);
  for (const capture of web.captures()) writer.add(capture, input);
  writer.endInput(input, { note: null, bytes: 0, hash: null });
  const read = performance.now();
  const info = await writer.finish({ signal, onPhase() {} });
  printBuild(info, read - started, performance.now() - read, statSync(databaseOf(file)).size);
}

function printBuild({ links, knownUrls, strength }: IndexInfo, reading: number, finishing: number, bytes: number): void {
  const seconds = (reading + finishing) / 1000;
  console.log(
    `build      ${links} links, ${knownUrls} pages in ${seconds.toFixed(1)} s: ${Math.round(links / seconds)} links/s (with the generator's work)`,
  );
  console.log(
    `           reading ${(reading / 1000).toFixed(1)} s; strength (${strength?.iterations} iterations), tables, totals ${(finishing / 1000).toFixed(1)} s`,
  );
  console.log(`           ${(bytes / links).toFixed(1)} bytes a link; at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory`);
}

async function rowFigures(file: string): Promise<void> {
  const store = openIndex(file);
  const db = openDatabase(databaseOf(file), { readOnly: true });
  const bare = db.prepare(BARE);
  for (const number of [0, web.domains - 1]) {
    const target = targetOf(web.domain(number));
    const id = Number(db.prepare('select id from domain where name = ?').get(target.name)?.['id']);
    const { total } = await store.rows({ target, limit: 10, offset: 0, internal: 'exclude' }, signal);
    const deep = Math.floor(((total ?? 0) * 0.9) / 250) * 250;
    for (const [limit, offset] of [
      [50, 0],
      [250, 0],
      [250, deep],
    ] as const) {
      const ours = await median(() => store.rows({ target, limit, offset, internal: 'exclude' }, signal));
      const theirs = await median(() => bare.all(id, limit, offset));
      const ratio = `${(ours / theirs).toFixed(2)} x a bare statement's ${theirs.toFixed(2)} ms`;
      console.log(`rows       ${limit} of ${total} at ${offset}: ${ours.toFixed(2)} ms, ${ratio}`);
    }
  }
  db.close();
  await store.close();
}

async function summaryFigures(file: string): Promise<void> {
  const store = openIndex(file);
  const heavy = await median(() => store.summaries([targetOf(web.domain(0))], signal));
  const targets = Array.from({ length: 1000 }, (_, at) => targetOf(web.url((at * 97) % pages)));
  const many = await median(() => store.summaries(targets, signal), 5);
  console.log(`summaries  the heaviest domain ${heavy.toFixed(2)} ms, 1,000 pages ${many.toFixed(0)} ms`);
  await store.close();
}

async function median(run: () => unknown, times = 21): Promise<number> {
  const samples: number[] = [];
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    await run();
    samples.push(performance.now() - started);
  }
  return samples.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

function targetOf(text: string): Target {
  const target = parseTarget(text);
  if (target === null) throw new TypeError(`no target: ${text}`);
  return target;
}
