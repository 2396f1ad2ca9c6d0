/** Reads a whole generation back into a build, so that the next one knows what this one knew. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { FORM_CODES } from '../schema.ts';
import type { Staging } from '../staging.ts';
import { numberOf, textOf } from '../statements.ts';
import type { TextTable } from '../textTable.ts';
import { CAPTURED, type CapturedKind } from './captureColumns.ts';
import { type EarlierIds, EarlierLinks } from './earlierLinks.ts';
import { IdMap } from './idMap.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

/** Everything that belongs to pages; inputs and statements of lists are the writer's own to take over. */
export async function readEarlier(db: DatabaseSync, staging: Staging, pause: Pause): Promise<void> {
  const ids: EarlierIds = {
    urls: new IdMap(),
    anchors: readTexts(db, 'select id, text from anchor order by id', staging.anchors),
    rels: readTexts(db, 'select id, tokens from rel order by id', staging.rels),
    forms: readTexts(db, 'select id, url from form order by id', staging.forms),
  };
  await readUrls(db, staging, ids.urls, pause);
  const links = new EarlierLinks();
  await links.read(db, ids, staging.urls.keys.length, pause);
  links.stage(staging);
  await readCaptures(db, staging, { ids, links, places: readPlaces(db, staging) }, pause);
  readScores(db, staging, ids.urls);
  staging.earlier = staging.captures.length;
}

function readTexts(db: DatabaseSync, sql: string, table: TextTable): IdMap {
  const ids = new IdMap();
  for (const row of rowsOf(db, sql)) ids.set(Number(row[0]), table.idOf(String(row[1])));
  return ids;
}

async function readUrls(db: DatabaseSync, { urls }: Staging, ids: IdMap, pause: Pause): Promise<void> {
  let read = 0;
  for (const [id, key, form] of rowsOf(db, 'select id, key, url from page order by id')) {
    const written = typeof form === 'string' ? form : `${FORM_CODES[Number(form)] ?? ''}${String(key)}`;
    ids.set(Number(id), urls.known(String(key), written) + 1);
    if (++read % PAUSE_EVERY === 0) await pause();
  }
}

function readPlaces(db: DatabaseSync, staging: Staging): IdMap {
  const ids = new IdMap();
  for (const [id, ip, code, country, city] of rowsOf(db, 'select id, ip, country_code, country, city from place order by id')) {
    ids.set(Number(id), staging.addPlace({ ip: String(ip), countryCode: textOf(code), country: textOf(country), city: textOf(city) }));
  }
  return ids;
}

const PAGES = `select id, url, captured, first_captured, is_page, title, place, external, internal, canonical, noindex, redirect, redirect_status, gone
  from page order by id`;

interface Earlier {
  readonly ids: EarlierIds;
  readonly links: EarlierLinks;
  readonly places: IdMap;
}

async function readCaptures(db: DatabaseSync, staging: Staging, { ids, links, places }: Earlier, pause: Pause): Promise<void> {
  let read = 0;
  for (const row of rowsOf(db, PAGES)) {
    const [id, address, captured, first, isPage, title, place, external, internal, canonical, marks, redirect, redirectStatus, gone] = row;
    if (++read % PAUSE_EVERY === 0) await pause();
    const url = ids.urls.get(Number(id)) - 1;
    const kind = kindOf(isPage, redirect, gone, links.has(url));
    if (kind === null) continue;
    if (typeof first === 'number') staging.firstCaptured.set(staging.captures.length, first);
    const firstLink = links.firstOf(url);
    staging.captures.add({
      kind,
      url,
      input: 0,
      second: numberOf(captured),
      firstLink,
      place: place === null ? 0 : places.get(Number(place)),
      title: staging.texts.add(textOf(title)),
      canonical: staging.texts.add(textOf(canonical)),
      redirect: staging.texts.add(textOf(redirect)),
      destination: typeof redirect === 'string' ? (staging.urls.numberOf(redirect) ?? -1) + 1 : 0,
      address: typeof address === 'string' ? staging.texts.add(address) : 0,
      form: typeof address === 'number' ? address : 0,
      external: numberOf(external),
      internal: numberOf(internal),
      marks: Number(marks),
      status: Number(redirectStatus ?? gone ?? 0),
    });
  }
}

/** Null for a page that is only linked to. One that has links though nobody captured it is known from lists. */
function kindOf(isPage: Column, redirect: Column, gone: Column, hasLinks: boolean): CapturedKind | null {
  if (isPage === 1) return CAPTURED.page;
  if (typeof redirect === 'string') return CAPTURED.redirect;
  if (typeof gone === 'number') return CAPTURED.gone;
  return hasLinks ? CAPTURED.listed : null;
}

function readScores(db: DatabaseSync, { scores }: Staging, urls: IdMap): void {
  const sql = 'select l.page, l.value, s.name, s.scale, s.of_domain from listed_page l join score s on s.id = l.score order by s.id, l.page';
  for (const [page, value, name, scale, ofDomain] of rowsOf(db, sql)) {
    const of = ofDomain === 1 ? 'domain' : 'page';
    scores.add(urls.get(Number(page)) - 1, { name: String(name), value: Number(value), scale: Number(scale), of });
  }
}

type Column = SQLOutputValue | undefined;

function rowsOf(db: DatabaseSync, sql: string): Iterable<readonly Column[]> {
  const select = db.prepare(sql);
  select.setReturnArrays(true);
  return select.iterate() as unknown as Iterable<readonly Column[]>;
}
