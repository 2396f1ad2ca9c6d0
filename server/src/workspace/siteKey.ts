/** Addresses as the graph compares them: the folder and the path below its site, one for all ways to write the same page. */

/** No path has it. */
const MARK = '\0';

/**
 * `guide`, `guide/`, `guide.html` and `guide/index.html` are one page, as site builders and hosts serve them.
 *
 * @param folder path of the open folder
 * @param path decoded, below the site's address; a slash at its beginning makes no difference
 */
export function siteKey(folder: string, path: string): string {
  const bare = path
    .replace(/^\/+/, '')
    .replace(/(^|\/)index\.html?$/i, '$1')
    .replace(/\.html?$/i, '')
    .replace(/\/+$/, '');
  return `${folder}${MARK}${bare}`;
}

export function isSiteKey(wanted: string): boolean {
  return wanted.includes(MARK);
}
