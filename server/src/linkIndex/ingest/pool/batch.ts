/**
 * Captures on their way from a scanning process to the writing one. What repeats (addresses, texts, rel values) crosses once, both sides remember
 * it from batch to batch, links cross as rows of numbers: a fraction of the size of the objects, and cheap to put together and to take apart.
 * Page keys are worked out on the way: there are many that scan, and one that writes.
 */
import { LINK_TAGS } from '../../../../../shared/backlinks.ts';
import { pageKey } from '../../../urls/keys.ts';
import { plainKey } from '../../sqlite/build/plainKey.ts';
import { FORM_CODES, formCode } from '../../sqlite/schema.ts';
import type { AddressKey, Capture, CrawledLink, CrawledPage, CrawledRedirect, TextKey } from '../../store.ts';

export interface CaptureBatch {
  /** True where what came before is forgotten: numbers of texts and addresses begin anew. */
  readonly anew: boolean;
  /** Every text that has not crossed before; those that repeat stand once. */
  readonly texts: readonly string[];
  /** Two numbers an address of links that has not crossed before: the text of its page key, and the place in FORM_CODES of what stands before it; or, negative, its own text. */
  readonly addresses: Int32Array;
  /** See Encoder for the rows. */
  readonly numbers: Int32Array;
  /** Capture times of pages and redirects, epoch milliseconds; NaN for none. */
  readonly times: Float64Array;
  /** Captures of rarer kinds, as they are, each with its place among the others. */
  readonly others: readonly { readonly at: number; readonly capture: Capture }[];
  /** Captures in all. */
  readonly count: number;
}

/** Stands for null where a text, a position or a time may be missing. */
const NONE = -1;
const PAGE = 0;
const REDIRECT = 1;
const NOFOLLOW = 0x100;
/** Rough size of what both sides remember, in bytes: the links of a site mostly lead to places that other pages of it lead to, too. */
const MOST_REMEMBERED = 1 << 23;
/** Marks of a page. */
const NOINDEX = 1;
const TRUNCATED = 2;

/** Fills one batch after another. */
export class BatchEncoder {
  readonly #limit: number;
  readonly #remembered: number;
  readonly #bareHosts = new Map<string, string>();
  #anew = true;
  #texts: string[] = [];
  /** How many have a number, those of this batch among them. */
  #textCount = 0;
  /** Numbers of the texts that are likely to come again. */
  #textOf = new Map<string, number>();
  #addressOf = new Map<string, number>();
  #addresses: number[] = [];
  #numbers: number[] = [];
  #times: number[] = [];
  #others: { at: number; capture: Capture }[] = [];
  #count = 0;
  #size = 0;
  /** Of the batches since numbers began anew. */
  #sizeBefore = 0;

  /**
   * @param limit rough size of a batch in bytes
   * @param remembered of what is remembered at most, beside one batch
   */
  constructor(limit: number, remembered = MOST_REMEMBERED) {
    this.#limit = limit;
    this.#remembered = remembered;
  }

  get empty(): boolean {
    return this.#count === 0;
  }

  /** @returns true when the batch is large enough to go */
  add(capture: Capture): boolean {
    if (capture.kind === 'page') this.#page(capture.page);
    else if (capture.kind === 'redirect') this.#redirect(capture.redirect);
    else {
      this.#others.push({ at: this.#count, capture });
      this.#size += 1000;
    }
    this.#count++;
    return this.#size + 4 * this.#numbers.length >= this.#limit;
  }

  /** What was added since the last time. */
  take(): CaptureBatch {
    const batch = {
      anew: this.#anew,
      texts: this.#texts,
      addresses: new Int32Array(this.#addresses),
      numbers: new Int32Array(this.#numbers),
      times: new Float64Array(this.#times),
      others: this.#others,
      count: this.#count,
    };
    this.#texts = [];
    this.#addresses = [];
    this.#numbers = [];
    this.#times = [];
    this.#others = [];
    this.#count = 0;
    this.#sizeBefore += this.#size;
    this.#size = 0;
    this.#anew = false;
    if (this.#sizeBefore >= this.#remembered) this.forget();
    return batch;
  }

  /** Begins anew, for a reader who knows nothing: between batches only. */
  forget(): void {
    this.#anew = true;
    this.#textOf = new Map();
    this.#addressOf = new Map();
    this.#textCount = 0;
    this.#sizeBefore = 0;
  }

  /** PAGE, url, title, ip, canonical, marks, number of links, and of each link: address, text, tag and nofollow, position, rel. */
  #page({ url, title, capturedAt, ip, canonical, noindex, truncated, links }: CrawledPage): void {
    this.#times.push(capturedAt ?? Number.NaN);
    this.#numbers.push(
      PAGE,
      this.#text(url),
      this.#text(title),
      this.#text(ip),
      this.#text(canonical),
      (noindex ? NOINDEX : 0) | (truncated === true ? TRUNCATED : 0),
      links.length,
    );
    for (const { url: target, text, tag, position, nofollow, rel } of links) {
      this.#numbers.push(
        this.#address(target),
        this.#text(text),
        LINK_TAGS.indexOf(tag) | (nofollow ? NOFOLLOW : 0),
        position ?? NONE,
        rel.length === 0 ? NONE : this.#text(rel.join(' ')),
      );
    }
  }

  /** REDIRECT, url, target, status, ip. */
  #redirect({ url, target, status, capturedAt, ip }: CrawledRedirect): void {
    this.#times.push(capturedAt ?? Number.NaN);
    this.#numbers.push(REDIRECT, this.#text(url), this.#text(target), status, this.#text(ip));
  }

  #address(url: string): number {
    const known = this.#addressOf.get(url);
    if (known !== undefined) return known;
    const key = plainKey(url, this.#bareHosts) ?? pageKey(url);
    const form = key === null ? NONE : formCode(url, key);
    const number = this.#addressOf.size;
    this.#addressOf.set(url, number);
    // Addresses that differ in their fragments have one key; other keys, and the addresses, come once.
    if (key !== null && form >= 0) this.#addresses.push(this.#single(key), form);
    else this.#addresses.push(this.#text(key), -1 - this.#single(url));
    return number;
  }

  #text(text: string | null): number {
    if (text === null) return NONE;
    const known = this.#textOf.get(text);
    if (known !== undefined) return known;
    const number = this.#single(text);
    this.#textOf.set(text, number);
    return number;
  }

  /** The number of a text that does not come again. */
  #single(text: string): number {
    this.#size += text.length + 8;
    this.#texts.push(text);
    return this.#textCount++;
  }
}

interface Address {
  readonly url: string;
  readonly known: AddressKey | undefined;
}

const NO_ADDRESS: Address = { url: '', known: undefined };
const NO_REL: readonly string[] = [];
const NOTHING: CaptureBatch = {
  anew: true,
  texts: [],
  addresses: new Int32Array(0),
  numbers: new Int32Array(0),
  times: new Float64Array(0),
  others: [],
  count: 0,
};

/** Takes one batch after another apart, in the order they were filled. */
export class BatchDecoder {
  readonly #rels = new Map<number, readonly string[]>();
  #texts: string[] = [];
  #textKeys: TextKey[] = [];
  #addresses: Address[] = [];
  #batch: CaptureBatch = NOTHING;
  #at = 0;
  #time = 0;

  /** The captures of a batch, in their order; to be taken to the last before the next batch. */
  *capturesOf(batch: CaptureBatch): Generator<Capture, void, void> {
    this.#begin(batch);
    let other = 0;
    for (let at = 0; at < batch.count; at++) {
      const next = batch.others[other];
      if (next?.at === at) {
        other++;
        yield next.capture;
      } else yield this.#next();
    }
  }

  #begin(batch: CaptureBatch): void {
    if (batch.anew) {
      this.#rels.clear();
      this.#texts = [];
      this.#textKeys = [];
      this.#addresses = [];
    }
    this.#batch = batch;
    this.#at = 0;
    this.#time = 0;
    for (const text of batch.texts) this.#texts.push(text);
    for (let at = 0; at < batch.addresses.length; at += 2) this.#addresses.push(this.#addressFrom(batch.addresses, at));
  }

  #addressFrom(addresses: Int32Array, at: number): Address {
    const keyText = addresses[at] ?? NONE;
    const form = addresses[at + 1] ?? NONE;
    const key = this.#texts[keyText] ?? '';
    const url = form >= 0 ? `${FORM_CODES[form] ?? ''}${key}` : (this.#texts[-1 - form] ?? '');
    return { url, known: keyText === NONE ? undefined : { key, form, number: -1, formNumber: -1 } };
  }

  #next(): Capture {
    const capturedAt = this.#batch.times[this.#time++] ?? Number.NaN;
    const time = Number.isNaN(capturedAt) ? null : capturedAt;
    return this.#number() === PAGE ? { kind: 'page', page: this.#page(time) } : { kind: 'redirect', redirect: this.#redirect(time) };
  }

  #page(capturedAt: number | null): CrawledPage {
    const url = this.#text() ?? '';
    const title = this.#text();
    const ip = this.#text();
    const canonical = this.#text();
    const marks = this.#number();
    const links: CrawledLink[] = [];
    for (let left = this.#number(); left > 0; left--) links.push(this.#link());
    const page = { url, title, capturedAt, ip, canonical, noindex: (marks & NOINDEX) !== 0, links };
    return (marks & TRUNCATED) === 0 ? page : { ...page, truncated: true };
  }

  #link(): CrawledLink {
    const { url, known } = this.#addresses[this.#number()] ?? NO_ADDRESS;
    const textNumber = this.#number();
    const tag = this.#number();
    const position = this.#number();
    return {
      url,
      known,
      text: this.#texts[textNumber] ?? '',
      textKey: this.#textKey(textNumber),
      tag: LINK_TAGS[tag & 0xff] ?? 'a',
      position: position === NONE ? null : position,
      nofollow: (tag & NOFOLLOW) !== 0,
      rel: this.#rel(this.#number()),
    };
  }

  #textKey(text: number): TextKey {
    this.#textKeys[text] ??= { number: -1 };
    return this.#textKeys[text];
  }

  #redirect(capturedAt: number | null): CrawledRedirect {
    const url = this.#text() ?? '';
    const target = this.#text() ?? '';
    const status = this.#number();
    return { url, target, status, capturedAt, ip: this.#text() };
  }

  #rel(text: number): readonly string[] {
    if (text === NONE) return NO_REL;
    const known = this.#rels.get(text);
    if (known !== undefined) return known;
    const tokens = (this.#texts[text] ?? '').split(' ');
    this.#rels.set(text, tokens);
    return tokens;
  }

  #number(): number {
    return this.#batch.numbers[this.#at++] ?? NONE;
  }

  #text(): string | null {
    const number = this.#number();
    return number === NONE ? null : (this.#texts[number] ?? '');
  }
}
