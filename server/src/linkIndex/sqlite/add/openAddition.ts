/** One transaction of an addition: everything a generation learns from one input. */
import type { DatabaseSync } from 'node:sqlite';
import type { Locate } from '../../geo.ts';
import type { Capture } from '../../store.ts';
import { ListedTables } from '../listed/listedTables.ts';
import { type AddedInput, noteAddition } from './additionFacts.ts';
import { KnownHosts } from './knownHosts.ts';
import { KnownPages } from './knownPages.ts';
import { KnownPlaces } from './knownPlaces.ts';
import { LinkChanges } from './linkChanges.ts';
import { LinkWriter } from './linkWriter.ts';
import { ListedLinks } from './listedLinks.ts';
import { PageWriter } from './pageWriter.ts';
import { TouchedTotals } from './touchedTotals.ts';
import { UnnamedPages } from './unnamedPages.ts';

export class OpenAddition {
  readonly #db: DatabaseSync;
  readonly #hosts: KnownHosts;
  readonly #pages: KnownPages;
  readonly #totals: TouchedTotals;
  readonly #unnamed: UnnamedPages;
  readonly #links: LinkWriter;
  readonly #changes: LinkChanges;
  readonly #writer: PageWriter;
  readonly #listed: ListedLinks;
  #stated: ListedTables | null = null;

  constructor(db: DatabaseSync, locate: Locate) {
    this.#db = db;
    this.#hosts = new KnownHosts(db);
    this.#pages = new KnownPages(db, this.#hosts);
    this.#totals = new TouchedTotals(db, this.#hosts);
    this.#unnamed = new UnnamedPages(db);
    this.#links = new LinkWriter(db, this.#totals, this.#unnamed);
    this.#changes = new LinkChanges(db, this.#pages, this.#links);
    this.#writer = new PageWriter(db, this.#pages, { places: new KnownPlaces(db, locate), changes: this.#changes, unnamed: this.#unnamed });
    this.#listed = new ListedLinks(db, this.#pages, this.#changes, this.#links);
  }

  begin(): void {
    if (!this.#db.isTransaction) this.#db.exec('begin immediate');
  }

  /** False for what is of no page that can be known. */
  take(capture: Capture): boolean {
    switch (capture.kind) {
      case 'page':
      case 'redirect':
      case 'gone':
      case 'unchanged':
        this.#listed.forget();
        return this.#writer.take(capture);
      case 'listed':
        return this.#listed.take(capture.listed);
      case 'statedTotal':
      case 'statedDomains':
      case 'places':
      case 'ranks':
        this.#stated ??= new ListedTables(this.#db);
        this.#stated.add(capture);
        return true;
    }
  }

  /** From here on every reader sees it. */
  commit(input: AddedInput): void {
    this.#stated?.endInput();
    this.#totals.flush();
    const unnamed = this.#unnamed.remove();
    const { addedPages, recaptured, first, last } = this.#writer;
    const { links, internal } = this.#totals;
    const { addedHosts, addedDomains } = this.#hosts;
    const done = {
      pages: addedPages,
      knownUrls: this.#pages.added - unnamed,
      links,
      internalLinks: internal,
      hosts: addedHosts - this.#unnamed.hosts.hosts,
      domains: addedDomains - this.#unnamed.hosts.domains,
      recaptured,
      first,
      last,
    };
    noteAddition(this.#db, done, input);
    this.#db.exec('commit');
    this.#forget(unnamed > 0);
  }

  /** As if nothing had been taken. */
  rollback(): void {
    if (!this.#db.isTransaction) return;
    this.#db.exec('rollback');
    this.#forget(true);
  }

  /** @param undone some of what was found or added may not be there any more */
  #forget(undone: boolean): void {
    this.#stated = null;
    this.#listed.forget();
    this.#totals.forget();
    this.#unnamed.forget();
    this.#writer.forget();
    this.#hosts.forget(undone);
    this.#pages.forget(undone);
    if (!undone) return;
    this.#links.forget();
    this.#changes.forget();
  }
}
