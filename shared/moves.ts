/** What is said of files that are about to move, and of pages that are lost already. */
import type { OnMove } from './settings.ts';

/** Names of the files that hold redirects, as glob patterns. */
export const REDIRECT_NAMES = ['_redirects', '.htaccess', 'netlify.toml', 'vercel.json', 'mkdocs.yml', 'mkdocs.yaml', '*.conf'] as const;

/** Files and folders that are about to be renamed or moved (`to`), or deleted (null). */
export interface MoveOrder {
  readonly files: readonly { readonly from: string; readonly to: string | null }[];
  /** Files that an editor holds with changes that are not saved: they may be files of redirects. */
  readonly unsaved?: readonly { readonly uri: string; readonly text: string }[];
}

/** Who links to the pages that move, and what can be done about it. Edits are those of before the move, in the form that the two sides pass on. */
export interface MoveAdvice<Edit = unknown> {
  /** Pages of the site that lose their address; 0 where there is nothing to say. */
  readonly pages: number;
  /** One of them, the most linked first: its path for people, and its address. */
  readonly page: string;
  readonly address: string | null;
  /** Backlinks from the web of all of them; null where nobody knows. `none` says that the source was asked and has seen none. */
  readonly backlinks: number | null;
  /** Referring domains: of the page, or at least so many of several. */
  readonly domains: number | null;
  /** Links of pages in the open folders that stay. */
  readonly folderLinks: number;
  /** How the redirect would be made; null where it cannot. */
  readonly redirect: { readonly from: string; readonly to: string; readonly file: string; readonly count: number } | null;
  /** What the setting says to do. */
  readonly onMove: OnMove;
  /** Links that follow, and how many; null where none do. */
  readonly links: Edit | null;
  readonly linkEdits: number;
  /** Files that link there and were not looked at, because there are too many. */
  readonly unread: number;
  /** The redirect, and with it the links that follow: an edit for `links` would change some of the same files again. */
  readonly redirects: Edit | null;
}

/** A page of a folder's site that backlinks point at and that is gone, with the redirect that could be written for it. */
export interface LostPageEntry {
  /** URI of the open folder. */
  readonly folder: string;
  readonly url: string;
  readonly path: string;
  /** The path below the site's address: the pattern that excludes it. */
  readonly below: string;
  /** Whole sentences on what became of it and who links there. */
  readonly message: string;
  readonly backlinks: number;
  readonly domains: number;
  /** Domains that link by a followed link; null where that was not counted. */
  readonly followedDomains: number | null;
  /** Null where nothing tells how this site redirects. */
  readonly redirect: { readonly to: string; readonly file: string } | null;
}

/** The lost pages of all open folders, those that lost most first; `why` says why there can be none. */
export interface LostPages {
  readonly pages: readonly LostPageEntry[];
  readonly why: 'reading' | 'no-site' | 'no-index' | null;
}
