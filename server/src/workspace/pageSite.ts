/** Where a page stands on the web, in whole addresses. */
import { siteUrlOf, type WorkspaceFolder } from './fileKeys.ts';
import type { Pages } from './pages.ts';
import type { Published } from './site/site.ts';
import type { PageSite } from './workspace.ts';

export function pageSite(key: string, folder: WorkspaceFolder, pages: Pages): PageSite {
  const { site, guess } = folder.found;
  const { path } = pages.publishedAt(key, folder);
  return {
    folder: folder.uri.toString(),
    builder: site?.builder ?? null,
    siteUrl: folder.publicUrl,
    address: siteUrlOf(path, folder),
    guess: guess === null ? null : { ...guess, address: siteUrlOf(path, { ...folder, publicUrl: guess.url }) },
    onDisk: folder.disk !== null,
  };
}

/** A page's own address first, then those that lead to it; none without an address of the site. */
export function webAddresses({ path, others }: Published, folder: WorkspaceFolder): readonly string[] {
  const found = [path, ...others].map((one) => siteUrlOf(one, folder)).filter((url) => url !== null);
  return [...new Set(found)];
}
