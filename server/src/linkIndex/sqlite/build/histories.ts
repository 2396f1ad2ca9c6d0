/** What the captures of each page come to: which one speaks for the page, and which links stand or are lost. */
import { pageKey } from '../../../urls/keys.ts';
import { foldCapture, isBefore, type LinkRules, type LostLink, type PageCapture, type PageHistory, type SeenLink } from '../../history.ts';
import { PAGE_MARK } from '../schema.ts';
import type { Staging } from '../staging.ts';
import { CAPTURED } from './captureColumns.ts';
import { INTERNAL, TAG_BITS } from './linkColumns.ts';
import type { Pause } from './pause.ts';

/** Captures between two pauses: folding their links takes about as long as writing PAUSE_EVERY rows. */
const FOLDED_AT_ONCE = 1000;

/** A page as the table has it. */
export interface PageFacts {
  /** The capture that speaks for the page. */
  readonly capture: number;
  /** Epoch seconds. */
  readonly captured: number | null;
  /** As in the table: null for the same as `captured`, 0 for no date. */
  readonly firstCaptured: number | null;
  /** Sum of PAGE_MARKs. */
  readonly marks: number;
  /** The capture whose title the page has: when it is gone it keeps the one it had. */
  readonly titled: number;
  /** Links of the page by what they are to its domain, null for none told. */
  readonly external: number | null;
  readonly internal: number | null;
}

export class Histories {
  readonly #staging: Staging;
  /** Of pages whose captures had to be folded. */
  readonly #folded = new Map<number, PageFacts | null>();

  readonly #rules: LinkRules<number>;

  private constructor(staging: Staging) {
    this.#staging = staging;
    this.#rules = {
      identityOf: (link) => this.#identity(link),
      movedTo: (link, position) => {
        staging.links.position[link] = position + 1;
        return link;
      },
    };
  }

  /** Folds the captures of every page that has several. Of the others there is nothing to do. */
  static async fold(staging: Staging, pause: Pause): Promise<Histories> {
    const histories = new Histories(staging);
    const { captures } = staging;
    for (let capture = 0; captures.repeated && capture < captures.length; capture++) {
      if (capture % FOLDED_AT_ONCE === 0) await pause();
      if (captures.get(capture, 'before') !== 0) histories.#foldPage(captures.get(capture, 'url'));
    }
    return histories;
  }

  /** True when some links or captures count no more, so that what only they name may be unknown. */
  get folded(): boolean {
    return this.#folded.size > 0;
  }

  /** Null for a URL without captures, and for one that was only ever found unchanged. */
  factsOf(url: number): PageFacts | null {
    const folded = this.#folded.get(url);
    if (folded !== undefined) return folded;
    const capture = this.#staging.captures.only(url);
    if (capture === null || this.#staging.captures.get(capture, 'kind') === CAPTURED.unchanged) return null;
    return this.#factsOfOne(capture);
  }

  /** Visits the links of a page that stand or are lost, in the order they were staged. */
  visitLinks(url: number, visit: (link: number) => void): void {
    const { captures, links, dates } = this.#staging;
    const only = captures.only(url);
    if (only !== null) {
      const end = captures.endOfLinks(only, links.length);
      for (let link = captures.get(only, 'firstLink'); link < end; link++) visit(link);
      return;
    }
    for (const capture of captures.of(url)) {
      const end = captures.endOfLinks(capture, links.length);
      for (let link = captures.get(capture, 'firstLink'); link < end; link++) if (!dates.isDropped(link)) visit(link);
    }
  }

  #foldPage(url: number): void {
    if (!this.#folded.has(url)) this.#folded.set(url, this.#fold(this.#staging.captures.of(url)));
  }

  #factsOfOne(capture: number): PageFacts {
    const { captures, firstCaptured } = this.#staging;
    return {
      capture,
      captured: captures.second(capture),
      firstCaptured: firstCaptured.get(capture) ?? null,
      marks: captures.get(capture, 'marks'),
      titled: capture,
      external: captures.count(capture, 'external'),
      internal: captures.count(capture, 'internal'),
    };
  }

  #fold(captures: readonly number[]): PageFacts | null {
    const found = captures.filter((capture) => this.#kind(capture) !== CAPTURED.listed);
    for (const capture of captures) for (const link of this.#linksOf(capture)) this.#staging.dates.drop(link);
    const facts = this.#foldCaptures(found);
    return facts ?? this.#foldLists(captures.filter((capture) => this.#kind(capture) === CAPTURED.listed));
  }

  #foldCaptures(captures: readonly number[]): PageFacts | null {
    const { dates } = this.#staging;
    let history: PageHistory<number> | null = null;
    let speaks = -1;
    let titled = -1;
    for (const capture of captures) {
      const kind = this.#kind(capture);
      const newest: boolean = kind !== CAPTURED.unchanged && (history === null || !isBefore(this.#second(capture), history.captured));
      const earlier: boolean = history === null && this.#staging.isEarlier(capture);
      history = earlier ? this.#earlier(capture) : foldCapture(history, this.#asFound(capture), this.#rules);
      if (newest) speaks = capture;
      if (newest && (earlier || kind !== CAPTURED.gone)) titled = capture;
    }
    if (history === null) return null;
    for (const { link, firstSeen } of history.live) dates.keep(link, firstSeen, null);
    for (const { link, firstSeen, on, reason, lastSeen } of history.lost) dates.keep(link, firstSeen, { on, reason, lastSeen });
    const { captured, firstCaptured } = history;
    return {
      capture: speaks,
      captured,
      firstCaptured: firstCaptured === captured ? null : (firstCaptured ?? 0),
      marks: this.#marks(speaks, history),
      titled: titled === -1 ? speaks : titled,
      ...this.#countsOf(speaks, history),
    };
  }

  /** Of a capture that was cut short the links behind the cut count, too, as they were. */
  #countsOf(capture: number, { live }: PageHistory<number>): Pick<PageFacts, 'external' | 'internal'> {
    const { captures, links } = this.#staging;
    if (this.#kind(capture) !== CAPTURED.page || live.length <= this.#linksOf(capture).length) {
      return { external: captures.count(capture, 'external'), internal: captures.count(capture, 'internal') };
    }
    const internal = live.reduce((count, { link }) => count + Number(((links.flags[link] ?? 0) & INTERNAL) !== 0), 0);
    return { external: live.length - internal, internal };
  }

  /** Of equal links in lists the last one given stands, with the first date that any gives. */
  #foldLists(captures: readonly number[]): PageFacts | null {
    const { dates } = this.#staging;
    const standing = new Map<string, number>();
    for (const capture of captures) {
      for (const link of this.#linksOf(capture)) {
        const identity = this.#identity(link);
        const before = standing.get(identity);
        const first = [dates.firstSeen(link), before === undefined ? null : dates.firstSeen(before)].filter((second) => second !== null);
        if (before !== undefined) dates.drop(before);
        dates.keep(link, first.length === 0 ? null : Math.min(...first), dates.lost(link));
        standing.set(identity, link);
      }
    }
    const last = captures.at(-1);
    if (last === undefined) return null;
    const seen = captures.map((capture) => this.#second(capture)).filter((second) => second !== null);
    const titled = captures.findLast((capture) => this.#staging.captures.get(capture, 'title') !== 0) ?? last;
    return { ...this.#factsOfOne(last), captured: seen.length === 0 ? null : Math.max(...seen), titled };
  }

  /** What an earlier generation knew of a page. */
  #earlier(capture: number): PageHistory<number> {
    const { captures, dates, firstCaptured } = this.#staging;
    const live: SeenLink<number>[] = [];
    const lost: LostLink<number>[] = [];
    for (const link of this.#linksOf(capture)) {
      const seen = { id: null, link, firstSeen: dates.firstSeen(link) };
      const gone = dates.lost(link);
      if (gone === null) live.push(seen);
      else lost.push({ ...seen, ...gone });
    }
    const captured = this.#second(capture);
    const marks = captures.get(capture, 'marks');
    const first = firstCaptured.get(capture) ?? captured;
    return {
      firstCaptured: first === 0 ? null : first,
      captured,
      wasIndexed: (marks & PAGE_MARK.noindex) === 0 || (marks & PAGE_MARK.wasIndexed) !== 0,
      wasCanonical: !this.#isCanonicalised(capture) || (marks & PAGE_MARK.wasCanonical) !== 0,
      live,
      lost,
    };
  }

  #asFound(capture: number): PageCapture<number> {
    const at = this.#second(capture);
    switch (this.#kind(capture)) {
      case CAPTURED.redirect:
        return { kind: 'redirect', at, links: this.#linksOf(capture) };
      case CAPTURED.gone:
        return { kind: 'gone', at };
      case CAPTURED.unchanged:
        return { kind: 'unchanged', at };
      default: {
        const marks = this.#staging.captures.get(capture, 'marks');
        const [noindex, truncated] = [(marks & PAGE_MARK.noindex) !== 0, (marks & PAGE_MARK.truncated) !== 0];
        return { kind: 'page', at, links: this.#linksOf(capture), noindex, canonicalised: this.#isCanonicalised(capture), truncated };
      }
    }
  }

  #marks(capture: number, { wasIndexed, wasCanonical }: PageHistory<number>): number {
    const found = this.#staging.captures.get(capture, 'marks');
    const noindex = found & PAGE_MARK.noindex;
    const taken = noindex !== 0 && wasIndexed ? PAGE_MARK.wasIndexed : 0;
    return (
      (found & (PAGE_MARK.noindex | PAGE_MARK.truncated)) | taken | (wasCanonical && this.#isCanonicalised(capture) ? PAGE_MARK.wasCanonical : 0)
    );
  }

  #isCanonicalised(capture: number): boolean {
    const { captures, texts, urls } = this.#staging;
    const canonical = texts.get(captures.get(capture, 'canonical'));
    const key = canonical === null ? null : pageKey(canonical);
    return key !== null && key !== urls.keys[captures.get(capture, 'url')];
  }

  #identity(link: number): string {
    const { target, form, anchor, flags } = this.#staging.links;
    return `${target[link] ?? 0} ${form[link] ?? 0} ${anchor[link] ?? 0} ${(flags[link] ?? 0) & TAG_BITS}`;
  }

  #linksOf(capture: number): number[] {
    const { captures, links } = this.#staging;
    const first = captures.get(capture, 'firstLink');
    return Array.from({ length: captures.endOfLinks(capture, links.length) - first }, (_, at) => first + at);
  }

  #kind(capture: number): number {
    return this.#staging.captures.get(capture, 'kind');
  }

  #second(capture: number): number | null {
    return this.#staging.captures.second(capture);
  }
}
