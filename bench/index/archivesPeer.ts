/**
 * What somebody would write with warcio, cheerio and node:sqlite for the same index: every hyperlink of every page with the contract's fields,
 * in a table with an index a scope, and the totals of every page, host and domain. Strength, places, dates and page keys are left out.
 */
import { createReadStream } from 'node:fs';
import { parse } from 'tldts';
import { WARCParser } from 'warcio';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import type { Cheerio, CheerioDocument } from './peers.ts';

const TABLES = `
  pragma journal_mode = off; pragma synchronous = off;
  create table page (id integer primary key, url text, title text, ip text, external integer, internal integer);
  create table link (source integer, target text, target_host text, target_domain text, source_domain text, anchor text, tag text, position integer,
    nofollow integer, rel text, internal integer);
  begin`;

const SCOPES = ['target', 'target_host', 'target_domain'];

interface PeerLink {
  readonly url: URL;
  readonly text: string;
  readonly tag: string;
  readonly rel: string;
}

/** @returns the links written */
export async function buildByPeers(cheerio: Cheerio, files: readonly string[], out: string): Promise<number> {
  // warcio tells at length what it thinks of some records.
  console.warn = () => {};
  const db = openDatabase(out);
  db.exec(TABLES);
  const addPage = db.prepare('insert into page values (?, ?, ?, ?, ?, ?)');
  const addLink = db.prepare('insert into link values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  let [pages, count] = [0, 0];
  for (const file of files) {
    for await (const { url, html, ip } of pagesOf(file)) {
      const document = cheerio.load(html);
      const domain = domainOf(new URL(url));
      let external = 0;
      const links = linksOf(document, url);
      pages++;
      for (const [at, link] of links.entries()) {
        const target = domainOf(link.url);
        const internal = Number(target === domain);
        external += 1 - internal;
        const nofollow = Number(/\b(nofollow|ugc|sponsored)\b/i.test(link.rel));
        addLink.run(pages, link.url.href, link.url.hostname, target, domain, link.text, link.tag, at + 1, nofollow, link.rel, internal);
      }
      addPage.run(pages, url, document('title').first().text().trim(), ip, external, links.length - external);
      count += links.length;
    }
  }
  for (const scope of SCOPES) {
    db.exec(`create index by_${scope} on link (${scope}, internal);
      create table total_${scope} as select ${scope} as name, sum(1 - internal) as links, sum(internal) as internal,
        count(distinct case when internal = 0 then source end) as pages, count(distinct case when internal = 0 then source_domain end) as domains,
        sum(internal = 0 and nofollow = 0) as followed from link group by ${scope}`);
  }
  db.exec('commit');
  db.close();
  return count;
}

async function* pagesOf(file: string): AsyncGenerator<{ url: string; html: string; ip: string | null }, void, void> {
  for await (const record of new WARCParser(createReadStream(file))) {
    const status = Number(record.httpHeaders?.statusCode ?? 0);
    const type = record.httpHeaders?.headers.get('content-type') ?? '';
    if (record.warcType !== 'response' || status < 200 || status > 299 || !/html/i.test(type)) continue;
    const url = (record.warcTargetURI ?? '').replace(/^<|>$/g, '');
    yield { url, html: await record.contentText(), ip: record.warcHeader('WARC-IP-Address') ?? null };
  }
}

function linksOf(document: CheerioDocument, page: string): PeerLink[] {
  const base = URL.parse(document('base').first().attr('href') ?? '', page)?.href ?? page;
  const links: PeerLink[] = [];
  document('a[href], area[href], iframe[src], frame[src], form[action]').each((_, element) => {
    const item = document(element);
    const url = URL.parse(item.attr('href') ?? item.attr('src') ?? item.attr('action') ?? '', base);
    if (url === null || !/^https?:$/.test(url.protocol)) return;
    const text = item.text().replace(/\s+/g, ' ').trim();
    const image = text === '' && item.is('a') ? item.find('img').first() : null;
    const tag = ['area', 'iframe', 'frame', 'form'].find((name) => item.is(name)) ?? (image !== null && image.length > 0 ? 'aimg' : 'a');
    links.push({ url, text: text || (image?.attr('alt') ?? ''), tag, rel: item.attr('rel') ?? '' });
  });
  return links;
}

function domainOf(url: URL): string {
  return parse(url.hostname, { allowPrivateDomains: true }).domain ?? url.hostname;
}
