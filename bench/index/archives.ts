/**
 * Archives to a queryable index: ours, with strength, places and totals, against the same links put into a table by warcio, parse5 and
 * node:sqlite, which has none of these. CPU time of one core, the best of three.
 */
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { WARCParser } from 'warcio';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import { dataPath } from '../../test/support/data.ts';

const ROUNDS = 3;
const data = dataPath('warc');
const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-bench-'));

try {
  if (data === null) console.log('archives: no data set here (BACKLINK_LENS_DATA)');
  else
    await compare(
      readdirSync(data)
        .filter((name) => /\.warc(?:\.gz)?$/.test(name))
        .map((name) => path.join(data, name)),
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(files: readonly string[]): Promise<void> {
  const ours = { name: 'backlink-lens', milliseconds: Number.POSITIVE_INFINITY, links: 0 };
  const peer = { name: 'warcio + parse5 + node:sqlite', milliseconds: Number.POSITIVE_INFINITY, links: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    await timed(ours, async () => (await buildIndex({ out: path.join(folder, 'ours.db'), inputs: files })).info.links);
    await timed(peer, () => buildByPeers(files, path.join(folder, `peer${round}.db`)));
  }
  for (const { name, milliseconds, links } of [ours, peer])
    console.log(`${name.padEnd(30)} ${milliseconds.toFixed(0).padStart(7)} ms CPU  ${links} links`);
  console.log(`${(peer.milliseconds / ours.milliseconds).toFixed(1)} x as fast as the peers`);
}

async function timed(figure: { milliseconds: number; links: number }, run: () => Promise<number>): Promise<void> {
  const before = process.cpuUsage();
  figure.links = await run();
  const { user, system } = process.cpuUsage(before);
  figure.milliseconds = Math.min(figure.milliseconds, (user + system) / 1000);
}

async function buildByPeers(files: readonly string[], out: string): Promise<number> {
  const db = openDatabase(out);
  db.exec('pragma journal_mode = off; pragma synchronous = off; create table link (source text, target text, anchor text, rel text); begin');
  const insert = db.prepare('insert into link values (?, ?, ?, ?)');
  let links = 0;
  for (const file of files) {
    for await (const { url, html } of pagesOf(file)) {
      for (const { href, text, rel } of linksOf(parse(html, { scriptingEnabled: false }))) {
        const target = URL.parse(href, url);
        if (target === null || !/^https?:$/.test(target.protocol)) continue;
        insert.run(url, target.href, text, rel);
        links++;
      }
    }
  }
  db.exec('create index by_target on link (target); commit');
  db.close();
  return links;
}

async function* pagesOf(file: string): AsyncGenerator<{ url: string; html: string }, void, void> {
  console.warn = () => {};
  try {
    for await (const record of new WARCParser(createReadStream(file))) {
      const status = Number(record.httpHeaders?.statusCode ?? 0);
      const type = record.httpHeaders?.headers.get('content-type') ?? '';
      if (record.warcType !== 'response' || status < 200 || status > 299 || !/html/i.test(type)) continue;
      yield { url: (record.warcTargetURI ?? '').replace(/^<|>$/g, ''), html: await record.contentText() };
    }
  } catch {
    // Broken archives end here for the peers.
  }
}

function* linksOf(node: Tree.Node): Generator<{ href: string; text: string; rel: string | null }, void, void> {
  if ('tagName' in node && (node.tagName === 'a' || node.tagName === 'area')) {
    const attribute = (name: string): string | null => node.attrs.find((one) => one.name === name)?.value ?? null;
    const href = attribute('href');
    if (href !== null) yield { href, text: textOf(node).trim(), rel: attribute('rel') };
  }
  if ('childNodes' in node) for (const child of node.childNodes) yield* linksOf(child);
}

function textOf(node: Tree.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
