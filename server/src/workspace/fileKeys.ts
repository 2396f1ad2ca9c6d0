/** URIs of the editor to keys of the graph and back. A key is the decoded path, so that what a link means can be compared with it. */
import { URI } from 'vscode-uri';
import { fileUrl, folderUrl } from '../urls/site.ts';
import { baseName, folderOf } from './paths.ts';
import type { SiteFolder } from './resolveLink.ts';

/** An open folder, seen by the editor, the disk and the graph. */
export interface WorkspaceFolder extends SiteFolder {
  readonly uri: URI;
  /** Native path; null for a folder that lies on no disk of ours. */
  readonly disk: string | null;
  /** `[[page]]` links count in its Markdown. */
  readonly wikiLinks: boolean;
}

/** Decoded path with a lower-case drive letter. */
export function keyOf(uri: string): string {
  return withLowerDrive(URI.parse(uri).path);
}

/** @param settings as set by the user; a `siteUrl` that is no absolute http(s) URL counts as none */
export function toFolder(uri: string, { siteUrl, wikiLinks }: { readonly siteUrl: string; readonly wikiLinks: boolean }): WorkspaceFolder {
  const parsed = URI.parse(uri);
  const path = withLowerDrive(parsed.path);
  return {
    uri: parsed,
    path: path.endsWith('/') ? path : `${path}/`,
    disk: parsed.scheme === 'file' ? parsed.fsPath : null,
    siteUrl: folderUrl(siteUrl),
    wikiLinks,
  };
}

/** The innermost of the folders that hold a file. */
export function folderOfKey(key: string, folders: readonly WorkspaceFolder[]): WorkspaceFolder | null {
  let found: WorkspaceFolder | null = null;
  for (const folder of folders) {
    if (key.startsWith(folder.path) && folder.path.length > (found?.path.length ?? 0)) found = folder;
  }
  return found;
}

/** The editor's URI of a file in a folder. */
export function uriOf(key: string, folder: WorkspaceFolder): string {
  return folder.uri.with({ path: key }).toString();
}

/**
 * Address of a page on the web: HTML files keep their names, Markdown pages get a folder of their own, index files stand for theirs.
 *
 * @returns null where the folder has no site
 */
export function siteAddressOf(key: string, folder: WorkspaceFolder): string | null {
  if (folder.siteUrl === null) return null;
  const relative = key.slice(folder.path.length);
  const name = baseName(relative);
  const index = /^(?:index\.(?:html?|md|markdown)|readme\.md|_index\.md)$/i.test(name);
  const page = index ? folderOf(relative) : relative.replace(/\.(?:md|markdown)$/i, '/');
  return fileUrl(page, folder.siteUrl);
}

function withLowerDrive(path: string): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
