/**
 * What a site builder is to the workspace layer: which files tell that it is at work, where it says that the site stands, and at which path
 * below that address it publishes a file. Pure: the caller reads the files.
 */
import type { FrontMatter } from './frontMatter.ts';

/** A file of settings that was found, with its path below the open folder. */
export interface SettingsFile {
  readonly path: string;
  readonly text: string;
}

/** A file below the site's root as it is published. */
export interface SourceFile {
  /** Path below the site's root, forward slashes. */
  readonly path: string;
  /** Empty for a file that has none, and for one that is no page. */
  readonly front: FrontMatter;
}

/** Paths below the site's address: decoded, without a slash at the beginning; the home page is empty. */
export interface Published {
  /** Null for a file that is not published, or by a rule that only running the builder could tell. */
  readonly path: string | null;
  /** Paths that lead there: aliases, redirects. */
  readonly others: readonly string[];
}

/** A builder's settings, read. */
export interface BuilderSite {
  /** The address it publishes to, as written; null where it says none. */
  readonly url: string | null;
  publish(file: SourceFile): Published;
}

export interface SiteBuilder {
  /** The usual name of its settings file. */
  readonly settings: string;
  /** Whether a file is one that this builder keeps its settings in; its folder, or the folder above a settings folder, is the site's root. */
  rootOf(path: string): string | null;
  /** Reads its settings; null where they are not its own after all. */
  open(files: readonly SettingsFile[]): BuilderSite | null;
}

export const NOT_PUBLISHED: Published = { path: null, others: [] };

/** One address and no other. */
export function at(path: string | null): Published {
  return path === null ? NOT_PUBLISHED : { path, others: [] };
}

/** Takes the slashes at the beginning away, and doubled ones. */
export function below(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/^\/+/, '');
}

/** Joins parts of a path with one slash each; empty ones are left out. */
export function join(...parts: readonly string[]): string {
  return below(parts.filter((part) => part !== '').join('/'));
}

/** The rest of a path below a folder; null for one that is not in it. An empty folder holds everything. */
export function inside(path: string, folder: string): string | null {
  const bare = folder.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  if (bare === '' || bare === '.') return path;
  return path.startsWith(`${bare}/`) ? path.slice(bare.length + 1) : null;
}

/** Path without its extension, and the extension with its dot in lower case; a name that begins with its only dot has none. */
export function splitExtension(path: string): { readonly stem: string; readonly extension: string } {
  const dot = path.lastIndexOf('.');
  return dot <= path.lastIndexOf('/') + 1 ? { stem: path, extension: '' } : { stem: path.slice(0, dot), extension: path.slice(dot).toLowerCase() };
}

/** Folder with its slash, and the last name. */
export function splitName(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash + 1), name: path.slice(slash + 1) };
}

/** A page as a folder of its own, `a/b` as `a/b/`; the home page stays empty. */
export function asFolder(path: string): string {
  return path === '' || path.endsWith('/') ? path : `${path}/`;
}

const MARKDOWN = new Set(['.md', '.markdown', '.mdown', '.mkd', '.mdx']);
const HTML = new Set(['.html', '.htm', '.xhtml']);

export function isMarkdown(extension: string): boolean {
  return MARKDOWN.has(extension);
}

export function isPage(extension: string): boolean {
  return MARKDOWN.has(extension) || HTML.has(extension);
}

/** The root of a site whose settings file has one of these names; null for any other file. */
export function rootBeside(path: string, name: RegExp): string | null {
  const split = splitName(path);
  return name.test(split.name) ? split.folder : null;
}

/**
 * A name as an address has it: lower case, blanks as hyphens, no other signs than letters, digits, `_`, `-` and `.`. The common ground of
 * the builders that do this (Hugo `urlize`, Jekyll `slugify`, GitHub's anchors).
 */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s._-]+/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}

/** Year, month and day of a date as front matter and file names write it; null for none. */
export function readDate(text: string | null): { readonly year: string; readonly month: string; readonly day: string } | null {
  const found = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text ?? '');
  if (found === null) return null;
  const [, year = '', month = '', day = ''] = found;
  return { year, month: month.padStart(2, '0'), day: day.padStart(2, '0') };
}
