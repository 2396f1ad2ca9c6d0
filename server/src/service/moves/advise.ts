/** Before pages are renamed, moved or deleted: who links to them, which links follow, and which redirect keeps their backlinks. */
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { MoveOrder } from '../../../../shared/moves.ts';
import type { MoveEdits } from '../../../../shared/protocol.ts';
import type { ServiceParts } from '../../service.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import type { ScanParts } from '../documents.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import { backlinksOf } from './backlinks.ts';
import { linkUpdates } from './linkUpdates.ts';
import { withRedirect } from './mergeEdits.ts';
import { type MovedFiles, movedFiles, onlyCase, staysPage } from './order.ts';
import { type AddressMove, toMove, type WrittenRedirects, writtenRedirects } from './redirects.ts';
import { siteFiles } from './siteFiles.ts';

type Parts = ServiceParts & ScanParts;

/** Never asks a source that bills. Rejects only for an abort. */
export async function adviseMove(order: MoveOrder, parts: Parts, open: OpenDocuments, signal: AbortSignal): Promise<MoveEdits> {
  const { workspace, settings } = parts;
  const found = movedFiles(order, workspace.files());
  const onMove = settings(found.pages[0] ?? order.files[0]?.from ?? null).redirectOnMove;
  const texts = await textsOf(found.pages, parts, open, signal);
  const moved: MovedFiles = { ...found, addressOf: addressReader(found, texts, parts) };
  const moves = addressMoves(moved, texts, parts);
  const redirect = onMove === 'never' ? null : await redirectsFor(moves, order, parts, signal);
  const updates = await linkUpdates(moved, parts, open, signal);
  const links = asEdit(updates.edits);
  return {
    ...(await linksTo(moved, parts, signal)),
    redirect: redirect === null ? null : described(redirect),
    redirects: redirect === null ? null : withRedirect(links, redirect.edit),
    onMove,
    links,
    unread: updates.unread,
    linkEdits: [...updates.edits.values()].reduce((sum, edits) => sum + edits.length, 0),
  };
}

/** Texts tell what a page says of its own address; of very many only the open ones are looked at. */
const MOST_TEXTS = 1_000;

async function textsOf(
  pages: readonly string[],
  { workspace }: Parts,
  open: OpenDocuments,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const uri of pages) {
    const held = open.text(uri)?.text;
    if (held !== undefined) texts.set(uri, held);
    else if (texts.size < MOST_TEXTS) texts.set(uri, await readable(workspace.read(uri, signal)));
  }
  return texts;
}

async function readable(text: Promise<string>): Promise<string> {
  try {
    return await text;
  } catch (error) {
    if (BacklinkLensError.is(error)) return '';
    throw error;
  }
}

function addressReader({ after }: Pick<MovedFiles, 'after'>, texts: ReadonlyMap<string, string>, { workspace }: Parts): MovedFiles['addressOf'] {
  return (uri) => {
    const before = workspace.siteAddress(uri);
    const to = after(uri);
    if (to === uri) return { before, after: before };
    return { before, after: staysPage(to) ? (workspace.addressesIf(to, texts.get(uri) ?? '')[0] ?? null) : null };
  };
}

/** Pages whose address is another one afterwards. One that goes leads to what is left above it. */
function addressMoves(moved: MovedFiles, texts: ReadonlyMap<string, string>, { workspace }: Parts): AddressMove[] {
  const going = new Set(moved.pages);
  return moved.pages.flatMap((uri) => {
    const { before, after } = moved.addressOf(uri);
    const next = moved.after(uri);
    if (before === null || before === after) return [];
    if (after !== null && onlyCase(before, after)) return [];
    const to = after ?? left(before, going, (url) => workspace.fileOf(url));
    return to === null ? [] : [{ uri, after: after === null ? null : next, from: before, to, text: texts.get(uri) ?? '' }];
  });
}

/** The nearest page above an address that stays: `/guide/` for `/guide/install/`. */
function left(address: string, going: ReadonlySet<string>, fileOf: (url: string) => string | null): string | null {
  const url = URL.parse(address);
  if (url === null) return null;
  for (let path = url.pathname.replace(/\/$/, ''); path !== ''; ) {
    path = path.slice(0, path.lastIndexOf('/'));
    const above = `${url.origin}${path}/`;
    const file = fileOf(above);
    if (file !== null && !going.has(file)) return above;
  }
  return null;
}

async function redirectsFor(moves: readonly AddressMove[], order: MoveOrder, parts: Parts, signal: AbortSignal): Promise<WrittenRedirects | null> {
  const folders = Map.groupBy(moves, ({ uri }) => parts.workspace.site(uri)?.folder ?? '');
  const unsaved = new Map((order.unsaved ?? []).map(({ uri, text }) => [uri, text]));
  const written: WrittenRedirects[] = [];
  for (const [folder, own] of folders) {
    const site = parts.workspace.site(own[0]?.uri ?? '');
    if (site === null) continue;
    const redirects = writtenRedirects(own, site, await siteFiles(folder, unsaved, signal), parts);
    if (redirects !== null) written.push(redirects);
  }
  const [first] = written;
  if (first === undefined) return null;
  const documentChanges = written.flatMap(({ edit }) => edit.documentChanges ?? []);
  return { file: first.file, moves: written.flatMap(({ moves: own }) => own), edit: { documentChanges } };
}

function described({ file, moves }: WrittenRedirects): MoveEdits['redirect'] {
  const [first] = moves;
  if (first === undefined) return null;
  return { ...toMove(first), file, count: moves.length };
}

/** Of all pages that lose their address, and the most linked of them by name. */
async function linksTo(
  moved: MovedFiles,
  parts: Parts,
  signal: AbortSignal,
): Promise<Pick<MoveEdits, 'pages' | 'page' | 'address' | 'backlinks' | 'domains' | 'folderLinks'>> {
  const { workspace, facts, targetsOf } = parts;
  const losing = moved.pages.flatMap((uri) => {
    const { before, after } = moved.addressOf(uri);
    return before !== null && (before === after || (after !== null && onlyCase(before, after)))
      ? []
      : [{ uri, address: before, target: before === null ? null : (targetsOf(before)?.page ?? null) }];
  });
  const targets = losing.flatMap(({ target }) => target ?? []);
  const links = await backlinksOf(targets, facts, signal);
  const ofPage = new Map(targets.map((target, index) => [target.id, links[index]]));
  const most = (key: 'backlinks' | 'domains', combine: (a: number, b: number) => number) =>
    links.reduce<number | null>((sum, one) => (one[key] === null ? sum : combine(sum ?? 0, one[key])), null);
  const backlinks = ({ target }: (typeof losing)[number]) => (target === null ? 0 : (ofPage.get(target.id)?.backlinks ?? 0));
  const first = losing.reduce<(typeof losing)[number] | null>((best, one) => (best === null || backlinks(one) > backlinks(best) ? one : best), null);
  const staying = new Set(moved.pages);
  const folderLinks = losing.reduce(
    (sum, { uri }) => sum + (workspace.reach(uri, true)?.backlinks.filter((link) => !staying.has(link.uri)).length ?? 0),
    0,
  );
  return {
    pages: losing.length,
    page: first === null ? '' : workspace.pathOf(first.uri),
    address: first?.address ?? null,
    backlinks: most('backlinks', (a, b) => a + b),
    // Domains of several pages may be the same ones: of all of them there are at least as many as of one.
    domains: most('domains', Math.max),
    folderLinks,
  };
}

function asEdit(updates: ReadonlyMap<string, readonly TextEdit[]>): WorkspaceEdit | null {
  if (updates.size === 0) return null;
  return { documentChanges: [...updates].map(([uri, edits]) => ({ textDocument: { uri, version: null }, edits: [...edits] })) };
}
