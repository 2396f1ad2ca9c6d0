/**
 * Which file links to which, in memory. Links are kept under the path they want, not the file they reach: files may come and go in any
 * order, and only the changed file's own links are ever touched.
 */
import { ownString } from '../util/ownString.ts';
import { aliases, candidates } from './paths.ts';

/** A link of a file to a path of the folder. Lines and characters are 0-based UTF-16. */
export interface LocalLink {
  readonly wanted: string;
  readonly range: readonly [startLine: number, startCharacter: number, endLine: number, endCharacter: number];
  readonly text: string;
}

/** The links of one page that count here: those into the folder, and the ids of the web targets of all. */
export interface PageLinks {
  readonly local: readonly LocalLink[];
  /** One entry for each use. */
  readonly web: readonly string[];
}

export interface LinkGraph {
  /** A page and its links; replaces what was known of it. */
  setPage(file: string, links: PageLinks): void;
  /** A file that is no page: it can be linked to. */
  setFile(file: string): void;
  setFolder(folder: string): void;
  /** A file, or everything below a folder. True when there was any. */
  remove(path: string): boolean;
  hasPage(file: string): boolean;
  /** A page or any other file; no folder. */
  hasFile(file: string): boolean;
  /** The file that a path means; null when there is none. A folder without a start page is itself. */
  find(path: string): string | null;
  /** Links from other pages, ordered by file and place. */
  incoming(file: string): { readonly file: string; readonly link: LocalLink }[];
  outgoing(file: string): readonly LocalLink[];
  /** What was set for a page; null for one that is not there. */
  linksOf(file: string): PageLinks | null;
  /** Uses of a web target in all pages. */
  uses(targetId: string): number;
  pages(): IterableIterator<string>;
  pageCount(): number;
  clear(): void;
}

export function createLinkGraph(): LinkGraph {
  const pages = new Map<string, PageLinks>();
  const others = new Set<string>();
  const folders = new Set<string>();
  /** Wanted path -> pages that want it. Names are kept once, however many links share them. */
  const wanting = new Map<string, { readonly name: string; readonly from: Set<string> }>();
  const uses = new Map<string, { readonly name: string; count: number }>();

  const addUse = (id: string): string => {
    const use = uses.get(id) ?? { name: ownString(id), count: 0 };
    if (use.count++ === 0) uses.set(use.name, use);
    return use.name;
  };
  const dropUse = (id: string) => {
    const use = uses.get(id);
    if (use !== undefined && --use.count === 0) uses.delete(id);
  };
  const addWanted = (path: string, file: string): string => {
    const entry = wanting.get(path) ?? { name: ownString(path), from: new Set<string>() };
    if (entry.from.size === 0) wanting.set(entry.name, entry);
    entry.from.add(file);
    return entry.name;
  };
  const dropWanted = (path: string, file: string) => {
    const from = wanting.get(path)?.from;
    from?.delete(file);
    if (from?.size === 0) wanting.delete(path);
  };

  const find = (path: string): string | null => {
    // Nearly every link names its file in full: the other names it might mean are then not even made.
    if (pages.has(path) || others.has(path)) return path;
    for (const candidate of candidates(path)) if (pages.has(candidate) || others.has(candidate)) return candidate;
    return folders.has(path.endsWith('/') ? path.slice(0, -1) : path) ? path : null;
  };
  const forget = (file: string) => {
    const known = pages.get(file);
    for (const id of known?.web ?? []) dropUse(id);
    for (const { wanted } of known?.local ?? []) dropWanted(wanted, file);
    return pages.delete(file);
  };
  const removeFolder = (folder: string) => {
    const inside = `${folder}/`;
    const gone = [...pages.keys()].filter((file) => file.startsWith(inside));
    for (const file of gone) forget(file);
    for (const set of [others, folders]) for (const path of set) if (path.startsWith(inside)) set.delete(path);
    return folders.delete(folder) || gone.length > 0;
  };

  return {
    setPage(file, links) {
      forget(file);
      const local = links.local.map((link) => ({ ...link, wanted: addWanted(link.wanted, file) }));
      pages.set(file, { local, web: links.web.map(addUse) });
    },
    setFile: (file) => void others.add(file),
    setFolder: (folder) => void folders.add(folder.endsWith('/') ? folder.slice(0, -1) : folder),
    remove(path) {
      const one = forget(path) || others.delete(path);
      return one || removeFolder(path);
    },
    hasPage: (file) => pages.has(file),
    hasFile: (file) => pages.has(file) || others.has(file),
    find,
    incoming(file) {
      const meant = new Set(aliases(file).filter((alias) => wanting.has(alias) && find(alias) === file));
      const from = new Set([...meant].flatMap((alias) => [...(wanting.get(alias)?.from ?? [])]));
      from.delete(file);
      return [...from].sort().flatMap((source) => linksTo(pages.get(source)?.local ?? [], meant).map((link) => ({ file: source, link })));
    },
    outgoing: (file) => pages.get(file)?.local ?? [],
    linksOf: (file) => pages.get(file) ?? null,
    uses: (targetId) => uses.get(targetId)?.count ?? 0,
    pages: () => pages.keys(),
    pageCount: () => pages.size,
    clear() {
      for (const map of [pages, others, folders, wanting, uses]) map.clear();
    },
  };
}

function linksTo(links: readonly LocalLink[], meant: ReadonlySet<string>): LocalLink[] {
  return links.filter((link) => meant.has(link.wanted));
}

/**
 * Clicks from a start page to every page reached from it, by breadth first.
 *
 * @returns an empty map when the start page is not there
 */
export function clicksFrom(graph: LinkGraph, start: string): ReadonlyMap<string, number> {
  const clicks = new Map<string, number>();
  if (!graph.hasPage(start)) return clicks;
  clicks.set(start, 0);
  let ring = [start];
  for (let distance = 1; ring.length > 0; distance++) {
    const next: string[] = [];
    for (const file of ring) {
      for (const { wanted } of graph.outgoing(file)) {
        const found = graph.find(wanted);
        if (found === null || clicks.has(found)) continue;
        clicks.set(found, distance);
        next.push(found);
      }
    }
    ring = next;
  }
  return clicks;
}
