/** Scratch tables to the tables of a generation, in final numbers and final order. */
import type { DatabaseSync } from 'node:sqlite';
import type { Host } from './knownUrls.ts';
import { hostsAbove, type Numbering } from './numbering.ts';
import { FORM_CODES, formCode, INDEXES, TABLES } from './schema.ts';
import type { Staging } from './staging.ts';
import type { Strengths } from './strengths.ts';

/** Writes every table but the totals. */
export function loadGeneration(db: DatabaseSync, staging: Staging, numbering: Numbering, strengths: Strengths): void {
  db.exec(TABLES);
  loadHosts(db, numbering, strengths);
  loadTexts(db, staging);
  mapUrls(db, staging, numbering, strengths);
  loadPages(db);
  loadLinks(db);
  db.exec(INDEXES);
}

function loadHosts(db: DatabaseSync, { hosts, hostIds, domains, domainIds }: Numbering, strengths: Strengths): void {
  const addDomain = db.prepare('insert into domain values (?, ?, ?)');
  for (const [at, name] of domains.entries()) addDomain.run(at + 1, name, strengths.domains[at] ?? 0);
  const addHost = db.prepare('insert into host values (?, ?, ?)');
  const addBelow = db.prepare('insert into host_tree values (?, ?)');
  for (const [at, host] of hosts.entries()) {
    addHost.run(at + 1, host.name, domainIds.get(host.domain) ?? 0);
    if (host.name === host.domain) continue;
    for (const name of [host.name, ...hostsAbove(host)]) addBelow.run(hostIds.get(name) ?? 0, at + 1);
  }
}

function loadTexts(db: DatabaseSync, { anchors, rels, forms }: Staging): void {
  const tables = { anchor: anchors, rel: rels, form: forms };
  for (const [name, table] of Object.entries(tables)) {
    const add = db.prepare(`insert into ${name} values (?, ?)`);
    for (const [text, id] of table.entries()) add.run(id, text);
  }
  db.exec('insert into place select * from scratch.place');
}

/** From the numbers of staging to final ids, for the two statements that follow. Only winning captures are in `won`. */
function mapUrls(db: DatabaseSync, { urls }: Staging, { order, pageOf, hostIds, domainIds }: Numbering, strengths: Strengths): void {
  db.exec(`
    create table scratch.url (id integer primary key, page integer not null, host integer not null, domain integer not null, strength integer not null,
      key text not null, form not null);
    create table scratch.won (capture integer primary key);
  `);
  const addUrl = db.prepare('insert into scratch.url values (?, ?, ?, ?, ?, ?, ?)');
  const addWon = db.prepare('insert into scratch.won values (?)');
  for (const number of order) {
    const { name, domain } = urls.hostOf[number] as Host;
    const key = urls.keys[number] ?? '';
    const page = pageOf[number] ?? 0;
    const url = urls.urls[number] ?? '';
    addUrl.run(number, page, hostIds.get(name) ?? 0, domainIds.get(domain) ?? 0, strengths.pages[page - 1] ?? 0, key, storedForm(url, key));
    const winner = urls.winner[number] ?? -1;
    if (winner > 0) addWon.run(winner);
  }
}

/** The short form of a page's address: its code, or the text. */
function storedForm(url: string, key: string): number | string {
  const code = formCode(url, key);
  return code >= 0 ? code : url;
}

function loadPages(db: DatabaseSync): void {
  const prefixes = FORM_CODES.map((prefix, code) => `when c.raw = '${prefix}' || u.key then ${code}`).join(' ');
  db.exec(`
    insert into page
    select u.page, u.key, case when c.raw is null then u.form ${prefixes} else c.raw end, u.host, u.strength, c.captured, null, coalesce(c.is_page, 0), c.title,
      c.place, c.external, c.internal, c.canonical, coalesce(c.noindex, 0), c.redirect, c.redirect_status, null
    from scratch.url u left join (scratch.capture c join scratch.won w on w.capture = c.id) on c.url = u.id
    order by u.page
  `);
}

/** One sort in the order of the schema; row ids then follow it. */
function loadLinks(db: DatabaseSync): void {
  db.exec(`
    insert into link (target, target_host, target_domain, state, source, anchor, position, tag, nofollow, rel, form)
    select t.page, t.host, t.domain, l.internal, s.page, l.anchor, l.position, l.tag, l.nofollow, l.rel, l.form
    from scratch.link l join scratch.won w on w.capture = l.capture join scratch.url s on s.id = l.source join scratch.url t on t.id = l.target
    order by t.domain, s.strength desc, s.page, l.position, l.id
  `);
}
