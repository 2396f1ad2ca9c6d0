/** A folder of files that stands somewhere on the web: its address, and those of the files in it. */
import { parseWebUrl } from './resolve.ts';

/**
 * The address of a folder as a person writes it: ends in a slash, has neither query nor fragment.
 *
 * @returns null for anything but an absolute http(s) URL
 */
export function folderUrl(text: string): string | null {
  const url = parseWebUrl(text);
  if (url === null) return null;
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}

/**
 * Address of a file below a folder; `#`, `?` and `%` of its name are part of it.
 *
 * @param relative decoded path with forward slashes
 * @param folder as folderUrl gives it
 */
export function fileUrl(relative: string, folder: string): string {
  return new URL(folder + relative.toWellFormed().split('/').map(encodeURIComponent).join('/')).href;
}
