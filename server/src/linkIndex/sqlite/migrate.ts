/** Brings a generation that an older version of this program wrote to the tables of today: as a new generation, the old one stays whole until then. */
import type { DatabaseSync } from 'node:sqlite';
import {
  databaseOf,
  generationFile,
  nextGeneration,
  placeGeneration,
  removeDatabase,
  removeOldGenerations,
  switchTo,
  syncFile,
} from '../generations.ts';
import type { IndexInfo } from '../store.ts';
import { openDatabase } from './driver.ts';
import { loadRedirects } from './redirectTable.ts';
import { APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES } from './schema.ts';

/**
 * Schema 1 knew no lost links, no additions and one capture a page. Its totals of heavy scopes held details that are written otherwise now, so
 * they are counted anew.
 */
const FROM_1 = `
insert into meta select key, value from old.meta;
insert into input (id, name, bytes, pages, links, note) select id, name, bytes, pages, links, note from old.input;
insert into domain (id, name, strength) select id, name, strength from old.domain;
insert into host (id, name, domain) select id, name, domain from old.host;
insert into host_tree (ancestor, host) select ancestor, host from old.host_tree;
insert into place (id, ip, country_code, country, city) select id, ip, country_code, country, city from old.place;
insert into anchor (id, text) select id, text from old.anchor;
insert into rel (id, tokens) select id, tokens from old.rel;
insert into form (id, url) select id, url from old.form;
insert into page (id, key, url, host, strength, captured, is_page, title, place, external, internal, canonical, noindex, redirect, redirect_status)
  select id, key, url, host, strength, captured, is_page, title, place, external, internal, canonical, noindex, redirect, redirect_status from old.page;
insert into link (id, target, target_host, target_domain, state, source, anchor, position, tag, nofollow, rel, form)
  select id, target, target_host, target_domain, internal, source, anchor, position, tag, nofollow, rel, form from old.link;
insert into total (kind, key, links, internal, pages, hosts, domains, followed, followable, stale)
  select kind, key, links, internal, pages, hosts, domains, followed, followable, details is not null from old.total;
`;

/** From each older schema to the one of today. */
const STEPS: Readonly<Record<number, string>> = { 1: FROM_1 };

/** True when an index of this schema can be brought to the one of today. */
export function canMigrate(schema: number): boolean {
  return STEPS[schema] !== undefined;
}

/**
 * Makes a generation of today's schema out of the current one and switches to it. The caller holds the lock of the index.
 *
 * @param schema of the current generation, one that canMigrate knows
 */
export function migrate(out: string, schema: number): void {
  const building = `${out}.building`;
  removeDatabase(building);
  const db = openDatabase(building);
  const number = nextGeneration(out);
  let generation: string;
  try {
    db.exec(`pragma page_size = 4096; pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -65536;
      pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}`);
    db.prepare('attach ? as old').run(databaseOf(out));
    db.exec(`begin; ${TABLES} ${STEPS[schema] ?? ''} ${INDEXES}`);
    loadRedirects(db);
    generation = renameGeneration(db, number);
    db.exec('commit; detach old; pragma optimize = 0x10002');
  } catch (error) {
    db.close();
    removeDatabase(building);
    throw error;
  }
  db.close();
  const database = generationFile(out, number);
  syncFile(building);
  placeGeneration(building, database);
  switchTo(out, database, generation);
  removeOldGenerations(out);
}

/** The same content under the number of its new file. */
function renameGeneration(db: DatabaseSync, number: number): string {
  const info = JSON.parse(String(db.prepare(`select value from meta where key = 'info'`).get()?.['value'])) as IndexInfo;
  const generation = `g${number}.${info.generation.split('.')[1] ?? 'migrated'}`;
  db.prepare(`update meta set value = ? where key = 'info'`).run(JSON.stringify({ ...info, generation, schema: SCHEMA_VERSION }));
  return generation;
}
