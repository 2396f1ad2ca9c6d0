/** The redirect for a lost page: where its readers are sent, and the edit that writes it. */
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { LostPage } from '../../features/lostPages.ts';
import type { ServiceParts } from '../../service.ts';
import { baseName } from '../../workspace/paths.ts';
import { redirectsInFile } from '../moves/redirects.ts';
import { siteFileUri } from '../moves/siteFiles.ts';
import type { LostFolder } from './findLost.ts';

/** What a page became, else a page of the same name elsewhere, else the nearest page above; null where there is none. */
export function destinationOf(page: LostPage, { folder }: LostFolder, { workspace }: Pick<ServiceParts, 'workspace'>): string | null {
  const became = page.removal?.to ?? null;
  const moved = became === null ? null : workspace.siteAddress(siteFileUri(folder, became));
  if (moved !== null && workspace.fileOf(moved) !== null) return moved;
  return sameName(page, folder, workspace) ?? above(page.url, workspace);
}

/** Only one that is the only one: of two pages called `install` nobody knows which is meant. */
function sameName({ path }: LostPage, folder: string, workspace: ServiceParts['workspace']): string | null {
  const name = nameOf(path);
  if (name === '' || name === 'index') return null;
  const found = workspace.files().filter((uri) => uri.startsWith(folder) && nameOf(uri) === name);
  const [only] = found;
  return only === undefined || found.length > 1 ? null : workspace.siteAddress(only);
}

function nameOf(path: string): string {
  return baseName(path.replace(/\/$/, ''))
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
}

function above(address: string, workspace: ServiceParts['workspace']): string | null {
  const url = URL.parse(address);
  if (url === null) return null;
  for (let path = url.pathname.replace(/\/$/, ''); path !== ''; ) {
    path = path.slice(0, path.lastIndexOf('/'));
    const candidate = `${url.origin}${path}/`;
    if (workspace.fileOf(candidate) !== null) return candidate;
  }
  return null;
}

/** Null where nothing tells how the site redirects: front matter needs a page that stays, which a lost one has not. */
export function redirectLost(
  page: LostPage,
  lost: LostFolder,
  parts: Pick<ServiceParts, 'workspace'>,
): { readonly to: string; readonly file: string; readonly edit: WorkspaceEdit } | null {
  const to = destinationOf(page, lost, parts);
  if (to === null || lost.place === null) return null;
  const move = { uri: page.url, after: parts.workspace.fileOf(to), from: page.url, to, text: '' };
  const written = redirectsInFile(lost.place, [move], lost.site);
  return written === null ? null : { to, file: lost.place.file?.path ?? '', edit: written.edit };
}
