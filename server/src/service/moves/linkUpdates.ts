/** Links of the folder's files that have to change when files move: those to them, and those in them. */
import type { TextEdit } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import { urlInDocument } from '../../features/urlInDocument.ts';
import type { Link } from '../../scan/link.ts';
import { isAbort } from '../../util/errors.ts';
import { pageKind } from '../../workspace/paths.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type ScannedDocument, type ScanParts, scanDocument } from '../documents.ts';
import type { EditorHabits } from '../editorHabits.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { MovedFiles } from './order.ts';
import { restyledUrl } from './restyle.ts';

export interface UpdateParts extends ScanParts {
  readonly workspace: Workspace;
  readonly habits?: (uri: string | null) => EditorHabits;
}

/** Files that are read for it at most: the editor waits meanwhile. */
const MOST_FILES = 10_000;

export interface LinkUpdates {
  /** Edits by the URI that each file has before it moves. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** Files that were not looked at because there are too many. */
  readonly unread: number;
}

/** Reads every file that links to what moves. Rejects for an abort. */
export async function linkUpdates(moved: MovedFiles, parts: UpdateParts, open: OpenDocuments, signal: AbortSignal): Promise<LinkUpdates> {
  const { workspace } = parts;
  const sources = new Set(moved.pages.filter((uri) => moved.after(uri) !== null));
  for (const page of sources) for (const { uri } of workspace.reach(page, true)?.backlinks ?? []) sources.add(uri);
  const edits = new Map<string, readonly TextEdit[]>();
  for (const uri of [...sources].slice(0, MOST_FILES)) {
    signal.throwIfAborted();
    if (moved.after(uri) === null || !isOurs(uri, parts)) continue;
    const document = open.scanned(uri) ?? (await scanned(uri, parts, signal));
    const own = document === null ? [] : editsIn(document, moved, parts);
    if (own.length > 0) edits.set(uri, own);
  }
  return { edits, unread: Math.max(0, sources.size - MOST_FILES) };
}

/** What the editor updates by itself is left to it; a virtual folder's files cannot be read. */
function isOurs(uri: string, { habits, settings }: UpdateParts): boolean {
  if (!settings(uri).updateLinksOnMove) return false;
  return pageKind(uri) === 'html' || habits?.(uri).movesLinks !== true;
}

async function scanned(uri: string, parts: UpdateParts, signal: AbortSignal): Promise<ScannedDocument | null> {
  try {
    return scanDocument({ uri, languageId: '', version: 0, text: await parts.workspace.read(uri, signal) }, parts);
  } catch (error) {
    if (isAbort(error)) throw error;
    // It cannot be read, so nobody can say what stands in it.
    return null;
  }
}

function editsIn(document: ScannedDocument, moved: MovedFiles, parts: UpdateParts): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const { link, local, range } of document.links) {
    if (local === null || local.self || local.exists !== true || !isAddress(link)) continue;
    const newText = movedUrl(document, link, local.uri, moved, parts);
    if (newText !== null) edits.push({ range, newText: urlInDocument(newText, document.kind) });
  }
  return edits;
}

/** The words of a reference and of a wiki link are no address. A relative one below a `<base>` is not relative to its file. */
function isAddress({ element }: Link): boolean {
  return element !== 'md-reference' && element !== 'md-wiki';
}

function movedUrl({ uri, scan }: ScannedDocument, link: Link, target: string, moved: MovedFiles, { workspace }: UpdateParts): string | null {
  const [source, to] = [moved.after(uri), moved.after(target)];
  if (source === null || to === null || (source === uri && to === target)) return null;
  const { base } = scan.facts;
  // Without a `<base>` it is the page's own address.
  if (base !== null && base !== workspace.siteAddress(uri) && !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(link.url)) return null;
  const folder = workspace.site(uri)?.folder ?? null;
  if (folder === null) return null;
  return restyledUrl({
    url: link.url,
    source: { before: pathOf(uri), after: pathOf(source) },
    target: { before: pathOf(target), after: pathOf(to) },
    root: `${pathOf(folder).replace(/\/$/, '')}/`,
    address: moved.addressOf(target),
  });
}

function pathOf(uri: string): string {
  return URI.parse(uri).path;
}
