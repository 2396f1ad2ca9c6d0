/** Paths of files that move: in the style that a link wrote them in, and from one folder to another. Decoded, absolute, with forward slashes. */

const PAGE = /\.(?:md|markdown|html?)$/i;
const INDEX = /(?:^|\/)(?:index\.(?:html?|md|markdown)|readme\.md|_index\.md)$/i;

/**
 * @param written what a link means, which may leave out an extension, the name of a start page, or end in a slash
 * @param before the file it leads to
 * @returns the same of the file's new path; null where the link leads to the file in a way that this cannot tell
 */
export function restyledPath(written: string, before: string, after: string): string | null {
  if (written === before) return after;
  const [old, now] = [before.replace(PAGE, ''), after.replace(PAGE, '')];
  if (written === old) return now;
  if (written === `${old}/`) return `${now}/`;
  const html = /\.html?$/i.exec(written)?.[0];
  if (html !== undefined && written === old + html) return now + html;
  if (!INDEX.test(before)) return null;
  const folder = before.slice(0, before.lastIndexOf('/') + 1);
  const slash = written === folder;
  if (!slash && written !== folder.slice(0, -1)) return null;
  if (!INDEX.test(after)) return slash ? `${now}/` : now;
  const next = after.slice(0, after.lastIndexOf('/') + 1);
  return slash ? next : next.slice(0, -1);
}

/** @param folder with a slash at its end */
export function relativePath(folder: string, path: string): string {
  const [from, to] = [folder.split('/').slice(0, -1), path.split('/')];
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  const relative = [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
  return relative === '' ? './' : relative;
}
