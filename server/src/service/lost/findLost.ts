/** The lost pages of every open folder that has a site: what is linked, what is there, what is redirected, and what history says. */
import { URI } from 'vscode-uri';
import { byLoss, findLostPages, type LostPage, type Removal } from '../../features/lostPages.ts';
import { readRedirectMaps } from '../../redirects/mkdocs.ts';
import { FORMATS, type FoundFile, type Place, redirectFiles, redirectPlace } from '../../redirects/place.ts';
import { type Redirect, saves } from '../../redirects/redirect.ts';
import type { ServiceParts } from '../../service.ts';
import { pageKey } from '../../urls/keys.ts';
import { pageTarget, parseTarget } from '../../urls/targets.ts';
import type { PageSite } from '../../workspace/workspace.ts';
import { siteFiles, siteFileUri } from '../moves/siteFiles.ts';
import { removedFiles } from './gitHistory.ts';

/** One open folder and what its site has lost. */
export interface LostFolder {
  readonly folder: string;
  readonly site: PageSite;
  readonly pages: readonly LostPage[];
  /** Where redirects are written, and the files that say how. */
  readonly place: Place | null;
  readonly files: readonly FoundFile[];
}

/** Linked pages that are looked at, and lost ones whose followed domains are counted. */
const MOST_LINKED = 10_000;
const MOST_COUNTED = 200;

/** Asks no source that is not on this machine. A folder whose site is not known, or where the rule is off, is left out. */
export async function findLost(parts: ServiceParts, signal: AbortSignal): Promise<readonly LostFolder[]> {
  const { workspace, settings } = parts;
  await workspace.whenReady(signal);
  const found: LostFolder[] = [];
  for (const folder of workspace.folders()) {
    signal.throwIfAborted();
    const site = workspace.site(siteFileUri(folder, 'index.html'));
    if (site?.siteUrl == null || settings(folder).rules['lost-page'] === 'off') continue;
    found.push(await lostOf(parts, { ...site, siteUrl: site.siteUrl }, signal));
  }
  return found;
}

async function lostOf(parts: ServiceParts, site: PageSite & { readonly siteUrl: string }, signal: AbortSignal): Promise<LostFolder> {
  const { workspace, settings, facts } = parts;
  const { folder, siteUrl } = site;
  const files = await siteFiles(folder, new Map(), signal);
  const frame = { folder, site, files, place: redirectPlace(settings(folder).redirectForm, files, site) };
  const all = parseTarget(`${siteUrl}*`);
  const linked = all === null ? null : ((await facts.linkedPages?.(all, MOST_LINKED, signal)) ?? null);
  if (linked === null || linked.length === 0) return { ...frame, pages: [] };
  const rules = redirectFiles(files).flatMap(({ form, file }) => FORMATS[form].parse(file.text));
  const maps = mkdocsAddresses(files, parts, folder);
  const listed = site.builder === null ? () => false : listingReader(parts, folder);
  const pages = findLostPages({
    siteUrl,
    linked,
    exists: (url) => workspace.fileOf(url) !== null || maps.has(pageKey(url) ?? url) || listed(url),
    saved: (path) => rules.some((rule: Redirect) => saves(rule, path)),
    excluded: settings(folder).lostPagesExclude,
    removals: await removalsOf(parts, folder, signal),
  });
  return { ...frame, pages: await ranked(pages, parts, signal) };
}

/** Whether pages stand below an address: site builders list them there without a file of its own. Looked through when somebody first asks. */
function listingReader({ workspace }: ServiceParts, folder: string): (url: string) => boolean {
  let folders: ReadonlySet<string> | null = null;
  const read = () => {
    const found = new Set<string>();
    for (const uri of workspace.files()) {
      let path = uri.startsWith(folder) ? (URL.parse(workspace.siteAddress(uri) ?? '')?.pathname ?? '') : '';
      for (path = above(path); path !== '' && !found.has(path); path = above(path)) found.add(path);
    }
    return found;
  };
  return (url) => {
    folders ??= read();
    const path = URL.parse(url)?.pathname ?? '';
    return folders.has(path.endsWith('/') ? path : `${path}/`);
  };
}

/** `/guide/` of `/guide/install/`; empty above the root. */
function above(path: string): string {
  return path.replace(/[^/]*\/?$/, '');
}

/** Addresses that the redirects plugin of MkDocs takes on. */
function mkdocsAddresses(files: readonly FoundFile[], { workspace }: ServiceParts, folder: string): ReadonlySet<string> {
  const settings = files.find(({ path }) => /^mkdocs\.ya?ml$/.test(path));
  const maps = settings === undefined ? null : readRedirectMaps(settings.text);
  const documents = settings === undefined ? '' : (/^docs_dir:[^\S\r\n]*["']?([^"'#\r\n]+)/m.exec(settings.text)?.[1]?.trim() ?? 'docs');
  const addresses = (maps ?? []).flatMap(({ from }) => workspace.addressesIf(siteFileUri(folder, `${documents}/${from}`), '')[0] ?? []);
  return new Set(addresses.map((address) => pageKey(address) ?? address));
}

/** History by the address that each removed file had. */
async function removalsOf({ workspace, runsGit }: ServiceParts, folder: string, signal: AbortSignal): Promise<ReadonlyMap<string, Removal>> {
  const root = URI.parse(folder);
  if (runsGit !== true || root.scheme !== 'file') return new Map();
  const removals = new Map<string, Removal>();
  for (const [path, removal] of await removedFiles(root.fsPath, signal)) {
    const address = workspace.addressesIf(siteFileUri(folder, path), '')[0];
    const key = address === undefined ? null : pageKey(address);
    if (key !== null && !removals.has(key)) removals.set(key, removal);
  }
  return removals;
}

/** Only where some links are followed and some are not does anybody have to count. */
async function ranked(pages: readonly LostPage[], { facts }: ServiceParts, signal: AbortSignal): Promise<readonly LostPage[]> {
  const counted = await Promise.all(
    pages.map(async (page, index) => {
      const target = page.followedDomains === null && index < MOST_COUNTED ? pageTarget(page.url) : null;
      const followedDomains = target === null ? page.followedDomains : ((await facts.followedDomains?.(target, signal)) ?? null);
      return { ...page, followedDomains };
    }),
  );
  return counted.sort(byLoss);
}
