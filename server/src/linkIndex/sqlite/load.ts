/** What a build has staged to the tables of a generation, in final numbers and final order. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CAPTURED } from './build/captureColumns.ts';
import type { Histories } from './build/histories.ts';
import { INTERNAL, NOFOLLOW_BITS, NOFOLLOW_SHIFT, TAG_BITS } from './build/linkColumns.ts';
import type { LinkOrder } from './build/linkOrder.ts';
import { PAUSE_EVERY, type Pause } from './build/pause.ts';
import { hostsAbove, type Numbering } from './numbering.ts';
import { FORM_CODES, INDEXES, LINK_STATE, LOST_REASONS } from './schema.ts';
import type { Staging } from './staging.ts';
import type { Strengths } from './strengths.ts';
import type { TextTable } from './textTable.ts';

export interface Generation {
  readonly staging: Staging;
  readonly histories: Histories;
  readonly numbering: Numbering;
  readonly strengths: Strengths;
  readonly order: LinkOrder;
}

/** Writes every table but the totals; the tables are there. */
export async function loadGeneration(db: DatabaseSync, generation: Generation, pause: Pause): Promise<void> {
  loadHosts(db, generation);
  await loadTexts(db, generation, pause);
  await loadPages(db, generation, pause);
  loadRedirects(db, generation);
  loadScores(db, generation);
  await loadLinks(db, generation, pause);
  for (const index of INDEXES.split(';')) {
    await pause();
    db.exec(index);
  }
}

function loadHosts(db: DatabaseSync, { numbering, strengths }: Generation): void {
  const { hosts, hostIds, domains, domainOf } = numbering;
  const addDomain = db.prepare('insert into domain values (?, ?, ?)');
  for (const [at, name] of domains.entries()) addDomain.run(at + 1, name, strengths.domains[at] ?? 0);
  const addHost = db.prepare('insert into host values (?, ?, ?)');
  const addBelow = db.prepare('insert into host_tree values (?, ?)');
  for (const [at, host] of hosts.entries()) {
    addHost.run(at + 1, host.name, domainOf[at] as number);
    if (host.name === host.domain) continue;
    for (const name of [host.name, ...hostsAbove(host)]) addBelow.run(hostIds.get(name) ?? 0, at + 1);
  }
}

async function loadTexts(db: DatabaseSync, { staging, order }: Generation, pause: Pause): Promise<void> {
  const { links, places } = staging;
  await loadTable(db, 'anchor', staging.anchors, usedOf(order, links.anchor, staging.anchors.size, 0), pause);
  await loadTable(db, 'rel', staging.rels, usedOf(order, links.rel, staging.rels.size, 0), pause);
  await loadTable(db, 'form', staging.forms, usedOf(order, links.form, staging.forms.size, FORM_CODES.length), pause);
  const add = db.prepare('insert into place values (?, ?, ?, ?, ?)');
  for (const [at, { ip, countryCode, country, city }] of places.entries()) add.run(at + 1, ip, countryCode, country, city);
}

/** The texts that some link of the index has: those of links that count no more may be others' no more. */
function usedOf({ links }: LinkOrder, column: Uint32Array, size: number, above: number): Uint8Array {
  const used = new Uint8Array(size + 1);
  for (const link of links) {
    const id = (column[link] as number) - above;
    if (id > 0) used[id] = 1;
  }
  return used;
}

async function loadTable(db: DatabaseSync, name: string, table: TextTable, used: Uint8Array, pause: Pause): Promise<void> {
  const add = db.prepare(`insert into ${name} values (?, ?)`);
  for (let id = 1; id <= table.size; id++) {
    if (used[id] === 1) add.run(id, table.textOf(id));
    if (id % PAUSE_EVERY === 0) await pause();
  }
}

async function loadPages(db: DatabaseSync, generation: Generation, pause: Pause): Promise<void> {
  const { order } = generation.numbering;
  const add = db.prepare(`insert into page values (${Array(17).fill('?').join(', ')})`);
  for (let page = 0; page < order.length; page++) {
    addPage(add, generation, page);
    if (page % PAUSE_EVERY === PAUSE_EVERY - 1) await pause();
  }
}

function addPage(add: StatementSync, { staging, histories, numbering, strengths }: Generation, page: number): void {
  const { urls, captures, texts } = staging;
  const url = numbering.order[page] as number;
  const host = numbering.hostOf[page] as number;
  const strength = strengths.pages[page] as number;
  const key = urls.keys[url] as string;
  const facts = histories.factsOf(url);
  if (facts === null) {
    add.run(page + 1, key, urls.formOf(url), host, strength, null, null, 0, null, null, null, null, null, 0, null, null, null);
    return;
  }
  const { capture, captured, firstCaptured, marks, titled } = facts;
  const kind = captures.get(capture, 'kind');
  const status = captures.get(capture, 'status');
  add.run(
    page + 1,
    key,
    texts.get(captures.get(capture, 'address')) ?? captures.get(capture, 'form'),
    host,
    strength,
    captured,
    firstCaptured,
    Number(kind === CAPTURED.page),
    texts.get(captures.get(titled, 'title')),
    captures.get(capture, 'place') || null,
    captures.count(capture, 'external'),
    captures.count(capture, 'internal'),
    texts.get(captures.get(capture, 'canonical')),
    marks,
    texts.get(captures.get(capture, 'redirect')),
    kind === CAPTURED.redirect ? status : null,
    kind === CAPTURED.gone ? status : null,
  );
}

/** Of pages that redirect to another page of the index. */
function loadRedirects(db: DatabaseSync, { staging, histories, numbering }: Generation): void {
  const { urls, captures, texts } = staging;
  const add = db.prepare('insert into redirect values (?, ?)');
  for (let page = 0; page < numbering.order.length; page++) {
    const facts = histories.factsOf(numbering.order[page] as number);
    const destination = facts === null ? null : texts.get(captures.get(facts.capture, 'redirect'));
    const url = destination === null ? null : urls.numberOf(destination);
    if (url !== null) add.run(page + 1, numbering.pageOf[url] as number);
  }
}

/** Of pages that only lists know: a page with a capture has a strength of its own. */
function loadScores(db: DatabaseSync, { staging, histories, numbering }: Generation): void {
  const { scores, captures } = staging;
  const addScale = db.prepare('insert into score values (?, ?, ?, ?)');
  for (const [at, { name, scale, ofDomain }] of scores.scales.entries()) addScale.run(at + 1, name, scale, Number(ofDomain));
  const add = db.prepare('insert or replace into listed_page values (?, ?, ?)');
  for (const [url, scale, value] of scores.entries()) {
    const page = numbering.pageOf[url] ?? 0;
    const facts = histories.factsOf(url);
    if (page !== 0 && facts !== null && captures.get(facts.capture, 'kind') === CAPTURED.listed) add.run(page, scale, value);
  }
}

async function loadLinks(db: DatabaseSync, { staging, numbering, order }: Generation, pause: Pause): Promise<void> {
  const { links, dates } = staging;
  const { hostOf, domainOf } = numbering;
  const add = db.prepare('insert into link values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addLost = db.prepare('insert into lost values (?, ?, ?, ?)');
  for (let place = 0; place < order.links.length; place++) {
    const link = order.links[place] as number;
    const target = order.targets[place] as number;
    const host = hostOf[target - 1] as number;
    const flags = links.flags[link] as number;
    const lost = dates.lost(link);
    const state = ((flags & INTERNAL) !== 0 ? LINK_STATE.internal : LINK_STATE.external) + (lost === null ? 0 : LINK_STATE.lostExternal);
    add.run(
      place + 1,
      target,
      host,
      domainOf[host - 1] as number,
      state,
      order.sources[place] as number,
      links.anchor[link] as number,
      links.position[link] === 0 ? null : (links.position[link] as number) - 1,
      flags & TAG_BITS,
      (flags >> NOFOLLOW_SHIFT) & NOFOLLOW_BITS,
      links.rel[link] as number,
      links.form[link] as number,
      dates.firstSeen(link),
    );
    if (lost !== null) addLost.run(place + 1, lost.on, LOST_REASONS.indexOf(lost.reason), lost.lastSeen);
    if (place % PAUSE_EVERY === PAUSE_EVERY - 1) await pause();
  }
}
