/** Where captures wait during a build: links, captures and texts in columns outside the heap, tables for what repeats (URLs, anchors, rel). */
import { pageKey } from '../../urls/keys.ts';
import type { Locate, Place } from '../geo.ts';
import type { AddressKey, Capture, CrawledGone, CrawledLink, CrawledPage, CrawledRedirect, CrawledUnchanged, ListedLink } from '../store.ts';
import { CAPTURED, CaptureColumns, type StagedCapture } from './build/captureColumns.ts';
import { LinkColumns, linkFlags } from './build/linkColumns.ts';
import { LinkDates } from './build/linkDates.ts';
import { Scores } from './build/scores.ts';
import { TextPile } from './build/textPile.ts';
import { KnownUrls } from './knownUrls.ts';
import { FORM_CODES, formCode, NOT_SAID, PAGE_MARK, REDIRECT_TAG, tagCode } from './schema.ts';
import { TextTable } from './textTable.ts';

/** What most captures do not say. */
const UNSAID = { place: 0, title: 0, canonical: 0, redirect: 0, destination: 0, external: null, internal: null, marks: 0, status: 0 } as const;

/** A capture that belongs to a page of the index. */
export type PageCapture = Extract<Capture, { kind: 'page' | 'redirect' | 'gone' | 'unchanged' | 'listed' }>;

export interface PlaceOfIp extends Place {
  readonly ip: string;
}

export class Staging {
  readonly urls = new KnownUrls();
  readonly anchors = new TextTable();
  readonly rels = new TextTable();
  readonly forms = new TextTable();
  readonly links = new LinkColumns();
  readonly dates = new LinkDates();
  readonly captures = new CaptureColumns();
  /** Titles, canonicals, addresses, destinations. */
  readonly texts = new TextPile();
  readonly scores = new Scores();
  /** By number less one. */
  readonly places: PlaceOfIp[] = [];
  /** First capture, where an earlier generation knew one: as in the table. */
  readonly firstCaptured = new Map<number, number>();
  /** Captures before this one are what an earlier generation knew of its pages. */
  earlier = 0;
  readonly #locate: Locate;
  readonly #places = new Map<string, number>();

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  /**
   * Takes a capture; false when it says nothing that could be kept.
   *
   * @param input its place among the inputs, by which equally old captures are ordered
   */
  add(capture: PageCapture, input: number): boolean {
    switch (capture.kind) {
      case 'page':
        return this.#addPage(capture.page, input);
      case 'redirect':
        return this.#addRedirect(capture.redirect, input);
      case 'gone':
        return this.#addFound(CAPTURED.gone, capture.gone, capture.gone.status, input);
      case 'unchanged':
        return this.#addFound(CAPTURED.unchanged, capture.unchanged, 0, input);
      case 'listed':
        return this.#addListed(capture.listed, input);
    }
  }

  /** Forgets by which number each text is known: from here on there is no adding. */
  seal(): void {
    for (const table of [this.urls, this.anchors, this.rels, this.forms]) table.seal();
  }

  /** True for what an earlier generation knew of a page. */
  isEarlier(capture: number): boolean {
    return capture < this.earlier;
  }

  /** The number of an address's place; 0 for none. */
  placeOf(ip: string | null): number {
    if (ip === null) return 0;
    return this.#places.get(ip) ?? this.addPlace({ ip, ...this.#locate(ip) });
  }

  addPlace(place: PlaceOfIp): number {
    const number = this.places.push(place);
    this.#places.set(place.ip, number);
    return number;
  }

  /** The form of a raw URL: the code of what stands before its key, or a number behind the codes. */
  formOf(url: string, target: number): number {
    const code = formCode(url, this.urls.keys[target] ?? '');
    return code >= 0 ? code : FORM_CODES.length + this.forms.idOf(url);
  }

  #addPage(page: CrawledPage, input: number): boolean {
    const url = this.urls.numberOf(page.url);
    if (url === null) return false;
    const firstLink = this.links.length;
    let external = 0;
    for (const link of page.links) if (this.#addLink(url, link)) external++;
    this.captures.add({
      ...UNSAID,
      kind: CAPTURED.page,
      input,
      second: seconds(page.capturedAt),
      firstLink,
      ...this.#address(url, page.url),
      title: this.texts.add(page.title),
      place: this.placeOf(page.ip),
      external,
      internal: page.links.length - external,
      canonical: this.texts.add(page.canonical),
      marks: (page.noindex ? PAGE_MARK.noindex : 0) | (page.truncated === true ? PAGE_MARK.truncated : 0),
    });
    return true;
  }

  /** False for a redirect that stays within its key. */
  #addRedirect({ url: address, target: destination, status, capturedAt, ip }: CrawledRedirect, input: number): boolean {
    // Looked at before anything is numbered: a dropped capture makes no URL known.
    const targetKey = pageKey(destination);
    if (targetKey === null || targetKey === pageKey(address)) return false;
    const url = this.urls.numberOf(address);
    const target = url === null ? null : this.urls.numberOf(destination);
    if (url === null || target === null) return false;
    const firstLink = this.links.length;
    if (!this.urls.sameDomain(url, target)) {
      const anchor = this.anchors.idOf(`[redirect ${status}]`);
      this.links.push(target, anchor, this.formOf(destination, target), null, 0, linkFlags(REDIRECT_TAG, 0, false));
    }
    this.captures.add({
      ...UNSAID,
      kind: CAPTURED.redirect,
      input,
      second: seconds(capturedAt),
      firstLink,
      ...this.#address(url, address),
      place: this.placeOf(ip),
      redirect: this.texts.add(destination),
      destination: target + 1,
      status,
    });
    return true;
  }

  #addFound(kind: StagedCapture['kind'], { url: address, capturedAt }: CrawledGone | CrawledUnchanged, status: number, input: number): boolean {
    const url = this.urls.numberOf(address);
    if (url === null) return false;
    const firstLink = this.links.length;
    this.captures.add({ ...UNSAID, kind, input, second: seconds(capturedAt), firstLink, ...this.#address(url, address), status });
    return true;
  }

  #addListed({ sourceUrl, sourceTitle, link, firstSeen, lastSeen, lost, externalLinks, score }: ListedLink, input: number): boolean {
    const target = this.urls.numberOf(link.url);
    const url = target === null ? null : this.urls.numberOf(sourceUrl);
    if (target === null || url === null) return false;
    const at = this.links.length;
    const tag = link.tag === null ? NOT_SAID.tag : tagCode(link.tag);
    const nofollow = link.nofollow === null ? NOT_SAID.nofollow : Number(link.nofollow);
    const anchor = link.text === null ? NOT_SAID.anchor : this.anchors.idOf(link.text);
    const flags = linkFlags(tag, nofollow, this.urls.sameDomain(url, target));
    this.links.push(target, anchor, this.formOf(link.url, target), link.position, this.#rel(link.rel), flags);
    const on = lost === null ? null : seconds(lost.at);
    this.dates.keep(at, seconds(firstSeen), on === null || lost === null ? null : { on, reason: lost.reason, lastSeen: seconds(lastSeen) });
    this.captures.add({
      ...UNSAID,
      kind: CAPTURED.listed,
      input,
      second: seconds(lastSeen),
      firstLink: at,
      ...this.#address(url, sourceUrl),
      title: this.texts.add(sourceTitle),
      external: externalLinks,
    });
    if (score !== null) this.scores.add(url, score);
    return true;
  }

  /** True when the link leaves the page's registrable domain. */
  #addLink(source: number, link: CrawledLink): boolean {
    const { known, url } = link;
    const target = known === undefined ? this.urls.numberOf(url) : this.urls.numberOfKnown(known, url);
    if (target === null) return false;
    const internal = this.urls.sameDomain(source, target);
    const form = known === undefined ? this.formOf(url, target) : this.#formOfKnown(known, url, target);
    const flags = linkFlags(tagCode(link.tag), Number(link.nofollow), internal);
    this.links.push(target, this.#anchorOf(link), form, link.position, this.#rel(link.rel), flags);
    return !internal;
  }

  #formOfKnown(known: AddressKey, url: string, target: number): number {
    if (known.form >= 0) return known.form;
    if (known.formNumber < 0) known.formNumber = this.formOf(url, target);
    return known.formNumber;
  }

  /** The number of a link's text, looked up once for all links of an input that have it. */
  #anchorOf({ text, textKey }: CrawledLink): number {
    if (textKey === undefined) return this.anchors.idOf(text);
    if (textKey.number < 0) textKey.number = this.anchors.idOf(text);
    return textKey.number;
  }

  #rel(tokens: readonly string[]): number {
    return tokens.length === 0 ? 0 : this.rels.idOf(tokens.join(' '));
  }

  #address(url: number, address: string): Pick<StagedCapture, 'url' | 'address' | 'form'> {
    const code = formCode(address, this.urls.keys[url] ?? '');
    return code >= 0 ? { url, address: 0, form: code } : { url, address: this.texts.add(address), form: 0 };
  }
}

/** Whole seconds of a date that a 32-bit column holds; null for none, and for one before 1970 or after 2106. */
function seconds(time: number | null): number | null {
  const second = time === null ? 0 : Math.floor(time / 1000);
  return second > 0 && second < 2 ** 32 ? second : null;
}
