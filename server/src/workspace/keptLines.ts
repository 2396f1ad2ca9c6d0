/** One page as a line of text and back. What a line says is believed only in its own shape. */
import type { LocalLink } from './linkGraph.ts';
import type { KeptPage, Stamp } from './pages.ts';

/** Paths of the folder's own are written without it. */
export function writeLine(relative: string, { links, published, stamp }: KeptPage, folder: string): string {
  const short = (path: string | null) => (path === null ? null : path.startsWith(folder) ? path.slice(folder.length) : path);
  const local = links.local.map(({ wanted, or, range, text }) => [short(wanted), short(or), ...range, text]);
  return `${JSON.stringify([relative, stamp.modified, stamp.size, published.path, published.others, local, links.web])}\n`;
}

/** @returns null for a line that is damaged, or tells of another state of the file */
export function readLine(line: string, stamp: Stamp, folder: string): KeptPage | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const [, modified, size, path, others, local, web] = parsed as readonly unknown[];
  if (modified !== stamp.modified || size !== stamp.size) return null;
  if ((path !== null && typeof path !== 'string') || !isTexts(others) || !isTexts(web) || !Array.isArray(local)) return null;
  const links = local.map((link: unknown) => readLink(link, folder));
  return links.includes(null) ? null : { stamp, published: { path, others }, links: { local: links.filter((link) => link !== null), web } };
}

function readLink(value: unknown, folder: string): LocalLink | null {
  if (!Array.isArray(value)) return null;
  const [wanted, or, startLine, startCharacter, endLine, endCharacter, text] = value as readonly unknown[];
  if (typeof wanted !== 'string' || (or !== null && typeof or !== 'string') || typeof text !== 'string') return null;
  if (!isCount(startLine) || !isCount(startCharacter) || !isCount(endLine) || !isCount(endCharacter)) return null;
  return {
    wanted: whole(wanted, folder),
    or: or === null ? null : whole(or, folder),
    range: [startLine, startCharacter, endLine, endCharacter],
    text,
  };
}

/** What begins with a slash is whole: a path outside the folder. */
function whole(path: string, folder: string): string {
  return path.startsWith('/') ? path : folder + path;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
