/** Takes captures of pages into a generation: folds each with what the generation knows of its page, and writes what that changes. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { registrableDomain } from '../../../urls/domains.ts';
import { pageKey } from '../../../urls/keys.ts';
import { foldCapture, isBefore, type PageCapture, type PageHistory, type SeenLink } from '../../history.ts';
import type { Capture, CrawledPage, CrawledRedirect } from '../../store.ts';
import { setRedirect } from '../redirectTable.ts';
import { REDIRECT_TAG } from '../schema.ts';
import { FOUND_RULES, type FoundLink, foundIn, foundStored } from './foundLinks.ts';
import type { KnownPage, KnownPages } from './knownPages.ts';
import { storedForm } from './knownPages.ts';
import type { KnownPlaces } from './knownPlaces.ts';
import type { LinkChanges, LinkCount } from './linkChanges.ts';
import { type StoredLink, StoredLinks } from './storedLinks.ts';
import { isCanonicalised, type PageColumns, type StoredPage, StoredPages, seconds } from './storedPages.ts';
import type { UnnamedPages } from './unnamedPages.ts';

/** Captures that say something of one page. */
export type CaptureOfPage = Extract<Capture, { kind: 'page' | 'redirect' | 'gone' | 'unchanged' }>;

/** The columns that a capture gives, but for the counts of links and the title. */
interface Content extends Omit<PageColumns, 'url' | 'place' | 'external' | 'internal' | 'title'> {
  readonly ip: string | null;
}

interface Parts {
  readonly places: KnownPlaces;
  readonly changes: LinkChanges;
  readonly unnamed: UnnamedPages;
}

export class PageWriter {
  /** Pages with a capture, more since `forget`. */
  addedPages = 0;
  /** Some page was captured at another time than before, since `forget`. */
  recaptured = false;
  /** Days of the captures taken since `forget`, epoch seconds. */
  first: number | null = null;
  last: number | null = null;
  readonly #db: DatabaseSync;
  readonly #pages: KnownPages;
  readonly #places: KnownPlaces;
  readonly #changes: LinkChanges;
  readonly #unnamed: UnnamedPages;
  readonly #unlist: StatementSync;
  readonly #stored: StoredPages;
  readonly #links: StoredLinks;

  constructor(db: DatabaseSync, pages: KnownPages, { places, changes, unnamed }: Parts) {
    this.#db = db;
    this.#pages = pages;
    this.#places = places;
    this.#changes = changes;
    this.#unnamed = unnamed;
    this.#unlist = db.prepare('delete from listed_page where page = ?');
    this.#stored = new StoredPages(db);
    this.#links = new StoredLinks(db);
  }

  /** False when the capture is of no page that can be known. */
  take(capture: CaptureOfPage): boolean {
    switch (capture.kind) {
      case 'page':
        return this.#takePage(capture.page);
      case 'redirect':
        return this.#takeRedirect(capture.redirect);
      case 'gone': {
        const { url, status, capturedAt } = capture.gone;
        return this.#takeContent(url, { kind: 'gone', at: seconds(capturedAt) }, { ...NOTHING, gone: status });
      }
      case 'unchanged': {
        const { url, capturedAt } = capture.unchanged;
        return this.#takeUnchanged(url, seconds(capturedAt));
      }
    }
  }

  forget(): void {
    this.addedPages = 0;
    this.recaptured = false;
    this.first = null;
    this.last = null;
  }

  #takePage({ url, title, capturedAt, ip, canonical, noindex, truncated = false, links }: CrawledPage): boolean {
    const key = pageKey(url);
    if (key === null) return false;
    const found = links.map(foundIn);
    const canonicalised = isCanonicalised(canonical, key);
    const capture: PageCapture<FoundLink> = { kind: 'page', at: seconds(capturedAt), links: found, noindex, canonicalised, truncated };
    return this.#takeContent(url, capture, { ...NOTHING, isPage: true, ip, canonical, noindex, truncated }, title);
  }

  #takeRedirect({ url, target, status, capturedAt, ip }: CrawledRedirect): boolean {
    const targetKey = pageKey(target);
    const key = pageKey(url);
    if (key === null || targetKey === null || targetKey === key) return false;
    const link = { url: target, text: `[redirect ${status}]`, tag: REDIRECT_TAG, position: null, nofollow: 0, rel: '' };
    const links = domainOf(key) === domainOf(targetKey) ? [] : [link];
    const content = { ...NOTHING, ip, redirect: target, redirectStatus: status };
    return this.#takeContent(url, { kind: 'redirect', at: seconds(capturedAt), links }, content, null);
  }

  #takeUnchanged(url: string, at: number | null): boolean {
    const key = pageKey(url);
    const page = key === null ? null : this.#pages.findKey(key);
    if (page === null) return false;
    const stored = this.#stored.read(page.id, page.key);
    if (!stored.seen || !isBefore(stored.captured, at)) return true;
    this.#stored.setDates(page.id, { ...stored, captured: at });
    this.recaptured = true;
    this.#note(at);
    return true;
  }

  #takeContent(url: string, capture: Exclude<PageCapture<FoundLink>, { kind: 'unchanged' }>, content: Content, title?: string | null): boolean {
    const page = this.#pages.ofUrl(url);
    if (page === null) return false;
    const stored = this.#stored.read(page.id, page.key);
    const rows = this.#links.ofPage(page.id);
    const before = stored.seen ? historyOf(stored, rows) : null;
    const after = foldCapture(before, capture, FOUND_RULES);
    if (after === null || after === before) return true;
    const count = this.#changes.write(page, rows, after);
    this.recaptured ||= after.firstCaptured !== after.captured;
    this.#note(capture.at);
    if (before !== null && isBefore(capture.at, before.captured)) this.#stored.setDates(page.id, after);
    else
      this.#replace(
        page,
        { url, stored, content, title, counts: capture.kind === 'page' ? countsOf(page, capture.links, after, count) : NO_COUNTS },
        after,
      );
    return true;
  }

  #replace(page: KnownPage, { url, stored, content, title, counts }: Replacement, after: PageHistory<FoundLink>): void {
    const { ip, redirect } = content;
    this.#stored.replace(
      page.id,
      page.key,
      {
        ...content,
        ...counts,
        url: storedForm(url, page.key),
        title: title === undefined ? (stored.seen ? stored.title : null) : title,
        place: this.#places.idOf(ip),
      },
      after,
    );
    this.addedPages += Number(content.isPage) - Number(stored.isPage);
    // A page that only lists knew: from now on there is a capture, which knows better.
    if (!stored.seen) this.#unlist.run(page.id);
    const before = stored.redirect === null ? null : this.#pages.ofUrl(stored.redirect);
    if (before !== null) this.#unnamed.mayBe(before.id);
    if (redirect !== null) this.#pages.ofUrl(redirect);
    if (redirect !== null || before !== null) setRedirect(this.#db, page.id, redirect);
  }

  #note(at: number | null): void {
    if (at === null) return;
    this.first = Math.min(this.first ?? at, at);
    this.last = Math.max(this.last ?? at, at);
  }
}

interface Replacement {
  readonly url: string;
  readonly stored: StoredPage;
  readonly content: Content;
  /** Absent: the page keeps the one it had. */
  readonly title: string | null | undefined;
  readonly counts: Pick<PageColumns, 'external' | 'internal'>;
}

const NO_COUNTS = { external: null, internal: null };

const NOTHING: Content = {
  isPage: false,
  ip: null,
  canonical: null,
  noindex: false,
  truncated: false,
  redirect: null,
  redirectStatus: null,
  gone: null,
};

function historyOf({ firstCaptured, captured, wasIndexed, wasCanonical }: StoredPage, rows: readonly StoredLink[]): PageHistory<FoundLink> {
  const seen = (row: StoredLink): SeenLink<FoundLink> => ({ id: row.id, link: foundStored(row), firstSeen: row.firstSeen });
  const live = rows.filter((row) => row.lost === null).map(seen);
  const lost = rows.flatMap((row) => (row.lost === null ? [] : [{ ...seen(row), ...row.lost }]));
  return { firstCaptured, captured, wasIndexed, wasCanonical, live, lost };
}

/** The page's own links as it was captured, whether they count or not; where it was cut short with those behind the cut. */
function countsOf(
  page: KnownPage,
  links: readonly FoundLink[],
  { live }: PageHistory<FoundLink>,
  count: LinkCount,
): { external: number; internal: number } {
  if (live.length >= links.length) return { external: count.external, internal: live.length - count.external };
  const own = domainOf(page.key);
  const external = links.filter(({ url }) => (domainOf(pageKey(url)) ?? own) !== own).length;
  return { external, internal: links.length - external };
}

function domainOf(key: string | null): string | null {
  return key === null ? null : registrableDomain(key.slice(0, key.indexOf('/')).replace(/:\d+$/, ''));
}
