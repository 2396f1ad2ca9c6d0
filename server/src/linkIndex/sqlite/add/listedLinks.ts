/** Takes links that somebody's list names into a generation. Of a page that was captured a list says nothing: the capture knows better. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pageKey } from '../../../urls/keys.ts';
import type { ListedLink } from '../../store.ts';
import { FOUND_RULES, foundIn, foundStored } from './foundLinks.ts';
import { type KnownPage, type KnownPages, storedForm } from './knownPages.ts';
import type { LinkChanges } from './linkChanges.ts';
import type { LinkWriter } from './linkWriter.ts';
import { ListedScores } from './listedScores.ts';
import { type StoredLink, StoredLinks } from './storedLinks.ts';
import { StoredPages, seconds } from './storedPages.ts';

/** Lists may name many links of one page one after another: its links are read once. */
const CACHED_PAGES = 1000;

type LinksByIdentity = Map<string, StoredLink>;

export class ListedLinks {
  readonly #pages: KnownPages;
  readonly #changes: LinkChanges;
  readonly #writer: LinkWriter;
  readonly #stored: StoredPages;
  readonly #links: StoredLinks;
  readonly #scores: ListedScores;
  readonly #describe: StatementSync;
  /** Null for a page that was captured. */
  #known = new Map<number, LinksByIdentity | null>();

  constructor(db: DatabaseSync, pages: KnownPages, changes: LinkChanges, writer: LinkWriter) {
    this.#pages = pages;
    this.#changes = changes;
    this.#writer = writer;
    this.#stored = new StoredPages(db);
    this.#links = new StoredLinks(db);
    this.#scores = new ListedScores(db);
    this.#describe = db.prepare(`update page set url = ?, title = coalesce(?, title), external = ?,
      captured = nullif(max(coalesce(captured, 0), coalesce(?, 0)), 0) where id = ?`);
  }

  /** False where source or target is no web page. */
  take({ sourceUrl, sourceTitle, link, firstSeen, lastSeen, lost, externalLinks, score }: ListedLink): boolean {
    const page = pageKey(link.url) === null ? null : this.#pages.ofUrl(sourceUrl);
    if (page === null) return false;
    const links = this.#linksOf(page);
    if (links === null) return true;
    if (score !== null) this.#scores.set(page.id, score);
    const on = lost === null ? null : seconds(lost.at);
    const loss = lost === null || on === null ? null : { on, reason: lost.reason, lastSeen: seconds(lastSeen) };
    const found = foundIn(link);
    const before = links.get(FOUND_RULES.identityOf(found));
    const since = earlier(seconds(firstSeen), before?.firstSeen ?? null);
    if (before !== undefined) this.#writer.remove(before);
    const added = this.#changes.add(page, { id: null, link: found, firstSeen: since }, loss);
    if (added !== null) links.set(FOUND_RULES.identityOf(found), added);
    this.#describe.run(storedForm(sourceUrl, page.key), sourceTitle, externalLinks, seconds(lastSeen), page.id);
    return true;
  }

  /** Must be called whenever something else may have changed links of listed pages. */
  forget(): void {
    if (this.#known.size > 0) this.#known = new Map();
  }

  #linksOf({ id, key }: KnownPage): LinksByIdentity | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const links = this.#stored.read(id, key).seen
      ? null
      : new Map(this.#links.ofPage(id).map((link) => [FOUND_RULES.identityOf(foundStored(link)), link] as const));
    if (this.#known.size >= CACHED_PAGES) this.#known = new Map();
    this.#known.set(id, links);
    return links;
  }
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
