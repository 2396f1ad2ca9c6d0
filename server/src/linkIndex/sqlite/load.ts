/** The tables of a generation that stay small beside its pages and links, filled by SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import { CAPTURED } from './build/captureColumns.ts';
import type { Generation } from './build/generation.ts';
import { WRITTEN_INDEXES } from './build/largeTables.ts';
import { PAUSE_EVERY, type Pause } from './build/pause.ts';
import { hostsAbove } from './numbering.ts';
import { INDEXES, LOST_REASONS } from './schema.ts';

/** Makes the indexes that are written as trees, empty. */
export function beginIndexes(db: DatabaseSync): void {
  for (const { name, sql } of indexes()) if (WRITTEN_INDEXES.has(name)) db.exec(sql);
}

/** Fills what is not written as trees, when those are: the tables are there, and the pages have their places. */
export async function loadSmallTables(db: DatabaseSync, generation: Generation, pause: Pause): Promise<void> {
  await loadHosts(db, generation, pause);
  await loadPlaces(db, generation, pause);
  await loadRedirects(db, generation, pause);
  await loadScores(db, generation, pause);
  await loadLost(db, generation, pause);
}

/** Makes the indexes that are not written as trees. */
export async function makeIndexes(db: DatabaseSync, pause: Pause): Promise<void> {
  for (const { name, sql } of indexes()) {
    if (WRITTEN_INDEXES.has(name)) continue;
    await pause();
    db.exec(sql);
  }
}

function indexes(): { name: string; sql: string }[] {
  return INDEXES.split(';').flatMap((sql) => {
    const name = /\bindex (?<name>\w+)/.exec(sql)?.groups?.['name'];
    return name === undefined ? [] : [{ name, sql }];
  });
}

async function loadHosts(db: DatabaseSync, { numbering, strengths }: Generation, pause: Pause): Promise<void> {
  const { hosts, hostIds, domains, domainOf } = numbering;
  const addDomain = db.prepare('insert into domain values (?, ?, ?)');
  for (const [at, name] of domains.entries()) {
    addDomain.run(at + 1, name, strengths.domains[at] ?? 0);
    if (at % PAUSE_EVERY === 0) await pause();
  }
  const addHost = db.prepare('insert into host values (?, ?, ?)');
  const addBelow = db.prepare('insert into host_tree values (?, ?)');
  for (const [at, host] of hosts.entries()) {
    addHost.run(at + 1, host.name, domainOf[at] as number);
    if (at % PAUSE_EVERY === 0) await pause();
    if (host.name === host.domain) continue;
    for (const name of [host.name, ...hostsAbove(host)]) addBelow.run(hostIds.get(name) ?? 0, at + 1);
  }
}

/** Those that pages have. */
async function loadPlaces(db: DatabaseSync, { staging, places }: Generation, pause: Pause): Promise<void> {
  const add = db.prepare('insert into place values (?, ?, ?, ?, ?)');
  for (const [at, staged] of places.order.entries()) {
    if (at % PAUSE_EVERY === 0) await pause();
    const place = staging.places[staged - 1];
    if (place !== undefined) add.run(at + 1, place.ip, place.countryCode, place.country, place.city);
  }
}

/** Of pages that redirect to another page of the index. */
async function loadRedirects(db: DatabaseSync, { staging, histories, numbering }: Generation, pause: Pause): Promise<void> {
  const { captures } = staging;
  const add = db.prepare('insert into redirect values (?, ?)');
  for (let page = 0; page < numbering.order.length; page++) {
    if (page % PAUSE_EVERY === 0) await pause();
    const facts = histories.factsOf(numbering.order[page] as number);
    const destination = facts === null ? 0 : captures.get(facts.capture, 'destination');
    if (destination !== 0) add.run(page + 1, numbering.pageOf[destination - 1] as number);
  }
}

/** Of pages that only lists know: a page with a capture has a strength of its own. */
async function loadScores(db: DatabaseSync, { staging, histories, numbering }: Generation, pause: Pause): Promise<void> {
  const { scores, captures } = staging;
  const addScale = db.prepare('insert into score values (?, ?, ?, ?)');
  for (const [at, { name, scale, ofDomain }] of scores.scales.entries()) addScale.run(at + 1, name, scale, Number(ofDomain));
  const add = db.prepare('insert or replace into listed_page values (?, ?, ?)');
  let read = 0;
  for (const [url, scale, value] of scores.entries()) {
    if (++read % PAUSE_EVERY === 0) await pause();
    const page = numbering.pageOf[url] ?? 0;
    const facts = histories.factsOf(url);
    if (page !== 0 && facts !== null && captures.get(facts.capture, 'kind') === CAPTURED.listed) add.run(page, scale, value);
  }
}

async function loadLost(db: DatabaseSync, { staging, texts }: Generation, pause: Pause): Promise<void> {
  const add = db.prepare('insert into lost values (?, ?, ?, ?)');
  const { lost, lostLinks } = texts;
  for (let at = 0; at < lost.length; at++) {
    if (at % PAUSE_EVERY === 0) await pause();
    const dates = staging.dates.lost(lostLinks.at(at));
    if (dates !== null) add.run(lost.at(at) + 1, dates.on, LOST_REASONS.indexOf(dates.reason), dates.lastSeen);
  }
}
