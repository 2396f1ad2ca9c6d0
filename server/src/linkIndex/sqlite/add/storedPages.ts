/** Rows of `page` that are added to: what they tell of the page's captures, and what a capture makes of them. */
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { pageKey } from '../../../urls/keys.ts';
import type { PageHistory } from '../../history.ts';
import { PAGE_MARK } from '../schema.ts';
import { textOf } from '../statements.ts';

/** What a row of `page` says of its captures. */
export interface StoredPage extends Pick<PageHistory<unknown>, 'firstCaptured' | 'captured' | 'wasIndexed' | 'wasCanonical'> {
  /** False for a page that is only linked to, or listed. */
  readonly seen: boolean;
  readonly isPage: boolean;
  readonly redirect: string | null;
  readonly title: string | null;
}

/** What the latest capture with a content says of the page, as the columns have it. */
export interface PageColumns {
  readonly url: number | string;
  readonly isPage: boolean;
  readonly title: string | null;
  readonly place: number | null;
  readonly external: number | null;
  readonly internal: number | null;
  readonly canonical: string | null;
  readonly noindex: boolean;
  /** The capture was cut short. */
  readonly truncated: boolean;
  readonly redirect: string | null;
  readonly redirectStatus: number | null;
  readonly gone: number | null;
}

type Dates = Pick<PageHistory<unknown>, 'firstCaptured' | 'captured'>;
type Marks = Pick<PageHistory<unknown>, 'wasIndexed' | 'wasCanonical'>;

export class StoredPages {
  readonly #select: StatementSync;
  readonly #replace: StatementSync;
  readonly #setDates: StatementSync;

  constructor(db: DatabaseSync) {
    this.#select = db.prepare('select captured, first_captured, is_page, title, canonical, noindex, redirect, gone from page where id = ?');
    this.#select.setReturnArrays(true);
    this.#replace =
      db.prepare(`update page set url = ?, captured = ?, first_captured = ?, is_page = ?, title = ?, place = ?, external = ?, internal = ?,
      canonical = ?, noindex = ?, redirect = ?, redirect_status = ?, gone = ? where id = ?`);
    this.#setDates = db.prepare('update page set captured = ?, first_captured = ? where id = ?');
  }

  read(id: number, key: string): StoredPage {
    const row = (this.#select.get(id) ?? []) as unknown as readonly SQLOutputValue[];
    const [captured = null, first = null, isPage, title, canonical, marks, redirect, gone] = row;
    const bits = Number(marks ?? 0);
    return {
      captured: secondOf(captured),
      firstCaptured: first === null ? secondOf(captured) : secondOf(first),
      seen: isPage === 1 || redirect !== null || gone !== null,
      isPage: isPage === 1,
      redirect: textOf(redirect),
      title: textOf(title),
      wasIndexed: (bits & PAGE_MARK.noindex) === 0 || (bits & PAGE_MARK.wasIndexed) !== 0,
      wasCanonical: !isCanonicalised(textOf(canonical), key) || (bits & PAGE_MARK.wasCanonical) !== 0,
    };
  }

  /** A capture speaks for the page from now on. */
  replace(id: number, key: string, page: PageColumns, history: Dates & Marks): void {
    const { url, isPage, title, place, external, internal, canonical, redirect, redirectStatus, gone } = page;
    const { captured, firstCaptured } = datesOf(history);
    const marks = marksOf(page, key, history);
    this.#replace.run(
      url,
      captured,
      firstCaptured,
      Number(isPage),
      title,
      place,
      external,
      internal,
      canonical,
      marks,
      redirect,
      redirectStatus,
      gone,
      id,
    );
  }

  setDates(id: number, history: Dates): void {
    const { captured, firstCaptured } = datesOf(history);
    this.#setDates.run(captured, firstCaptured, id);
  }
}

/** True where a canonical is another page than the one that names it. */
export function isCanonicalised(canonical: string | null, key: string): boolean {
  const named = canonical === null ? null : pageKey(canonical);
  return named !== null && named !== key;
}

/** The columns: a first capture that is the latest is not said twice, and one without a date is 0. */
function datesOf({ captured, firstCaptured }: Dates): Dates {
  return { captured, firstCaptured: firstCaptured === captured ? null : (firstCaptured ?? 0) };
}

function marksOf({ canonical, noindex, truncated }: PageColumns, key: string, { wasIndexed, wasCanonical }: Marks): number {
  const taken = noindex ? PAGE_MARK.noindex + (wasIndexed ? PAGE_MARK.wasIndexed : 0) : 0;
  const elsewhere = wasCanonical && isCanonicalised(canonical, key) ? PAGE_MARK.wasCanonical : 0;
  return taken + elsewhere + (truncated ? PAGE_MARK.truncated : 0);
}

/** Epoch seconds of a column; 0 is no date. */
function secondOf(value: SQLOutputValue): number | null {
  return typeof value === 'number' && value !== 0 ? value : null;
}

/** @param time epoch milliseconds */
export function seconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000) || null;
}
