/** The links of an earlier generation, by the page they stand on: the table has them by target. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { FORM_CODES, LINK_STATE, LOST_REASONS } from '../schema.ts';
import type { Staging } from '../staging.ts';
import { bump, freedUints, Uints } from './grow.ts';
import type { IdMap } from './idMap.ts';
import { LinkColumns, linkFlags } from './linkColumns.ts';
import { LinkDates, type LostDates } from './linkDates.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

/** From ids to numbers of the staging: of URLs one more than the number. */
export interface EarlierIds {
  readonly urls: IdMap;
  readonly anchors: IdMap;
  readonly rels: IdMap;
  readonly forms: IdMap;
}

const LINKS = 'select id, target, state, source, anchor, position, tag, nofollow, rel, form, first_seen from link order by id';
const LOST = 'select link, on_second, reason, last_seen from lost order by link';

type LinkRow = readonly [number, number, number, number, number, number | null, number, number, number, number, number | null];

export class EarlierLinks {
  readonly #columns = new LinkColumns();
  readonly #dates = new LinkDates();
  /** URL of each link's page, in the order of the ids. */
  readonly #sources = new Uints();
  /** Links by page: those of URL u are `#places` from `#starts[u]` up to `#starts[u + 1]`. */
  #starts = new Uint32Array(1);
  #places = new Uint32Array(0);

  async read(db: DatabaseSync, ids: EarlierIds, urls: number, pause: Pause): Promise<void> {
    const lost = new LostRows(db);
    const select = db.prepare(LINKS);
    select.setReturnArrays(true);
    for (const row of select.iterate() as unknown as Iterable<LinkRow>) {
      this.#take(row, ids, lost);
      if (this.#columns.length % PAUSE_EVERY === 0) await pause();
    }
    this.#group(urls);
  }

  /** True when the page has links, standing or lost. */
  has(url: number): boolean {
    return (this.#starts[url + 1] as number) > (this.#starts[url] as number);
  }

  /** Where the links of a page begin once they are staged. */
  firstOf(url: number): number {
    return this.#starts[url] as number;
  }

  /** Stages the links of all pages, in the order of the pages' URLs; they are in no other place afterwards. */
  stage({ links, dates }: Staging): void {
    const places = this.#places;
    links.takeOver(this.#columns, places);
    for (let to = 0; !this.#dates.empty && to < places.length; to++) {
      const from = places[to] as number;
      const firstSeen = this.#dates.firstSeen(from);
      const lost = this.#dates.lost(from);
      if (firstSeen !== null || lost !== null) dates.keep(to, firstSeen, lost);
    }
    this.#places = freedUints(places);
  }

  #take([id, target, state, source, anchor, position, tag, nofollow, rel, form, firstSeen]: LinkRow, ids: EarlierIds, lost: LostRows): void {
    const at = this.#columns.length;
    const isInternal = state === LINK_STATE.internal || state === LINK_STATE.lostInternal;
    const code = form < FORM_CODES.length ? form : FORM_CODES.length + ids.forms.get(form - FORM_CODES.length);
    this.#columns.push(ids.urls.get(target) - 1, ids.anchors.get(anchor), code, position, ids.rels.get(rel), linkFlags(tag, nofollow, isInternal));
    this.#sources.push(ids.urls.get(source) - 1);
    const dates = state >= LINK_STATE.lostExternal ? lost.of(id) : null;
    if (firstSeen !== null || dates !== null) this.#dates.keep(at, firstSeen, dates);
  }

  #group(urls: number): void {
    const { length } = this.#columns;
    this.#starts = new Uint32Array(urls + 1);
    for (let at = 0; at < length; at++) bump(this.#starts, this.#sources.at(at) + 1);
    for (let url = 0; url < urls; url++) this.#starts[url + 1] = (this.#starts[url + 1] as number) + (this.#starts[url] as number);
    const free = this.#starts.slice();
    this.#places = new Uint32Array(length);
    for (let at = 0; at < length; at++) this.#places[bump(free, this.#sources.at(at))] = at;
  }
}

/** Rows of `lost`, read beside the links, which come in the same order. */
class LostRows {
  readonly #rows: Iterator<readonly SQLOutputValue[]>;
  #next: IteratorResult<readonly SQLOutputValue[]>;

  constructor(db: DatabaseSync) {
    const select = db.prepare(LOST);
    select.setReturnArrays(true);
    this.#rows = select.iterate() as unknown as Iterator<readonly SQLOutputValue[]>;
    this.#next = this.#rows.next();
  }

  of(link: number): LostDates | null {
    while (!this.#next.done && Number(this.#next.value[0]) < link) this.#next = this.#rows.next();
    if (this.#next.done) return null;
    const [found, on, reason, lastSeen] = this.#next.value;
    if (found !== link) return null;
    return { on: Number(on), reason: LOST_REASONS[Number(reason)] ?? 'unknown', lastSeen: lastSeen === null ? null : Number(lastSeen) };
  }
}
