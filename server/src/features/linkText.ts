/** Words of a document as a link to another file, written as that document's language has it. Pure. */
import type { SiteBuilderId } from '../../../shared/settings.ts';
import type { ScannerKind } from '../scan/languages.ts';

/** Builders that take a relative path to a source file for a link to its page; the others want the page's address. */
const FOLLOWS_FILES = new Set<SiteBuilderId>(['docusaurus', 'mkdocs', 'vitepress']);

export interface LinkEnds {
  /** Paths below one folder, forward slashes. */
  readonly from: string;
  readonly to: string;
  readonly builder: SiteBuilderId | null;
  /** Whole address of the page that is linked to, set or guessed; null without one. */
  readonly address: string | null;
}

/** The words as they stand in the document, linked. */
export function linkedWords(words: string, kind: ScannerKind, ends: LinkEnds): string {
  const destination = destinationOf(ends);
  if (kind === 'html') return `<a href="${destination.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">${words}</a>`;
  return `[${words.replace(/(?<!\\)[[\]]/g, '\\$&')}](${destination})`;
}

/** @returns null-safe: an address where the builder wants one and it is known, else the path from file to file */
export function destinationOf({ from, to, builder, address }: LinkEnds): string {
  const wantsAddress = builder !== null && !FOLLOWS_FILES.has(builder);
  const path = wantsAddress && address !== null ? URL.parse(address)?.pathname : undefined;
  return path === undefined ? encoded(relativePath(from, to)) : path.replace(/[()]/g, percent);
}

function relativePath(from: string, to: string): string {
  const [source, target] = [from.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < source.length && shared < target.length - 1 && source[shared] === target[shared]) shared++;
  const path = [...source.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
  // `a:b.md` would be of the scheme `a`.
  return /^[^/]*:/.test(path) ? `./${path}` : path;
}

/** Letters of any language stay readable; what ends or changes an address does not stay. */
function encoded(path: string): string {
  return path.toWellFormed().replace(/[\s()<>"'%#?\\^`{|}[\]&*_~]/g, (sign) => (/[*_~']/.test(sign) ? sign : percent(sign)));
}

function percent(sign: string): string {
  const encodedSign = encodeURIComponent(sign);
  return encodedSign === sign ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : encodedSign;
}
