/**
 * Pages of rows as they go over the wire. Their JSON is made where the rows are read, in a thread, so that this one neither copies nor walks
 * them; the text is the same as that of the whole reply made here, to the byte.
 */
import type { RowPage } from '../../../shared/backlinks.ts';
import type { BacklinkStore, RowQuery } from '../linkIndex/store.ts';
import { toWireRow, toWireSeconds } from './contract.ts';

export interface WirePage {
  /** The rows, as JSON. */
  readonly json: string;
  readonly rows: number;
  readonly total: number | null;
  readonly generation: string | null;
  /** False when something else lies in the place of the generation by now; absent where nobody can tell. */
  readonly current?: boolean;
}

export interface WirePages {
  /**
   * Rejects as the `rows` of a store.
   *
   * @param signal asked for only where somebody has to wait
   */
  read(query: RowQuery, signal: () => AbortSignal): Promise<WirePage> | WirePage;
}

/** @param current as in WirePage */
export function toWirePage({ rows, total, generation }: RowPage, current?: boolean): WirePage {
  const page = { json: JSON.stringify(rows.map(toWireRow)), rows: rows.length, total, generation };
  return current === undefined ? page : { ...page, current };
}

/** Makes them here, from a store that gives rows. */
export function pagesOf(store: Pick<BacklinkStore, 'rows'>): WirePages {
  return { read: async (query, signal) => toWirePage(await store.rows(query, signal())) };
}

/** The body of a reply that is JSON already, without its last brace: `balance` is still to come. */
export class OpenJson {
  readonly text: string;
  /** Rows in it. */
  readonly rows: number;

  constructor(text: string, rows: number) {
    this.text = text;
    this.rows = rows;
  }

  /** The whole body. */
  closed(balance: number | null): string {
    return `${this.text},"balance":${balance}}`;
  }
}

/** The envelope of a list call around a page, as toWireList makes it. */
export function toOpenJson({ json, rows, total }: WirePage, milliseconds: number): OpenJson {
  return new OpenJson(`{"count":${total},"response":${json},"response_time":${toWireSeconds(milliseconds)}`, rows);
}
