/** The open documents: what the editor holds, scanned once per version when somebody first asks. */
import * as l10n from '@vscode/l10n';
import type { Range } from 'vscode-languageserver-protocol';
import type { Settings } from '../../../shared/settings.ts';
import { ignoredLines } from '../features/diagnostics/ignoreComments.ts';
import { count } from '../features/format.ts';
import { type LinkView, viewLink } from '../features/linkView.ts';
import { optionsOfLanguage, type ScannerKind, scannerOfLanguage } from '../scan/languages.ts';
import type { ScanResult } from '../scan/link.ts';
import { SCANNERS } from '../scan/scanners.ts';
import type { DocumentText } from '../service.ts';
import type { ReadTargets } from '../urls/targetMemo.ts';
import { lineIndex } from '../util/lineIndex.ts';
import { pageKind } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ScanText } from './followEdits.ts';

/** One version of a document, scanned. */
export interface ScannedDocument {
  readonly uri: string;
  readonly version: number;
  readonly kind: ScannerKind;
  readonly settings: Settings;
  readonly scan: ScanResult;
  readonly links: readonly LinkView[];
  readonly rangeOf: (start: number, end: number) => Range;
  /** Lines without problems. */
  readonly silent: ReadonlySet<number>;
  /** A sentence that says why nothing was scanned; null when it was. */
  readonly problem: string | null;
}

export interface ScanParts {
  readonly workspace: Workspace;
  readonly settings: (uri: string) => Settings;
  readonly locale: string;
  readonly targetsOf: ReadTargets;
}

const NOTHING: ScanResult = {
  links: [],
  facts: { title: null, base: null, canonical: null, robots: { nofollow: false, noindex: false }, language: null, charset: null },
};

/**
 * Scans a document and says of each link where it leads; a document over the size limit has no links and a problem.
 *
 * @param scanText how its text is scanned: whole, unless the caller follows its edits
 */
export function scanDocument(
  document: DocumentText,
  parts: ScanParts,
  scanText: ScanText = (kind, text, options) => SCANNERS[kind](text, options),
): ScannedDocument {
  const { uri, version, text } = document;
  const settings = parts.settings(uri);
  const kind = kindOf(document, settings);
  const tooLarge = isLarger(text, settings.maxDocumentSize * 1_000_000);
  // Relative links of a Markdown page name files, and are led to their addresses one by one; those of an HTML page are addresses already.
  const url = kind === 'html' ? (parts.workspace.siteAddress(uri) ?? undefined) : undefined;
  const scan = tooLarge ? NOTHING : scanText(kind, text, { url, wikiLinks: settings.wikiLinks, ...optionsOfLanguage(document.languageId) });
  const at = lineIndex(tooLarge ? '' : text);
  const rangeOf = (start: number, end: number) => ({ start: at(start), end: at(end) });
  return {
    uri,
    version,
    kind,
    settings,
    scan,
    links: viewLinks({ uri, scan, rangeOf, settings }, parts),
    rangeOf,
    silent: tooLarge ? new Set() : ignoredLines(text, document.languageId === 'mdx'),
    problem: tooLarge ? tooLargeText(settings, parts.locale) : null,
  };
}

/** Views of a scan's links; again after the folder changed, since what a link leads to may have come or gone. */
export function viewLinks(
  { uri, scan, rangeOf, settings }: Pick<ScannedDocument, 'uri' | 'scan' | 'rangeOf' | 'settings'>,
  { workspace, targetsOf }: Pick<ScanParts, 'workspace' | 'targetsOf'>,
): LinkView[] {
  return scan.links.map((link) => {
    const local = workspace.resolve(uri, link, scan.facts.base);
    const siteAddress = local === null ? null : workspace.siteAddress(local.uri);
    return viewLink(link, rangeOf(link.span.start, link.span.end), { local, siteAddress, settings, targetsOf });
  });
}

function kindOf({ languageId, uri }: DocumentText, settings: Settings): ScannerKind {
  return scannerOfLanguage(languageId, settings.languages) ?? pageKind(uri) ?? 'html';
}

/** UTF-8 bytes are counted only where the number of characters leaves it open. */
function isLarger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
}

function tooLargeText({ maxDocumentSize }: Settings, locale: string): string {
  return l10n.t('Not scanned: larger than {0} MB. Raise backlinkLens.maxDocumentSize to scan it.', count(maxDocumentSize, locale));
}
