/** From a link as written to what it means inside the open folder. Pure: whether a file is there is the graph's business. */
import { folderOf, joinPath, pageKind } from './paths.ts';
import { siteKey } from './siteKey.ts';

/** A folder of the editor: decoded path with a slash at its end, and the address where it is published, if it is. */
export interface SiteFolder {
  readonly path: string;
  /** Absolute http(s) URL with a slash at its end; null without one. */
  readonly siteUrl: string | null;
  /** True where a site builder gives its files their addresses: links may then be written by these. */
  readonly hasBuilder?: boolean;
}

export interface WantedPath {
  /** Absolute and decoded, without query and fragment. */
  readonly path: string;
  /** The page itself: an empty link, `#part` or `?query`. */
  readonly self: boolean;
  /** Written relative to the document. */
  readonly relative: boolean;
  /** Path below the site's address that the link means, decoded; null where the files' own paths are the only ones. */
  readonly address: string | null;
}

/**
 * @param document decoded path of the document's file
 * @param link its URL as written and as resolved
 * @param base the document's `<base href>`, null without one
 * @param published path of the document below the site's address; null where it has none
 * @returns null for a link that leads elsewhere: another site, another scheme, above the folder
 */
export function wantedPath(
  document: string,
  folder: SiteFolder,
  link: { readonly url: string; readonly resolved: string | null },
  base: string | null,
  published: string | null = null,
): WantedPath | null {
  const url = link.url.replaceAll('\\', '/');
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return onSite(folder, absolute(url, folder));
  if (base !== null) return withBase(document, folder, url, link.resolved, base);
  if (url === '' || url.startsWith('#') || url.startsWith('?')) return { path: document, self: true, relative: true, address: null };
  const path = decodePath(pathPart(url));
  if (path.startsWith('/')) return inFolder(folder, withoutPrefix(path, folder), document, false);
  const joined = joinPath(folderOf(document), path);
  const address = folder.hasBuilder === true && published !== null ? fromPage(published, path) : null;
  if (joined !== null) return { path: joined, self: joined === document, relative: true, address };
  return address === null ? null : { path: folder.path + address, self: false, relative: true, address };
}

/**
 * What the graph keeps of it: the likelier meaning first. Builders take a relative path with a page's extension for a file's, and leave any other to
 * the reader's browser, which sees addresses.
 */
export function keysOf({ path, relative, address }: WantedPath, folder: SiteFolder): { readonly wanted: string; readonly or: string | null } {
  if (address === null || folder.hasBuilder !== true) return { wanted: path, or: null };
  const key = siteKey(folder.path, address);
  return relative && pageKind(path) !== null ? { wanted: path, or: key } : { wanted: key, or: path };
}

/** As a browser resolves it, from the page's address; null above the site. */
function fromPage(published: string, path: string): string | null {
  const joined = joinPath(`/${published.slice(0, published.lastIndexOf('/') + 1)}`, path);
  return joined === null ? null : joined.replace(/^\/+/, '');
}

/** An absolute base moves every relative link to its site; a relative one to another folder. */
function withBase(document: string, folder: SiteFolder, url: string, resolved: string | null, base: string): WantedPath | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(base)) return onSite(folder, resolved);
  const path = decodePath(pathPart(url));
  if (path.startsWith('/')) return inFolder(folder, withoutPrefix(path, folder), document, false);
  const root = base.startsWith('/') ? folder.path : folderOf(document);
  const at = joinPath(root, decodePath(pathPart(base)).replace(/^\/+/, ''));
  const joined = at === null ? null : joinPath(folderOf(at), path);
  return joined === null ? null : { path: joined, self: joined === document, relative: false, address: null };
}

function absolute(url: string, folder: SiteFolder): string | null {
  return URL.parse(url, folder.siteUrl ?? undefined)?.href ?? null;
}

function onSite(folder: SiteFolder, url: string | null): WantedPath | null {
  if (url === null || folder.siteUrl === null) return null;
  const site = URL.parse(folder.siteUrl);
  const there = URL.parse(url);
  if (site === null || there === null || bareHost(site) !== bareHost(there) || !/^https?:$/.test(there.protocol)) return null;
  const path = there.pathname === site.pathname.slice(0, -1) ? site.pathname : there.pathname;
  if (!path.startsWith(site.pathname)) return null;
  const address = decodePath(path.slice(site.pathname.length));
  const joined = joinPath(folder.path, address);
  return joined === null ? null : { path: joined, self: false, relative: false, address };
}

function inFolder(folder: SiteFolder, path: string, document: string, relative: boolean): WantedPath | null {
  const address = path.replace(/^\/+/, '');
  const joined = joinPath(folder.path, address);
  return joined === null ? null : { path: joined, self: joined === document, relative, address };
}

/** A site published below `/docs/` writes `/docs/guide` for the folder's `guide`. */
function withoutPrefix(path: string, folder: SiteFolder): string {
  const prefix = folder.siteUrl === null ? '/' : (URL.parse(folder.siteUrl)?.pathname ?? '/');
  return path.startsWith(prefix) ? path.slice(prefix.length - 1) : path;
}

function bareHost(url: URL): string {
  return url.host.replace(/^www\./, '');
}

function pathPart(url: string): string {
  return /^[^?#]*/.exec(url)?.[0] ?? '';
}

/** A stray percent sign leaves the path as written. */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
