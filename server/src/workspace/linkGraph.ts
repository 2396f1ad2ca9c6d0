/**
 * Which file links to which, in memory. Links are kept under what they want, a path or an address, not under the file they reach: files may
 * come and go in any order, and only the changed file's own links are ever touched.
 */
import { createNames, type Names } from './names.ts';
import { linkCount, orAt, type PackedLinks, packLinks, releaseLinks, unpackLinks, wantedAt, wantedIds } from './packedLinks.ts';
import { aliases, candidates } from './paths.ts';
import { isSiteKey } from './siteKey.ts';

/** A link of a file. Lines and characters are 0-based UTF-16. */
export interface LocalLink {
  /** A path, or a key of an address (see siteKey). */
  readonly wanted: string;
  /** What it means where nothing is found under that; null for nothing else. */
  readonly or: string | null;
  readonly range: readonly [startLine: number, startCharacter: number, endLine: number, endCharacter: number];
  readonly text: string;
}

/** The links of one page that count here: those into the folder, and the ids of the web targets of all. */
export interface PageLinks {
  readonly local: readonly LocalLink[];
  /** One entry for each use. */
  readonly web: readonly string[];
}

export interface Incoming {
  readonly file: string;
  readonly link: LocalLink;
}

export interface LinkGraph {
  /**
   * A page and its links; replaces what was known of it.
   *
   * @param addresses keys of the addresses at which it stands
   */
  setPage(file: string, links: PageLinks, addresses?: readonly string[]): void;
  /** A file that is no page: it can be linked to. */
  setFile(file: string, addresses?: readonly string[]): void;
  setFolder(folder: string): void;
  /** A file, or everything below a folder. True when there was any. */
  remove(path: string): boolean;
  hasPage(file: string): boolean;
  /** A page or any other file; no folder. */
  hasFile(file: string): boolean;
  /** The file that a path or address means, or else the other; null when there is none. A folder without a start page is itself. */
  find(wanted: string, or?: string | null): string | null;
  /** Links from other pages, ordered by file and place. */
  incoming(file: string): Incoming[];
  /** How many there are. */
  incomingCount(file: string): number;
  /** Files that a page's links reach, once for each link. */
  reached(file: string): string[];
  /** What was set for a page; null for one that is not there. */
  linksOf(file: string): PageLinks | null;
  /** Uses of a web target in all pages. */
  uses(targetId: string): number;
  pages(): IterableIterator<string>;
  /** Everything there is: pages, other files, folders. */
  entries(): Generator<string>;
  pageCount(): number;
  clear(): void;
}

interface Page {
  readonly links: PackedLinks;
  readonly web: Uint32Array;
  readonly addresses: readonly string[];
}

export function createLinkGraph(): LinkGraph {
  return new PackedGraph();
}

const NONE: readonly string[] = [];

class PackedGraph implements LinkGraph {
  readonly #pages = new Map<string, Page>();
  readonly #others = new Map<string, readonly string[]>();
  readonly #folders = new Set<string>();
  /** Address -> files that stand there: more than one where a site has two of one address. */
  readonly #standing = new Map<string, string[]>();
  readonly #wanted: Names = createNames();
  readonly #web: Names = createNames();
  /** Number of what is wanted -> pages that want it. */
  readonly #wanting: (string[] | undefined)[] = [];
  /** Number of what is wanted -> what is found under it; emptied when files come or go. */
  #found: (string | null | undefined)[] = [];

  setPage(file: string, links: PageLinks, addresses: readonly string[] = NONE): void {
    const before = this.#pages.get(file);
    if (before !== undefined) this.#release(file, before);
    const packed = packLinks(links.local, this.#wanted);
    for (const id of wantedIds(packed)) {
      const wanting = this.#wanting[id];
      if (wanting === undefined) this.#wanting[id] = [file];
      else wanting.push(file);
    }
    this.#pages.set(file, { links: packed, web: Uint32Array.from(links.web, (id) => this.#web.add(id)), addresses });
    this.#stand(file, before?.addresses ?? null, addresses);
  }

  setFile(file: string, addresses: readonly string[] = NONE): void {
    const before = this.#others.get(file) ?? null;
    this.#others.set(file, addresses);
    this.#stand(file, before, addresses);
  }

  setFolder(folder: string): void {
    this.#folders.add(folder.endsWith('/') ? folder.slice(0, -1) : folder);
    this.#found = [];
  }

  remove(path: string): boolean {
    if (this.#forget(path)) return true;
    const inside = `${path}/`;
    const gone = [...this.#pages.keys(), ...this.#others.keys()].filter((file) => file.startsWith(inside));
    for (const file of gone) this.#forget(file);
    for (const folder of this.#folders) if (folder.startsWith(inside)) this.#folders.delete(folder);
    this.#found = [];
    return this.#folders.delete(path) || gone.length > 0;
  }

  hasPage(file: string): boolean {
    return this.#pages.has(file);
  }

  hasFile(file: string): boolean {
    return this.#pages.has(file) || this.#others.has(file);
  }

  find(wanted: string, or: string | null = null): string | null {
    const found = this.#lookUp(wanted);
    if (or === null || (found !== null && this.hasFile(found))) return found;
    return this.#lookUp(or) ?? found;
  }

  incoming(file: string): Incoming[] {
    const from = this.#wanters(file).sort();
    return from.flatMap((source) => {
      const { links } = this.#pages.get(source) ?? { links: null };
      if (links === null) return [];
      return unpackLinks(links, this.#wanted, (index) => this.#reach(links, index) === file).map((link) => ({ file: source, link }));
    });
  }

  incomingCount(file: string): number {
    let count = 0;
    for (const source of this.#wanters(file)) {
      const links = this.#pages.get(source)?.links;
      if (links === undefined) continue;
      for (let index = 0; index < linkCount(links); index++) if (this.#reach(links, index) === file) count++;
    }
    return count;
  }

  reached(file: string): string[] {
    const links = this.#pages.get(file)?.links;
    if (links === undefined) return [];
    const found: string[] = [];
    for (let index = 0; index < linkCount(links); index++) {
      const reached = this.#reach(links, index);
      if (reached !== null) found.push(reached);
    }
    return found;
  }

  linksOf(file: string): PageLinks | null {
    const page = this.#pages.get(file);
    if (page === undefined) return null;
    return { local: unpackLinks(page.links, this.#wanted), web: Array.from(page.web, (id) => this.#web.textOf(id)) };
  }

  uses(targetId: string): number {
    const id = this.#web.idOf(targetId);
    return id === undefined ? 0 : this.#web.uses(id);
  }

  pages(): IterableIterator<string> {
    return this.#pages.keys();
  }

  *entries(): Generator<string> {
    yield* this.#pages.keys();
    yield* this.#others.keys();
    yield* this.#folders;
  }

  pageCount(): number {
    return this.#pages.size;
  }

  clear(): void {
    for (const map of [this.#pages, this.#others, this.#folders, this.#standing, this.#wanted, this.#web]) map.clear();
    this.#wanting.length = 0;
    this.#found = [];
  }

  /** Other pages that want a file by one of its names; not all of their links may reach it. */
  #wanters(file: string): string[] {
    const addresses = this.#pages.get(file)?.addresses ?? this.#others.get(file) ?? NONE;
    const from = new Set<string>();
    for (const name of [...aliases(file), ...addresses]) {
      const id = this.#wanted.idOf(name);
      if (id !== undefined) for (const source of this.#wanting[id] ?? NONE) from.add(source);
    }
    from.delete(file);
    return [...from];
  }

  #reach(links: PackedLinks, index: number): string | null {
    const found = this.#foundAt(wantedAt(links, index));
    const or = orAt(links, index);
    if (or < 0 || (found !== null && this.hasFile(found))) return found;
    return this.#foundAt(or) ?? found;
  }

  #foundAt(id: number): string | null {
    const known = this.#found[id];
    if (known !== undefined) return known;
    const found = this.#lookUp(this.#wanted.textOf(id));
    this.#found[id] = found;
    return found;
  }

  #lookUp(wanted: string): string | null {
    // Nearly every link names its file in full: the other names it might mean are then not even made.
    if (this.hasFile(wanted)) return wanted;
    const standing = this.#standing.get(wanted)?.[0];
    if (standing !== undefined || isSiteKey(wanted)) return standing ?? null;
    for (const candidate of candidates(wanted)) if (this.hasFile(candidate)) return candidate;
    return this.#folders.has(wanted.endsWith('/') ? wanted.slice(0, -1) : wanted) ? wanted : null;
  }

  #forget(file: string): boolean {
    const page = this.#pages.get(file);
    if (page !== undefined) {
      this.#release(file, page);
      this.#pages.delete(file);
    }
    const addresses = page?.addresses ?? this.#others.get(file);
    this.#others.delete(file);
    if (addresses === undefined) return false;
    for (const address of addresses) this.#leave(file, address);
    this.#found = [];
    return true;
  }

  #release(file: string, { links, web }: Page): void {
    for (const id of wantedIds(links)) {
      const wanting = this.#wanting[id] ?? [];
      const at = wanting.indexOf(file);
      if (at >= 0) wanting.splice(at, 1);
      if (wanting.length === 0) this.#wanting[id] = undefined;
    }
    releaseLinks(links, this.#wanted);
    // A number that is given anew stands for another text.
    for (const id of wantedIds(links)) if (this.#wanted.uses(id) === 0) this.#found[id] = undefined;
    for (const id of web) this.#web.drop(id);
  }

  /** @param before null for a file that is new */
  #stand(file: string, before: readonly string[] | null, now: readonly string[]): void {
    if (before === null) this.#found = [];
    if (before !== null && before.length === now.length && before.every((address, index) => address === now[index])) return;
    for (const address of before ?? NONE) this.#leave(file, address);
    for (const address of now) {
      const standing = this.#standing.get(address);
      if (standing === undefined) this.#standing.set(address, [file]);
      else if (!standing.includes(file)) this.#standing.set(address, [...standing, file].sort());
    }
    this.#found = [];
  }

  #leave(file: string, address: string): void {
    const left = this.#standing.get(address)?.filter((other) => other !== file) ?? [];
    if (left.length === 0) this.#standing.delete(address);
    else this.#standing.set(address, left);
  }
}
