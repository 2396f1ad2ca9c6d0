/** The redirect for a lost page: where its readers are sent, and the edit that writes it. */
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { LostPage } from '../../features/lostPages.ts';
import type { ServiceParts } from '../../service.ts';
import { baseName } from '../../workspace/paths.ts';
import { redirectsInFile } from '../moves/redirects.ts';
import { siteFileUri } from '../moves/siteFiles.ts';
import type { LostFolder } from './findLost.ts';

/** Where the readers of a lost page are sent; null where there is no such place. */
export type Destinations = (page: LostPage) => string | null;

/** What a page became, else a page of the same name elsewhere, else the nearest page above. The folder's names are gathered once, when somebody first asks. */
export function destinationsIn({ folder }: Pick<LostFolder, 'folder'>, { workspace }: Pick<ServiceParts, 'workspace'>): Destinations {
  let named: ReadonlyMap<string, readonly string[]> | null = null;
  const sameName = ({ path }: LostPage): string | null => {
    const name = nameOf(path);
    if (name === '' || name === 'index') return null;
    named ??= Map.groupBy(
      workspace.files().filter((uri) => uri.startsWith(folder)),
      nameOf,
    );
    // Of two pages called `install` nobody knows which is meant.
    const [only, ...others] = named.get(name) ?? [];
    return only === undefined || others.length > 0 ? null : workspace.siteAddress(only);
  };
  return (page) => {
    const became = page.removal?.to ?? null;
    const moved = became === null ? null : workspace.siteAddress(siteFileUri(folder, became));
    if (moved !== null && workspace.fileOf(moved) !== null) return moved;
    return sameName(page) ?? above(page.url, workspace);
  };
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
  to: string | null,
  { place, site }: Pick<LostFolder, 'place' | 'site'>,
  { workspace }: Pick<ServiceParts, 'workspace'>,
): WorkspaceEdit | null {
  if (to === null || place === null) return null;
  return redirectsInFile(place, [{ uri: page.url, after: workspace.fileOf(to), from: page.url, to, text: '' }], site)?.edit ?? null;
}
