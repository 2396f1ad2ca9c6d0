/**
 * Which file a path means, by the conventions that browsers, code hosts and site builders share: index files stand for their folder,
 * and a page may be named without its extension, with `.html` instead of `.md`, or with a slash at its end.
 */

import { type ScannerKind, scannerOfFile } from '../scan/languages.ts';

const INDEX_FILES = ['index.html', 'index.htm', 'index.md', 'index.markdown', 'README.md', 'readme.md', '_index.md', 'index.mdx'] as const;
const PAGE_EXTENSIONS = ['.md', '.markdown', '.html', '.htm', '.mdx'] as const;

/** Names of a folder's start page, the most telling first. */
export const START_FILES = INDEX_FILES;

/** What a path's extension says, in any case; null for a file that is no page. */
export function pageKind(path: string): ScannerKind | null {
  return scannerOfFile(baseName(path));
}

/** File name without folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Folder of a path, with its slash. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

/**
 * Files that a path in a link may mean, the best first. The inverse of {@link aliases}.
 *
 * @param path absolute, decoded, forward slashes, without query and fragment
 */
export function candidates(path: string): string[] {
  if (path.endsWith('/')) {
    const bare = path.slice(0, -1);
    const named = baseName(bare) === '' ? [] : PAGE_EXTENSIONS.map((extension) => bare + extension);
    return [...INDEX_FILES.map((name) => path + name), ...named];
  }
  const found = [path, ...PAGE_EXTENSIONS.map((extension) => path + extension), ...INDEX_FILES.map((name) => `${path}/${name}`)];
  const extension = extensionOf(path).toLowerCase();
  if (extension !== '.html' && extension !== '.htm') return found;
  const stem = path.slice(0, -extension.length);
  found.push(`${stem}.md`, `${stem}.markdown`, `${stem}.mdx`);
  if (baseName(stem) === 'index') found.push(...['README.md', 'readme.md', '_index.md'].map((name) => folderOf(path) + name));
  return found;
}

/**
 * Paths by which links may mean a file: every path whose candidates hold it.
 *
 * @param file absolute, decoded, forward slashes
 */
export function aliases(file: string): string[] {
  const found = [file];
  const name = baseName(file);
  const extension = extensionOf(file);
  const folder = folderOf(file);
  if ((PAGE_EXTENSIONS as readonly string[]).includes(extension)) {
    const stem = file.slice(0, -extension.length);
    found.push(stem, `${stem}/`);
    if (extension === '.md' || extension === '.markdown' || extension === '.mdx') found.push(...htmlNames(stem));
  }
  if ((INDEX_FILES as readonly string[]).includes(name)) {
    found.push(folder);
    if (folder.length > 1) found.push(folder.slice(0, -1));
    if (name === 'README.md' || name === 'readme.md' || name === '_index.md') found.push(...htmlNames(`${folder}index`));
  }
  return [...new Set(found)];
}

function htmlNames(stem: string): string[] {
  return ['.html', '.htm', '.HTML', '.HTM'].map((extension) => stem + extension);
}

/**
 * Joins a folder and a relative path, dot segments taken out.
 *
 * @returns null when it climbs above the root
 */
export function joinPath(folder: string, relative: string): string | null {
  const parts: string[] = [];
  const all = (folder + relative).split('/');
  for (const [index, part] of all.entries()) {
    const last = index === all.length - 1;
    if (part === '..') {
      if (parts.length <= 1) return null;
      parts.pop();
      if (last) parts.push('');
    } else if (part === '.' || (part === '' && index > 0 && !last)) {
      if (last) parts.push('');
    } else parts.push(part);
  }
  return parts.join('/');
}
