/** What is kept of each page: its links in the graph, its address, and which state of its file that was. */

import { optionsOfFile } from '../scan/languages.ts';
import type { ScanResult } from '../scan/link.ts';
import { SCANNERS } from '../scan/scanners.ts';
import { createTargetMemo } from '../urls/targetMemo.ts';
import { lineIndex } from '../util/lineIndex.ts';
import type { WorkspaceFolder } from './fileKeys.ts';
import { createLinkGraph, type LinkGraph, type PageLinks } from './linkGraph.ts';
import { pageLinks, type RangeOf, saysTheSame } from './localLinks.ts';
import { pageKind } from './paths.ts';
import { addressKeys, publish } from './publish.ts';
import type { Published } from './site/site.ts';

/** A file's state on disk: the same again means the same text. */
export interface Stamp {
  /** Milliseconds, with their fraction. */
  readonly modified: number;
  readonly size: number;
}

/** A page as it can be kept and taken up again. */
export interface KeptPage {
  readonly links: PageLinks;
  readonly published: Published;
  readonly stamp: Stamp;
}

/** URLs remembered while folders are read: navigation repeats, the rest is mostly met once. */
const MEMO = 4_000;

const NO_LINKS: PageLinks = { local: [], web: [] };

export interface Pages {
  readonly graph: LinkGraph;
  /** A page's text as it lies on disk; null: known, but not read. */
  setText(key: string, folder: WorkspaceFolder, text: string | null, stamp: Stamp | null): void;
  /** A page as it was kept. */
  setKept(key: string, folder: WorkspaceFolder, kept: KeptPage): void;
  /** An open document. True where it says something else than before. */
  setOpen(key: string, folder: WorkspaceFolder, text: string, scan: ScanResult, rangeOf: RangeOf): boolean;
  /** A file that is no page. */
  setFile(key: string, folder: WorkspaceFolder): void;
  remove(path: string): void;
  /** Where a file stands below its site's address; of one that is not there, where it would by its path. */
  publishedAt(key: string, folder: WorkspaceFolder): Published;
  stampOf(key: string): Stamp | null;
  clear(): void;
}

export function createPages(): Pages {
  const graph = createLinkGraph();
  const targetsOf = createTargetMemo(MEMO);
  const published = new Map<string, Published>();
  const stamps = new Map<string, Stamp>();
  const put = (key: string, folder: WorkspaceFolder, links: PageLinks, place: Published, stamp: Stamp | null) => {
    graph.setPage(key, links, addressKeys(place, folder));
    // Without a builder the path alone tells.
    if (folder.hasBuilder === true) published.set(key, place);
    if (stamp === null) stamps.delete(key);
    else stamps.set(key, stamp);
  };
  return {
    graph,
    setText(key, folder, text, stamp) {
      const place = publish(key, folder, text);
      if (text === null) return put(key, folder, NO_LINKS, place, stamp);
      const at = lineIndex(text);
      const rangeOf = (start: number, end: number) => ({ start: at(start), end: at(end) });
      const scan = SCANNERS[pageKind(key) ?? 'html'](text, { wikiLinks: folder.wikiLinks, ...optionsOfFile(key) });
      put(key, folder, pageLinks(key, folder, scan, rangeOf, targetsOf, place.path), place, stamp);
    },
    setKept: (key, folder, { links, published: place, stamp }) => put(key, folder, links, place, stamp),
    setOpen(key, folder, text, scan, rangeOf) {
      const before = graph.linksOf(key);
      const former = published.get(key) ?? publish(key, folder, null);
      const place = publish(key, folder, text);
      const links = pageLinks(key, folder, scan, rangeOf, targetsOf, place.path);
      put(key, folder, links, place, null);
      return before === null || !saysTheSame(before, links) || former.path !== place.path || former.others.join() !== place.others.join();
    },
    setFile(key, folder) {
      const place = publish(key, folder, null);
      graph.setFile(key, addressKeys(place, folder));
    },
    remove(path) {
      graph.remove(path);
      for (const map of [published, stamps]) {
        if (map.delete(path)) continue;
        for (const key of map.keys()) if (key.startsWith(`${path}/`)) map.delete(key);
      }
    },
    publishedAt: (key, folder) => published.get(key) ?? publish(key, folder, null),
    stampOf: (key) => stamps.get(key) ?? null,
    clear() {
      graph.clear();
      published.clear();
      stamps.clear();
    },
  };
}
