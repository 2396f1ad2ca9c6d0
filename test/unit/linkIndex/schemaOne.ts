/** The tables that version 0.1.0 wrote, schema 1, with a handful of rows. */
import path from 'node:path';
import { generationFile, switchTo } from '../../../server/src/linkIndex/generations.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { APPLICATION_ID } from '../../../server/src/linkIndex/sqlite/schema.ts';

const SQL = `
create table meta (key text primary key, value text not null) without rowid;
create table input (id integer primary key, name text not null, bytes integer not null, pages integer not null, links integer not null, note text);
create table domain (id integer primary key, name text not null, strength integer not null);
create table host (id integer primary key, name text not null, domain integer not null);
create table host_tree (ancestor integer not null, host integer not null, primary key (ancestor, host)) without rowid;
create table place (id integer primary key, ip text not null, country_code text, country text, city text);
create table page (id integer primary key, key text not null, url not null, host integer not null, strength integer not null, captured integer,
  is_page integer not null, title text, place integer, external integer, internal integer, canonical text, noindex integer not null, redirect text,
  redirect_status integer);
create table anchor (id integer primary key, text text not null);
create table rel (id integer primary key, tokens text not null);
create table form (id integer primary key, url text not null);
create table link (id integer primary key, target integer not null, target_host integer not null, target_domain integer not null,
  internal integer not null, source integer not null, anchor integer not null, position integer, tag integer not null, nofollow integer not null,
  rel integer not null, form integer not null);
create table total (kind integer not null, key integer not null, links integer not null, internal integer not null, pages integer not null,
  hosts integer not null, domains integer not null, followed integer not null, followable integer not null, details text, primary key (kind, key))
  without rowid;
create unique index page_key on page (key);
create unique index host_name on host (name);
create unique index domain_name on domain (name);
create index link_page on link (target, internal);
create index link_host on link (target_host, internal);
create index link_domain on link (target_domain, internal);
insert into input values (1, 'old.warc', 100, 2, 3, null);
insert into domain values (1, 'a.com', 31), (2, 'b.org', 0);
insert into host values (1, 'a.com', 1), (2, 'blog.a.com', 1), (3, 'b.org', 2);
insert into host_tree values (2, 2);
insert into place values (1, '192.0.2.7', null, null, null);
insert into page values (1, 'a.com/', 0, 1, 31, 1793534400, 1, 'A', 1, 0, 1, null, 0, null, null),
  (2, 'b.org/', 0, 3, 0, 1793534400, 1, 'B', null, 2, 0, null, 0, null, null),
  (3, 'b.org/old', 0, 3, 0, 1793534400, 0, null, null, null, null, null, 0, 'https://a.com/', 301),
  (4, 'blog.a.com/x', 'https://blog.a.com/x#top', 2, 0, null, 0, null, null, null, null, null, 0, null, null);
insert into anchor values (1, 'here'), (2, '[redirect 301]');
insert into rel values (1, 'ugc');
insert into form values (1, 'https://blog.a.com/x#top');
insert into link values (1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0), (2, 1, 1, 1, 0, 2, 1, 1, 0, 0, 0, 0), (3, 1, 1, 1, 0, 3, 2, null, 8, 0, 0, 0),
  (4, 4, 2, 1, 0, 2, 1, 2, 0, 1, 1, 5);
insert into total values (0, 1, 2, 1, 2, 1, 1, 1, 1, null), (2, 1, 3, 1, 2, 1, 1, 1, 2, null), (1, 2, 1, 0, 1, 1, 1, 0, 1, null),
  (0, 4, 1, 0, 1, 1, 1, 0, 1, null);
`;

const INFO = {
  generation: 'g1.ab12cd34',
  schema: 1,
  pages: 2,
  knownUrls: 4,
  links: 4,
  internalLinks: 1,
  hosts: 3,
  domains: 2,
  firstCapture: '2026-11-01',
  lastCapture: '2026-11-01',
  builtAt: '2026-11-20T00:00:00.000Z',
  strength: { iterations: 10, delta: 1e-10, damping: 0.85 },
};

/** Writes an index of schema 1 into a folder; returns the file a user names. */
export function writeSchemaOne(folder: string): string {
  const out = path.join(folder, 'web.db');
  const database = generationFile(out, 1);
  const db = openDatabase(database);
  db.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = 1; ${SQL}`);
  db.prepare('insert into meta values (?, ?)').run('info', JSON.stringify(INFO));
  db.close();
  switchTo(out, database, INFO.generation);
  return out;
}
