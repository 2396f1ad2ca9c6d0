/** Captures brought together page by page, as plainly as can be: which capture speaks for a page, and its links that stand or are lost. */
import { foldCapture, type LinkRules, type PageCapture, type PageHistory, since } from '../../server/src/linkIndex/history.ts';
import type { Capture, CrawledLink, ListedAnchor, ListedLink } from '../../server/src/linkIndex/store.ts';
import { registrableDomain } from '../../server/src/urls/domains.ts';
import { pageKey } from '../../server/src/urls/keys.ts';
import type { Backlink } from '../../shared/backlinks.ts';

type Found = Extract<Capture, { kind: 'page' | 'redirect' | 'gone' | 'unchanged' }>;
export type Speaking = Exclude<Found, { kind: 'unchanged' }>;

/** A link of a page with its dates as days. */
export interface NaiveLink {
  readonly link: ListedAnchor;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Epoch seconds since when it counts as new; null for a link as old as its page. */
  readonly newSince: number | null;
  readonly lost: Backlink['lost'];
}

/** The columns of a row that its page gives. */
export type PageColumns = Pick<Backlink, 'sourceUrl' | 'title' | 'externalLinks' | 'internalLinks' | 'totalLinks' | 'ip'>;

export interface NaivePage {
  readonly key: string;
  readonly columns: PageColumns;
  readonly links: readonly NaiveLink[];
  /** URLs it passes strength to. */
  readonly passes: readonly string[];
  readonly redirect: { readonly url: string; readonly status: number } | null;
  readonly gone: number | null;
  /** True where it was captured at two different times. */
  readonly recaptured: boolean;
  /** True where only lists know the page. */
  readonly isListed: boolean;
  /** The score of such a list. */
  readonly score: ListedLink['score'];
}

/** Pages by key, of captures in the order given. */
export function naivePages(captures: Iterable<Capture>): Map<string, NaivePage> {
  const found = new Map<string, Found[]>();
  const listed = new Map<string, ListedLink[]>();
  for (const capture of captures) {
    if (capture.kind === 'listed') push(listed, keyOfListed(capture.listed), capture.listed);
    else if (isFound(capture)) push(found, keyOf(capture), capture);
  }
  const pages = new Map<string, NaivePage>();
  for (const [key, list] of listed) pages.set(key, listedPage(key, list));
  for (const [key, list] of found) {
    const page = capturedPage(key, list);
    if (page !== null) pages.set(key, page);
  }
  return pages;
}

function push<T>(lists: Map<string, T[]>, key: string | null, entry: T): void {
  if (key === null) return;
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}

function isFound(capture: Capture): capture is Found {
  return capture.kind === 'page' || capture.kind === 'redirect' || capture.kind === 'gone' || capture.kind === 'unchanged';
}

function keyOfListed({ sourceUrl, link }: ListedLink): string | null {
  return pageKey(link.url) === null ? null : pageKey(sourceUrl);
}

/** Null for a capture that is dropped: a redirect within its key, or to nowhere. */
function keyOf(capture: Found): string | null {
  const key = pageKey(addressOf(capture));
  if (capture.kind !== 'redirect') return key;
  const target = pageKey(capture.redirect.target);
  return target === null || target === key ? null : key;
}

function addressOf(capture: Found): string {
  switch (capture.kind) {
    case 'page':
      return capture.page.url;
    case 'redirect':
      return capture.redirect.url;
    case 'gone':
      return capture.gone.url;
    case 'unchanged':
      return capture.unchanged.url;
  }
}

function timeOf(capture: Found): number | null {
  switch (capture.kind) {
    case 'page':
      return capture.page.capturedAt;
    case 'redirect':
      return capture.redirect.capturedAt;
    case 'gone':
      return capture.gone.capturedAt;
    case 'unchanged':
      return capture.unchanged.capturedAt;
  }
}

const RULES: LinkRules<CrawledLink> = {
  identityOf: ({ url, text, tag }) => JSON.stringify([url, text, tag]),
  movedTo: (link, position) => ({ ...link, position }),
};

function capturedPage(key: string, captures: readonly Found[]): NaivePage | null {
  let history: PageHistory<CrawledLink> | null = null;
  let speaks: Speaking | null = null;
  let title: string | null = null;
  for (const capture of captures) {
    const before: PageHistory<CrawledLink> | null = history;
    const at = timeOf(capture);
    if (capture.kind !== 'unchanged' && (before === null || (at ?? -1) >= (before.captured ?? -1) * 1000)) {
      speaks = capture;
      if (capture.kind !== 'gone') title = capture.kind === 'page' ? capture.page.title : null;
    }
    history = foldCapture(before, asPageCapture(key, capture), RULES);
  }
  return history === null || speaks === null ? null : { ...told(key, speaks, history), columns: columnsOf(key, speaks, title, history) };
}

function told(key: string, speaks: Speaking, history: PageHistory<CrawledLink>): Omit<NaivePage, 'columns'> {
  const live = history.live.map((seen) => ({
    link: seen.link,
    firstSeen: day(since(seen, history)),
    lastSeen: day(history.captured),
    newSince: seen.firstSeen,
    lost: null,
  }));
  const lost = history.lost.map((seen) => ({
    link: seen.link,
    firstSeen: day(since(seen, history)),
    lastSeen: day(seen.lastSeen),
    newSince: seen.firstSeen,
    lost: { on: day(seen.on) ?? '', reason: seen.reason },
  }));
  const followed = live.filter(({ link }) => !link.nofollow && ['a', 'aimg', 'area'].includes(link.tag)).map(({ link }) => link.url);
  return {
    key,
    links: [...live, ...lost],
    passes: speaks.kind === 'redirect' ? [speaks.redirect.target] : followed,
    redirect: speaks.kind === 'redirect' ? { url: speaks.redirect.target, status: speaks.redirect.status } : null,
    gone: speaks.kind === 'gone' ? speaks.gone.status : null,
    recaptured: history.firstCaptured !== history.captured,
    isListed: false,
    score: null,
  };
}

function asPageCapture(key: string, capture: Found): PageCapture<CrawledLink> {
  const time = timeOf(capture);
  const at = time === null ? null : Math.floor(time / 1000);
  if (capture.kind === 'page') {
    const { links, noindex, canonical, truncated = false } = capture.page;
    const named = canonical === null ? null : pageKey(canonical);
    return { kind: 'page', at, links, noindex, canonicalised: named !== null && named !== key, truncated };
  }
  if (capture.kind !== 'redirect') return { kind: capture.kind, at };
  const { target, status } = capture.redirect;
  const row: CrawledLink = { url: target, text: `[redirect ${status}]`, tag: 'redirect', position: null, nofollow: false, rel: [] };
  return { kind: 'redirect', at, links: domainOf(key) === domainOf(pageKey(target) ?? '') ? [] : [row] };
}

function columnsOf(key: string, speaks: Speaking, title: string | null, { live }: PageHistory<CrawledLink>): PageColumns {
  // Of a capture that was cut short the links behind the cut count, too, as they were.
  const links = speaks.kind === 'page' && speaks.page.links.length < live.length ? live.map(({ link }) => link) : null;
  const counts =
    speaks.kind === 'page' ? linkCounts(key, links ?? speaks.page.links) : { externalLinks: null, internalLinks: null, totalLinks: null };
  const ip = speaks.kind === 'page' ? speaks.page.ip : speaks.kind === 'redirect' ? speaks.redirect.ip : null;
  return { sourceUrl: addressOf(speaks), title, ip, ...counts };
}

/** Of equal links the last one given stands, with the first date that any gives. */
function listedPage(key: string, listed: readonly ListedLink[]): NaivePage {
  const links = new Map<string, NaiveLink>();
  const latest = listed.map(({ lastSeen }) => lastSeen).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
  for (const { link, firstSeen, lastSeen, lost } of listed) {
    const identity = JSON.stringify([link.url, link.text, link.tag]);
    const before = links.get(identity)?.newSince ?? null;
    const first = seconds(firstSeen);
    const newSince = first === null || before === null ? (first ?? before) : Math.min(first, before);
    links.delete(identity);
    links.set(identity, {
      link,
      firstSeen: day(newSince ?? seconds(latest)),
      lastSeen: day(seconds(lost === null ? latest : lastSeen)),
      newSince,
      lost: lost === null ? null : { on: day(seconds(lost.at)) ?? '', reason: lost.reason },
    });
  }
  const last = listed.at(-1) as ListedLink;
  const title = listed.findLast(({ sourceTitle }) => sourceTitle !== null)?.sourceTitle ?? null;
  return {
    key,
    columns: { sourceUrl: last.sourceUrl, title, externalLinks: last.externalLinks, internalLinks: null, totalLinks: null, ip: null },
    links: [...links.values()],
    passes: [],
    redirect: null,
    gone: null,
    recaptured: false,
    isListed: true,
    score: listed.findLast(({ score }) => score !== null)?.score ?? null,
  };
}

function linkCounts(key: string, links: readonly CrawledLink[]): Pick<PageColumns, 'externalLinks' | 'internalLinks' | 'totalLinks'> {
  const externalLinks = links.filter(({ url }) => domainOf(pageKey(url) ?? '') !== domainOf(key)).length;
  return { externalLinks, internalLinks: links.length - externalLinks, totalLinks: links.length };
}

function seconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000);
}

function day(second: number | null): string | null {
  return second === null ? null : new Date(second * 1000).toISOString().slice(0, 10);
}

export function hostOf(key: string): string {
  return key.slice(0, key.indexOf('/')).replace(/:\d+$/, '');
}

export function domainOf(key: string): string {
  return registrableDomain(hostOf(key));
}
