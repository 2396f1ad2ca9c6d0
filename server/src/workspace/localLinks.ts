/** The links of one scanned page as the graph keeps them: those into its own folder with their places, those to the web by target. */
import type { Range } from 'vscode-languageserver-protocol';
import type { ScanResult } from '../scan/link.ts';
import type { ReadTargets } from '../urls/targetMemo.ts';
import type { LocalLink, PageLinks } from './linkGraph.ts';
import { keysOf, type SiteFolder, wantedPath } from './resolveLink.ts';

export type RangeOf = (start: number, end: number) => Range;

/**
 * Only what readers can follow: images, scripts and definitions without a use are no backlinks.
 *
 * @param rangeOf offsets of the scanned text to a range
 * @param published path of the document below its site's address; null where it has none
 */
export function pageLinks(
  document: string,
  folder: SiteFolder,
  scan: ScanResult,
  rangeOf: RangeOf,
  targetsOf: ReadTargets,
  published: string | null = null,
): PageLinks {
  const local: LocalLink[] = [];
  const web: string[] = [];
  for (const link of scan.links) {
    if (link.role !== 'hyperlink') continue;
    const targets = link.resolved === null ? null : targetsOf(link.resolved);
    if (targets !== null) web.push(targets.page.id, targets.domain.id);
    const wanted = wantedPath(document, folder, link, scan.facts.base, published);
    if (wanted === null || wanted.self) continue;
    const { start, end } = rangeOf(link.span.start, link.span.end);
    local.push({ ...keysOf(wanted, folder), range: [start.line, start.character, end.line, end.character], text: link.text });
  }
  return { local, web };
}

/** True when both say the same, wherever it stands: nobody else has to hear of it. */
export function saysTheSame(a: PageLinks, b: PageLinks): boolean {
  return (
    a.local.length === b.local.length &&
    a.web.length === b.web.length &&
    a.local.every((link, index) => link.wanted === b.local[index]?.wanted && link.or === b.local[index]?.or && link.text === b.local[index]?.text) &&
    a.web.every((id, index) => id === b.web[index])
  );
}
