/** The captures of a build: what each says of its page, and which links it has. Those of one page hang together. */
import { Uints } from './grow.ts';

/** What a capture found. `listed`: a link of somebody's list, of a page that may have no capture. */
export const CAPTURED = { page: 0, redirect: 1, gone: 2, unchanged: 3, listed: 4 } as const;
export type CapturedKind = (typeof CAPTURED)[keyof typeof CAPTURED];

export interface StagedCapture {
  readonly kind: CapturedKind;
  /** Number of the page's URL. */
  readonly url: number;
  /** Place of its input in the order the user named them. */
  readonly input: number;
  /** Epoch seconds; null without a date. */
  readonly second: number | null;
  /** Its links are those staged from this one on, up to the next capture's. */
  readonly firstLink: number;
  /** Number of the place, 0 for none. */
  readonly place: number;
  /** Numbers in the pile of texts, 0 for none. */
  readonly title: number;
  readonly canonical: number;
  readonly redirect: number;
  /** One more than the number of the URL a redirect leads to, 0 for none. */
  readonly destination: number;
  /** The page's address as a number of the pile, or 0 and its form code. */
  readonly address: number;
  readonly form: number;
  readonly external: number | null;
  readonly internal: number | null;
  /** Sum of PAGE_MARKs. */
  readonly marks: number;
  /** Of a redirect or of a page that is gone. */
  readonly status: number;
}

/** Columns of a capture, in the order they are pushed. */
const FIELDS = [
  'kind',
  'url',
  'input',
  'second',
  'firstLink',
  'place',
  'title',
  'canonical',
  'redirect',
  'destination',
  'address',
  'form',
  'external',
  'internal',
  'marks',
  'status',
  'before',
] as const;
type Field = (typeof FIELDS)[number];

export class CaptureColumns {
  readonly #columns = Object.fromEntries(FIELDS.map((field) => [field, new Uints()])) as Record<Field, Uints>;
  /** Last capture of each URL that has one, plus one. */
  readonly #lastOf: number[] = [];
  /** True once a page has been captured twice: only then is there something to fold. */
  repeated = false;

  get length(): number {
    return this.#columns.url.length;
  }

  add(capture: StagedCapture): void {
    const columns = this.#columns;
    const before = this.#lastOf[capture.url] ?? 0;
    if (before !== 0) this.repeated = true;
    columns.kind.push(capture.kind);
    columns.url.push(capture.url);
    columns.input.push(capture.input);
    columns.second.push(capture.second ?? 0);
    columns.firstLink.push(capture.firstLink);
    columns.place.push(capture.place);
    columns.title.push(capture.title);
    columns.canonical.push(capture.canonical);
    columns.redirect.push(capture.redirect);
    columns.destination.push(capture.destination);
    columns.address.push(capture.address);
    columns.form.push(capture.form);
    columns.external.push(capture.external === null ? 0 : capture.external + 1);
    columns.internal.push(capture.internal === null ? 0 : capture.internal + 1);
    columns.marks.push(capture.marks);
    columns.status.push(capture.status);
    columns.before.push(before);
    this.#fill(capture.url);
    this.#lastOf[capture.url] = this.length;
  }

  /** The captures of a URL, by input and then in the order they came. */
  of(url: number): number[] {
    const found: number[] = [];
    for (let next = this.#lastOf[url] ?? 0; next !== 0; next = this.#columns.before.at(next - 1)) found.push(next - 1);
    return found.length < 2 ? found : found.reverse().sort((a, b) => this.get(a, 'input') - this.get(b, 'input'));
  }

  /** The one capture of a URL; null where there is none, or more. */
  only(url: number): number | null {
    const last = this.#lastOf[url] ?? 0;
    return last === 0 || this.#columns.before.at(last - 1) !== 0 ? null : last - 1;
  }

  get(capture: number, field: Field): number {
    return this.#columns[field].at(capture);
  }

  /** Links counted on the page; null where the capture does not say. */
  count(capture: number, field: 'external' | 'internal'): number | null {
    const stored = this.#columns[field].at(capture);
    return stored === 0 ? null : stored - 1;
  }

  second(capture: number): number | null {
    return this.#columns.second.at(capture) || null;
  }

  /** Past the last link of a capture. */
  endOfLinks(capture: number, links: number): number {
    return capture + 1 < this.length ? this.#columns.firstLink.at(capture + 1) : links;
  }

  /** Without holes the engine keeps an array packed. */
  #fill(url: number): void {
    while (this.#lastOf.length <= url) this.#lastOf.push(0);
  }
}
