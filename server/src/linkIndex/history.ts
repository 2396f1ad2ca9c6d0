/**
 * What several captures of one page say of its links: which stand, since when, and which are lost, when and why. Pure: builds and additions
 * fold their captures with it, one after another in the order given, so that both come to the same answer.
 *
 * Times are whole seconds since the epoch; null is a capture without a date, which counts as older than every dated one.
 */
import type { LostReason } from '../../../shared/backlinks.ts';

/** A link that stands. `link` is as the latest capture has it; `id` names the record it was read from, null for one that is new. */
export interface SeenLink<L> {
  readonly id: number | null;
  readonly link: L;
  /** Null: as old as the page's first capture, so never new. */
  readonly firstSeen: number | null;
}

export interface LostLink<L> extends SeenLink<L> {
  readonly on: number;
  readonly reason: LostReason;
  /** Time of the last capture that had it. */
  readonly lastSeen: number | null;
}

/** What is known of one page from its captures so far. Links with one identity stand in the order of the page, lost ones behind the live. */
export interface PageHistory<L> {
  readonly firstCaptured: number | null;
  /** Time of the latest capture, moved on by captures that found the page unchanged. */
  readonly captured: number | null;
  /** Some capture was free of noindex; a later one with it then takes the page's links out. */
  readonly wasIndexed: boolean;
  /** Some capture did not name another page as its canonical; a later one that does then takes the page's links out. */
  readonly wasCanonical: boolean;
  readonly live: readonly SeenLink<L>[];
  readonly lost: readonly LostLink<L>[];
}

/** One capture of the page; `links` in document order. */
export type PageCapture<L> =
  | {
      readonly kind: 'page';
      readonly at: number | null;
      readonly links: readonly L[];
      readonly noindex: boolean;
      readonly canonicalised: boolean;
      /** The capture ended before the page did: a link that it does not have may stand behind the cut, and stays as it was. */
      readonly truncated: boolean;
    }
  /** The row of the redirect, or none where it stays inside the domain. */
  | { readonly kind: 'redirect'; readonly at: number | null; readonly links: readonly L[] }
  | { readonly kind: 'gone'; readonly at: number | null }
  | { readonly kind: 'unchanged'; readonly at: number | null };

type ContentCapture<L> = Exclude<PageCapture<L>, { kind: 'unchanged' }>;

/** What is asked of a link. */
export interface LinkRules<L> {
  /** Text that two occurrences of one link share: raw target, tag and link text. Which of several equal ones it is follows from their order. */
  readonly identityOf: (link: L) => string;
  /** The link at another position of its page, from 1. */
  readonly movedTo: (link: L, position: number) => L;
}

/**
 * Takes one more capture of a page in. A newer one replaces what stood, an older one only lowers first dates, of equally old ones the last
 * given wins as if the other had not been. Source of the rules: the words "New" and "Lost" of README.md, and the identity of a link (source page key, raw target, tag, text, n-th of these).
 *
 * @param history null for a page that was never captured
 * @returns null where still nothing is known; the same object where the capture says nothing new
 */
export function foldCapture<L>(history: PageHistory<L> | null, capture: PageCapture<L>, rules: LinkRules<L>): PageHistory<L> | null {
  if (capture.kind === 'unchanged')
    return history !== null && isBefore(history.captured, capture.at) ? { ...history, captured: capture.at } : history;
  if (history === null) return firstCapture(capture);
  return isBefore(capture.at, history.captured) ? lowered(history, capture, rules) : replaced(history, capture, rules);
}

/** True when `a` is the older time. */
export function isBefore(a: number | null, b: number | null): boolean {
  return b !== null && (a === null || a < b);
}

function firstCapture<L>(capture: ContentCapture<L>): PageHistory<L> {
  const live = linksOf(capture).map((link) => ({ id: null, link, firstSeen: null }));
  return { firstCaptured: capture.at, captured: capture.at, ...marksOf(capture), live, lost: [] };
}

function replaced<L>(history: PageHistory<L>, capture: ContentCapture<L>, rules: LinkRules<L>): PageHistory<L> {
  const { at } = capture;
  const again = isBefore(history.firstCaptured, at);
  const { wasIndexed, wasCanonical } = marksOf(capture);
  const withdrawn = again ? withdrawal(history, capture) : null;
  const occurrences = new Occurrences(withdrawn === null ? linksOf(capture) : [], rules);
  const kept = history.live.map((seen) => occurrences.take(seen));
  const returned = history.lost.map((seen) => occurrences.take(seen));
  const rest = occurrences.rest(again ? at : null);
  const unseen = history.live.filter((_, place) => kept[place] === null);
  const behindCut = withdrawn === null && isTruncated(capture) ? movedBehind(linksOf(capture).length, unseen, rules) : null;
  const vanished = behindCut === null ? unseen : [];
  const live = [...kept, ...returned, ...rest].filter((entry) => entry !== null).sort((a, b) => a.place - b.place);
  return {
    firstCaptured: history.firstCaptured,
    captured: at,
    wasIndexed: wasIndexed || (again && history.wasIndexed),
    wasCanonical: wasCanonical || (again && history.wasCanonical),
    live: [...live.map(({ seen }) => seen), ...(behindCut ?? [])],
    lost: [
      ...vanished.flatMap((seen) => lose(seen, history, at, withdrawn ?? lossBy(capture))),
      ...history.lost.filter((_, place) => returned[place] === null),
    ],
  };
}

function isTruncated<L>(capture: ContentCapture<L>): boolean {
  return capture.kind === 'page' && capture.truncated;
}

/** What may stand behind a cut follows what stands before it, in the order it had. */
function movedBehind<L>(links: number, seen: readonly SeenLink<L>[], { movedTo }: LinkRules<L>): SeenLink<L>[] {
  return seen.map((one, at) => ({ ...one, link: movedTo(one.link, links + at + 1) }));
}

/** Why the page's links no longer count though it is there, or null. */
function withdrawal<L>(history: PageHistory<L>, capture: ContentCapture<L>): 'noindex' | 'canonicalised' | null {
  if (capture.kind !== 'page') return null;
  if (capture.noindex && history.wasIndexed) return 'noindex';
  return capture.canonicalised && history.wasCanonical ? 'canonicalised' : null;
}

function lossBy<L>(capture: ContentCapture<L>): LostReason {
  return ({ page: 'removed', redirect: 'redirected', gone: 'gone' } as const)[capture.kind];
}

/** A link that only the replaced capture of the same time had was never there. */
function lose<L>(seen: SeenLink<L>, history: PageHistory<L>, at: number | null, reason: LostReason): LostLink<L>[] {
  return at === null || since(seen, history) === at ? [] : [{ ...seen, on: at, reason, lastSeen: history.captured }];
}

function lowered<L>(history: PageHistory<L>, capture: ContentCapture<L>, rules: LinkRules<L>): PageHistory<L> {
  const firstCaptured = isBefore(capture.at, history.firstCaptured) ? capture.at : history.firstCaptured;
  const occurrences = new Occurrences(linksOf(capture), rules);
  let changed = firstCaptured !== history.firstCaptured;
  const lower = <S extends SeenLink<L>>(seen: S): S => {
    const before = since(seen, history);
    const now = occurrences.take(seen) !== null && isBefore(capture.at, before) ? capture.at : before;
    const firstSeen = isBefore(firstCaptured, now) ? now : null;
    changed ||= firstSeen !== seen.firstSeen;
    return { ...seen, firstSeen };
  };
  const live = history.live.map(lower);
  const lost = history.lost.map(lower);
  return changed ? { ...history, firstCaptured, live, lost } : history;
}

/** When a link was first seen, null for a capture without a date. */
export function since<L>(seen: SeenLink<L>, { firstCaptured }: Pick<PageHistory<L>, 'firstCaptured'>): number | null {
  return seen.firstSeen ?? firstCaptured;
}

function linksOf<L>(capture: ContentCapture<L>): readonly L[] {
  return capture.kind === 'gone' ? [] : capture.links;
}

/** The marks of a page with this one capture. */
function marksOf<L>(capture: ContentCapture<L>): { wasIndexed: boolean; wasCanonical: boolean } {
  return { wasIndexed: capture.kind !== 'page' || !capture.noindex, wasCanonical: capture.kind !== 'page' || !capture.canonicalised };
}

interface Placed<L> {
  readonly place: number;
  readonly seen: SeenLink<L>;
}

/** The links of a capture by identity, each to be taken once, equal ones in their order. */
class Occurrences<L> {
  readonly #identityOf: LinkRules<L>['identityOf'];
  readonly #links: readonly L[];
  readonly #places = new Map<string, number[]>();

  constructor(links: readonly L[], { identityOf }: LinkRules<L>) {
    this.#links = links;
    this.#identityOf = identityOf;
    // Backwards, so that the first of equal ones is the cheap one to take.
    for (let place = links.length - 1; place >= 0; place--) {
      const identity = identityOf(links[place] as L);
      const equal = this.#places.get(identity);
      if (equal === undefined) this.#places.set(identity, [place]);
      else equal.push(place);
    }
  }

  /** The occurrence of a known link, or null where the capture has it no more. */
  take({ id, link, firstSeen }: SeenLink<L>): Placed<L> | null {
    const place = this.#places.get(this.#identityOf(link))?.pop();
    return place === undefined ? null : { place, seen: { id, link: this.#links[place] as L, firstSeen } };
  }

  /** What nobody took, as links seen for the first time. */
  rest(firstSeen: number | null): Placed<L>[] {
    return Array.from(this.#places.values()).flatMap((places) =>
      places.map((place) => ({ place, seen: { id: null, link: this.#links[place] as L, firstSeen } })),
    );
  }
}
