/** Writes what a fold made of a page's links: which rows stand, are lost, go, or come. */
import type { DatabaseSync } from 'node:sqlite';
import type { PageHistory, SeenLink } from '../../history.ts';
import { FORM_CODES, formCode, NOT_SAID } from '../schema.ts';
import type { FoundLink } from './foundLinks.ts';
import { outOfOrder } from './idOrder.ts';
import type { KnownPage, KnownPages } from './knownPages.ts';
import type { LinkWriter, Loss, NewLink } from './linkWriter.ts';
import type { StoredLink } from './storedLinks.ts';
import { TextIds } from './textIds.ts';

/** Links of a page that stand: all of them, and those to other domains. */
export interface LinkCount {
  readonly all: number;
  readonly external: number;
}

export class LinkChanges {
  readonly #pages: KnownPages;
  readonly #links: LinkWriter;
  readonly #anchors: TextIds;
  readonly #rels: TextIds;
  readonly #forms: TextIds;

  constructor(db: DatabaseSync, pages: KnownPages, links: LinkWriter) {
    this.#pages = pages;
    this.#links = links;
    this.#anchors = new TextIds(db, 'anchor');
    this.#rels = new TextIds(db, 'rel');
    this.#forms = new TextIds(db, 'form');
  }

  /** @param before the rows that the fold began with */
  write(source: KnownPage, before: readonly StoredLink[], { live, lost }: Pick<PageHistory<FoundLink>, 'live' | 'lost'>): LinkCount {
    const rows = new Map(before.map((row) => [row.id, row]));
    const kept: { stored: StoredLink; now: NewLink; loss: Loss | null }[] = [];
    let external = 0;
    let added = 0;
    for (const seen of live) {
      const stored = seen.id === null ? undefined : rows.get(seen.id);
      const now = stored === undefined ? this.add(source, seen, null) : this.#asNow(stored, seen);
      if (now === null) continue;
      if (!now.internal) external++;
      if (stored === undefined) added++;
      else kept.push({ stored, now, loss: null });
    }
    const standing = kept.length + added;
    for (const seen of lost) {
      const stored = seen.id === null ? undefined : rows.get(seen.id);
      if (stored !== undefined) kept.push({ stored, now: this.#asNow(stored, seen), loss: seen });
    }
    for (const { stored, now, loss } of kept) {
      rows.delete(stored.id);
      if (loss === null) this.#links.stands(stored, now);
      else this.#links.isLost(stored, now.firstSeen, loss);
    }
    for (const stored of rows.values()) this.#links.remove(stored);
    const out = outOfOrder(kept.map(({ stored: { id, domain }, now: { position } }) => ({ id, domain, position })));
    for (const { stored, now, loss } of kept) if (out.has(stored.id)) this.#links.renumber(source.id, stored.id, now, loss);
    return { all: standing, external };
  }

  /** Adds a link that the page did not have; null for one that leads to no http(s) URL. */
  add(source: KnownPage, { link, firstSeen }: SeenLink<FoundLink>, loss: Loss | null): StoredLink | null {
    const target = this.#pages.ofUrl(link.url);
    if (target === null) return null;
    const code = formCode(link.url, target.key);
    const now: NewLink = {
      target: target.id,
      host: target.host.id,
      domain: target.host.domain,
      internal: target.host.domain === source.host.domain,
      anchor: link.text === null ? NOT_SAID.anchor : this.#anchors.idOf(link.text),
      position: link.position,
      tag: link.tag,
      nofollow: link.nofollow,
      rel: this.#rel(link.rel),
      form: code >= 0 ? code : FORM_CODES.length + this.#forms.idOf(link.url),
      firstSeen,
    };
    return { ...now, id: this.#links.add(source.id, now, loss), lost: loss, url: link.url, text: link.text };
  }

  /** After a rollback, texts that were added are gone. */
  forget(): void {
    for (const texts of [this.#anchors, this.#rels, this.#forms]) texts.forget();
  }

  #asNow(stored: StoredLink, { link, firstSeen }: SeenLink<FoundLink>): NewLink {
    return { ...stored, position: link.position, nofollow: link.nofollow, rel: this.#rel(link.rel), firstSeen };
  }

  #rel(rel: string | number): number {
    if (typeof rel === 'number') return rel;
    return rel === '' ? 0 : this.#rels.idOf(rel);
  }
}
