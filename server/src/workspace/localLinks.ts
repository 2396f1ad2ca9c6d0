/** The links of one scanned page that lead into its own folder. */
import type { Range } from 'vscode-languageserver-protocol';
import type { Link, ScanResult } from '../scan/link.ts';
import type { LocalLink } from './linkGraph.ts';
import { type SiteFolder, wantedPath } from './resolveLink.ts';

/** @param rangeOf offsets of the scanned text to a range */
export function localLinks(document: string, folder: SiteFolder, scan: ScanResult, rangeOf: (start: number, end: number) => Range): LocalLink[] {
  const found: LocalLink[] = [];
  for (const link of scan.links) {
    if (!leadsReaders(link)) continue;
    const wanted = wantedPath(document, folder, link, scan.facts.base);
    if (wanted === null || wanted.self) continue;
    const { start, end } = rangeOf(link.span.start, link.span.end);
    found.push({ wanted: wanted.path, range: [start.line, start.character, end.line, end.character], text: link.text });
  }
  return found;
}

/** A reader can follow it: images, scripts and definitions without a use are no backlinks. */
function leadsReaders(link: Link): boolean {
  return link.role === 'hyperlink';
}
