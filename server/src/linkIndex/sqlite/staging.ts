/** Where captures wait during a build: a scratch database for links and pages, tables in memory for what repeats (URLs, anchors, rel). */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pageKey } from '../../urls/keys.ts';
import type { Locate } from '../geo.ts';
import type { Capture, CrawledLink, CrawledPage, CrawledRedirect } from '../store.ts';
import { EdgeList } from './edgeList.ts';
import { KnownUrls } from './knownUrls.ts';
import { FORM_CODES, formCode, LAST_FOLLOWABLE_TAG, REDIRECT_TAG, tagCode } from './schema.ts';
import { TextTable } from './textTable.ts';

const TABLES = `
create table scratch.capture (id integer primary key, url integer not null, raw text not null, is_page integer not null, captured integer, title text,
  place integer, external integer, internal integer, canonical text, noindex integer not null, redirect text, redirect_status integer);
create table scratch.link (id integer primary key, capture integer not null, source integer not null, target integer not null, internal integer not null,
  anchor integer not null, position integer, tag integer not null, nofollow integer not null, rel integer not null, form integer not null);
create table scratch.place (id integer primary key, ip text not null, country_code text, country text, city text);
`;

export class Staging {
  readonly urls = new KnownUrls();
  readonly anchors = new TextTable();
  readonly rels = new TextTable();
  readonly forms = new TextTable();
  /** Followed edges by capture, for strength: losing captures are left out at the end. */
  readonly edges = new EdgeList();
  readonly #locate: Locate;
  readonly #places = new Map<string, number>();
  readonly #insertCapture: StatementSync;
  readonly #insertLink: StatementSync;
  readonly #insertPlace: StatementSync;
  #captures = 0;

  constructor(db: DatabaseSync, locate: Locate) {
    this.#locate = locate;
    db.exec(TABLES);
    this.#insertCapture = db.prepare('insert into scratch.capture values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#insertLink = db.prepare('insert into scratch.link values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#insertPlace = db.prepare('insert into scratch.place values (?, ?, ?, ?, ?)');
  }

  /** Takes a capture; false when it changes nothing. */
  add(capture: Capture): boolean {
    switch (capture.kind) {
      case 'page':
        return this.#addPage(capture.page);
      case 'redirect':
        return this.#addRedirect(capture.redirect);
      case 'gone':
      case 'unchanged':
      case 'listed':
      case 'statedTotal':
      case 'statedDomains':
      case 'places':
      case 'ranks':
        return false;
    }
  }

  /** Takes a page; false when a later capture of it is already here. */
  #addPage(page: CrawledPage): boolean {
    const source = this.urls.numberOf(page.url);
    if (source === null) return false;
    const capture = this.#captures + 1;
    if (!this.urls.wins(source, capture, page.capturedAt)) return false;
    this.#captures = capture;
    let external = 0;
    for (const link of page.links) if (this.#addLink(capture, source, link)) external++;
    this.#insertCapture.run(
      capture,
      source,
      page.url,
      1,
      seconds(page.capturedAt),
      page.title,
      this.#place(page.ip),
      external,
      page.links.length - external,
      page.canonical,
      Number(page.noindex),
      null,
      null,
    );
    return true;
  }

  /** Takes a redirect; false when it stays within its key, or a later capture of its page is already here. */
  #addRedirect(redirect: CrawledRedirect): boolean {
    // Looked at before anything is numbered: a dropped capture makes no URL known.
    const targetKey = pageKey(redirect.target);
    if (targetKey === null || targetKey === pageKey(redirect.url)) return false;
    const source = this.urls.numberOf(redirect.url);
    const capture = this.#captures + 1;
    if (source === null || !this.urls.wins(source, capture, redirect.capturedAt)) return false;
    const target = this.urls.numberOf(redirect.target);
    if (target === null) return false;
    this.#captures = capture;
    this.edges.add(capture, source, target);
    if (!this.urls.sameDomain(source, target)) {
      const anchor = this.anchors.idOf(`[redirect ${redirect.status}]`);
      this.#insertLink.run(capture, source, target, 0, anchor, null, REDIRECT_TAG, 0, 0, this.#form(redirect.target, target));
    }
    const { status, capturedAt, ip } = redirect;
    this.#insertCapture.run(
      capture,
      source,
      redirect.url,
      0,
      seconds(capturedAt),
      null,
      this.#place(ip),
      null,
      null,
      null,
      0,
      redirect.target,
      status,
    );
    return true;
  }

  /** True when the link leaves the page's registrable domain. */
  #addLink(capture: number, source: number, link: CrawledLink): boolean {
    const target = this.urls.numberOf(link.url);
    if (target === null) return false;
    const internal = this.urls.sameDomain(source, target);
    const tag = tagCode(link.tag);
    const rel = link.rel.length === 0 ? 0 : this.rels.idOf(link.rel.join(' '));
    const anchor = this.anchors.idOf(link.text);
    const form = this.#form(link.url, target);
    this.#insertLink.run(capture, source, target, Number(internal), anchor, link.position, tag, Number(link.nofollow), rel, form);
    if (!link.nofollow && tag <= LAST_FOLLOWABLE_TAG) this.edges.add(capture, source, target);
    return !internal;
  }

  #form(url: string, target: number): number {
    const code = formCode(url, this.urls.keys[target] ?? '');
    return code >= 0 ? code : FORM_CODES.length + this.forms.idOf(url);
  }

  #place(ip: string | null): number | null {
    if (ip === null) return null;
    const known = this.#places.get(ip);
    if (known !== undefined) return known;
    const id = this.#places.size + 1;
    const { countryCode, country, city } = this.#locate(ip);
    this.#insertPlace.run(id, ip, countryCode, country, city);
    this.#places.set(ip, id);
    return id;
  }
}

function seconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000);
}
