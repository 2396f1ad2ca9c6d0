/** URIs of the editor to keys of the graph and back. A key is the decoded path, so that what a link means can be compared with it. */
import { URI } from 'vscode-uri';
import type { Settings } from '../../../shared/settings.ts';
import { fileUrl, folderUrl } from '../urls/site.ts';
import { createExcluded, type Excluded } from './excludes.ts';
import type { SiteFolder } from './resolveLink.ts';
import { type FoundSite, NO_SITE } from './site/readSite.ts';

/** The settings that reading a folder depends on. */
export type FolderSettings = Pick<Settings, 'siteUrl' | 'siteBuilder' | 'maxDocumentSize' | 'wikiLinks'> & {
  /** Patterns of `files.exclude`. */
  readonly exclude?: readonly string[];
};

/** An open folder, seen by the editor, the disk and the graph. */
export interface WorkspaceFolder extends SiteFolder {
  readonly uri: URI;
  /** Native path; null for a folder that lies on no disk of ours. */
  readonly disk: string | null;
  /** The address that the user gave or confirmed, with a slash at its end; `siteUrl` is the guessed one where there is none. */
  readonly publicUrl: string | null;
  readonly found: FoundSite;
  /** `[[page]]` links count in its Markdown. */
  readonly wikiLinks: boolean;
  /** Larger files are not read, in bytes. */
  readonly maxBytes: number;
  readonly excluded: Excluded;
  readonly settings: FolderSettings;
}

/** Decoded path with a lower-case drive letter. */
export function keyOf(uri: string): string {
  return withLowerDrive(URI.parse(uri).path);
}

/**
 * @param settings as set by the user; a `siteUrl` that is no absolute http(s) URL counts as none
 * @param found what its files tell of its site
 */
export function toFolder(uri: string, settings: FolderSettings, found: FoundSite = NO_SITE): WorkspaceFolder {
  const parsed = URI.parse(uri);
  const path = withLowerDrive(parsed.path);
  const publicUrl = folderUrl(settings.siteUrl);
  return {
    uri: parsed,
    path: path.endsWith('/') ? path : `${path}/`,
    disk: parsed.scheme === 'file' ? parsed.fsPath : null,
    publicUrl,
    siteUrl: publicUrl ?? found.guess?.url ?? null,
    hasBuilder: found.site !== null,
    found,
    wikiLinks: settings.wikiLinks,
    maxBytes: settings.maxDocumentSize * 1_000_000,
    excluded: createExcluded(settings.exclude ?? []),
    settings,
  };
}

/** Differs where the folder's files would be read otherwise. */
export function readingKey({ path, siteUrl, found, settings }: WorkspaceFolder): string {
  const { siteBuilder, maxDocumentSize, wikiLinks, exclude = [] } = settings;
  return JSON.stringify([path, siteUrl, found.key, siteBuilder, maxDocumentSize, wikiLinks, exclude]);
}

/** Which folders are to be forgotten, and which to be read; `nested`: one of them lies in another, now or before. */
export function compareFolders(before: readonly WorkspaceFolder[], next: readonly WorkspaceFolder[]) {
  const [had, has] = [new Set(before.map(readingKey)), new Set(next.map(readingKey))];
  const paths = [...new Set([...before, ...next].map(({ path }) => path))];
  return {
    gone: before.filter((folder) => !has.has(readingKey(folder))),
    fresh: next.filter((folder) => !had.has(readingKey(folder))),
    nested: paths.some((path) => paths.some((other) => other !== path && other.startsWith(path))),
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

/** The whole address of a path below a folder's site; null where its site has none that the user knows of. */
export function siteUrlOf(path: string | null, folder: WorkspaceFolder): string | null {
  return path === null || folder.publicUrl === null ? null : fileUrl(path, folder.publicUrl);
}

function withLowerDrive(path: string): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
