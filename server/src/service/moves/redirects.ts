/** The redirects for pages that move or go, as edits in the site's own form. */
import type { CreateFile, Range, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { addFormerAddresses } from '../../redirects/frontMatter.ts';
import { type FoundFile, formerKey, type Place, redirectPlace } from '../../redirects/place.ts';
import type { Move, TextChange } from '../../redirects/redirect.ts';
import { writeRedirects } from '../../redirects/write.ts';
import { lineIndex } from '../../util/lineIndex.ts';
import type { PageSite } from '../../workspace/workspace.ts';
import type { ScanParts } from '../documents.ts';
import { siteFileUri } from './siteFiles.ts';

/** One page whose address changes. */
export interface AddressMove {
  /** Its URI before, and after where it stays in the folder's site. */
  readonly uri: string;
  readonly after: string | null;
  /** Addresses on the web: where it stands, and where its readers are sent. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export interface WrittenRedirects {
  /** Path of the file, for people. */
  readonly file: string;
  readonly edit: WorkspaceEdit;
  readonly moves: readonly AddressMove[];
}

/** Null where nothing tells how this site redirects, or the file cannot be changed safely. */
export function writtenRedirects(
  moves: readonly AddressMove[],
  site: PageSite,
  files: readonly FoundFile[],
  { settings, workspace }: Pick<ScanParts, 'settings' | 'workspace'>,
): WrittenRedirects | null {
  const place = redirectPlace(settings(site.folder).redirectForm, files, site);
  if (place === null || moves.length === 0) return null;
  const written = place.file === null ? inPages(moves, site) : redirectsInFile(place, moves, site);
  if (written === null) return null;
  const file = place.file?.path ?? workspace.pathOf(written.moves[0]?.after ?? '');
  return { ...written, file };
}

/** In the file that holds the site's redirects. */
export function redirectsInFile(
  { form, file }: Place,
  moves: readonly AddressMove[],
  site: PageSite,
): Pick<WrittenRedirects, 'edit' | 'moves'> | null {
  if (form === 'front-matter' || file === null) return null;
  const documents = documentsFolder(form === 'mkdocs' ? file.text : null, site);
  const pages = moves.flatMap((move) => {
    const [from, to] = [below(move.uri, documents), below(move.after ?? '', documents)];
    return from === null ? [] : [{ from, to: to ?? move.to }];
  });
  const changes = writeRedirects(form, file.text, moves.map(toMove), pages);
  if (changes === null || changes.length === 0) return null;
  return { edit: { documentChanges: edits(siteFileUri(site.folder, file.path), file.text, changes) }, moves };
}

/** In each page that stays: what is gone has no front matter to write to. */
function inPages(moves: readonly AddressMove[], site: PageSite): Pick<WrittenRedirects, 'edit' | 'moves'> | null {
  const key = formerKey(site.builder);
  const done = moves.flatMap((move) => {
    if (move.after === null || !sameSite(move)) return [];
    const changes = addFormerAddresses(move.text, key, [pathBelow(move.from, site)], pathBelow(move.to, site));
    return changes === null || changes.length === 0 ? [] : [{ move, edits: edits(move.uri, move.text, changes) }];
  });
  return done.length === 0 ? null : { edit: { documentChanges: done.flatMap((one) => one.edits) }, moves: done.map(({ move }) => move) };
}

/** Within one site a path is enough, and outlives a change of the domain. */
export function toMove(move: AddressMove): Move {
  return { from: URL.parse(move.from)?.pathname ?? move.from, to: sameSite(move) ? (URL.parse(move.to)?.pathname ?? move.to) : move.to };
}

function sameSite({ from, to }: AddressMove): boolean {
  return URL.parse(from)?.origin === URL.parse(to)?.origin;
}

/** Builders write former addresses below the site's own root, whatever path that is published at. */
function pathBelow(address: string, { siteUrl }: PageSite): string {
  const path = URL.parse(address)?.pathname ?? '/';
  const root = (siteUrl === null ? null : URL.parse(siteUrl)?.pathname) ?? '/';
  return path.startsWith(root) ? `/${path.slice(root.length)}` : path;
}

/** MkDocs names files below its folder of documents. */
function documentsFolder(settings: string | null, site: PageSite): string {
  const named = settings === null ? null : /^docs_dir:[^\S\r\n]*["']?([^"'#\r\n]+?)["']?[^\S\r\n]*(?:#.*)?$/m.exec(settings)?.[1];
  return siteFileUri(site.folder, `${(named ?? 'docs').replace(/^\.?\/|\/$/g, '')}/`);
}

function below(uri: string, folder: string): string | null {
  return uri.startsWith(folder) ? decodeURIComponent(uri.slice(folder.length)) : null;
}

/** Changes of a text as edits; one that is null is made first. */
function edits(uri: string, text: string | null, changes: readonly TextChange[]): (TextDocumentEdit | CreateFile)[] {
  const at = lineIndex(text ?? '');
  const rangeOf = ({ start, end }: TextChange): Range => ({ start: at(start), end: at(end) });
  const edit: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: changes.map((change) => ({ range: rangeOf(change), newText: change.newText })),
  };
  return text === null ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }, edit] : [edit];
}
