/**
 * A link's URL after the page it leads to, or the page it stands in, has moved: written as it was written before, relative or from the root, with or without the
 * extension, fragment and all. Pure; paths are decoded, absolute, with forward slashes.
 */
import { decodePath } from '../../workspace/resolveLink.ts';
import { relativePath, restyledPath } from './paths.ts';

export interface RestyleInput {
  /** As written. */
  readonly url: string;
  /** The file that holds the link, and the one it leads to, before and after. */
  readonly source: { readonly before: string; readonly after: string };
  readonly target: { readonly before: string; readonly after: string };
  /** Path of the open folder that the source lies in, with a slash at its end. */
  readonly root: string;
  /** Addresses of the target page on the web, before and after; null where it has none. */
  readonly address: { readonly before: string | null; readonly after: string | null };
}

/** Null where it stays as it is, and where nobody can say how it would have to read. */
export function restyledUrl(input: RestyleInput): string | null {
  const { url } = input;
  const [, path = '', tail = ''] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  if (path === '') return null;
  const next = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(path)
    ? absolute(path, input)
    : path.startsWith('/')
      ? fromRoot(path, input)
      : relative(path, input);
  return next === null || next === path ? null : next + tail;
}

/** Only an address that is the page's own is known to have moved with it. */
function absolute(path: string, { address: { before, after } }: RestyleInput): string | null {
  if (before === null || after === null) return null;
  const written = URL.parse(path, before);
  if (written === null || written.hostname !== URL.parse(before)?.hostname) return null;
  if (trimmed(written.pathname) !== trimmed(URL.parse(before)?.pathname ?? '')) return null;
  return path.startsWith('//') ? after.replace(/^https?:/, '') : after;
}

function fromRoot(path: string, { address, target, root }: RestyleInput): string | null {
  if (target.before === target.after) return null;
  const { before, after } = address;
  // The address of the site comes first: the folder's own paths mean something only where no builder changes them.
  if (before !== null && after !== null && trimmed(decodePath(path)) === trimmed(decodePath(URL.parse(before)?.pathname ?? '')))
    return URL.parse(after)?.pathname ?? null;
  const written = root.slice(0, -1) + decodePath(path);
  const next = restyledPath(written, target.before, target.after);
  return next === null || !next.startsWith(root) ? null : encode(`/${next.slice(root.length)}`);
}

function relative(path: string, { source, target }: RestyleInput): string | null {
  const folder = source.before.slice(0, source.before.lastIndexOf('/') + 1);
  const written = resolved(folder, decodePath(path));
  const next = written === null ? null : restyledPath(written, target.before, target.after);
  if (next === null) return null;
  const to = relativePath(source.after.slice(0, source.after.lastIndexOf('/') + 1), next);
  const dotted = path.startsWith('./') && !to.startsWith('.') ? `./${to}` : to;
  return decodePath(dotted) === decodePath(path) ? null : encode(dotted);
}

function resolved(folder: string, path: string): string | null {
  const url = URL.parse(encode(folder + path), 'file:///');
  return url === null ? null : decodePath(url.pathname);
}

function trimmed(path: string): string {
  return path.replace(/(.)\/$/, '$1').replace(/\/index\.html?$/i, '');
}

/** Only what would mean something else: letters of any script stay readable. */
function encode(path: string): string {
  return path.replace(/[%\s#?"<>\\^`{|}]/g, encodeURIComponent);
}
