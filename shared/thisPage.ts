/** The page that is open, as its view shows it: where it stands, who links to it in the folder and from the web, and what could. */
import type { Known, Summary, Target } from './backlinks.ts';
import type { SiteBuilderId } from './settings.ts';

/** What is known of one file of an open folder. */
export interface ThisPage {
  readonly uri: string;
  /** Path below its folder, forward slashes. */
  readonly path: string;
  readonly folder: PageInFolder;
  readonly site: SiteOfPage;
  /** The page's own address as a target and what is known of it; null while it has no address. */
  readonly web: { readonly target: Target; readonly facts: Known<Summary> } | null;
}

export interface PageInFolder {
  /** `reading`: the numbers are those so far. `documents`: the folder is on no disk of ours, only open documents are known. */
  readonly state: 'ready' | 'reading' | 'documents';
  /** Links of other pages of the folder, and from how many pages. */
  readonly backlinks: number;
  readonly linkingPages: number;
  /** Pages of the folder known so far. */
  readonly pages: number;
  /** Clicks from the start page; null where it is not reached or there is none. */
  readonly clicks: number | null;
  /** Path of the start page; null without one. */
  readonly start: string | null;
  /** Pages that no other links to; null while nobody knows. */
  readonly alone: number | null;
}

export interface SiteOfPage {
  /** URI of the folder whose setting it is. */
  readonly folder: string;
  readonly builder: SiteBuilderId | null;
  /** The setting `siteUrl`; null while it is not set. */
  readonly siteUrl: string | null;
  /** The page's own address; null without the setting, and for a file that is not published. */
  readonly address: string | null;
  /** What the folder's files say of it, `from` naming the file; null where they say nothing. */
  readonly guess: { readonly url: string; readonly from: string; readonly address: string | null } | null;
}

/** A place of another page that names this one without linking to it, and the edit that links the words. */
export interface Opportunity {
  readonly uri: string;
  readonly range: Place;
  /** The words as they stand there. */
  readonly text: string;
  /** What takes their place. */
  readonly newText: string;
  /** The line around them, for people. */
  readonly line: string;
  /** Pages that link to the page with the words: what the link would be worth. */
  readonly linkingPages: number;
}

/** A range of LSP. */
interface Place {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What came of a look for opportunities. */
export interface Opportunities {
  readonly found: readonly Opportunity[];
  /** The words that were looked for; empty where the page has no title that could stand for it. */
  readonly titles: readonly string[];
  /** Pages looked at, and of how many. */
  readonly looked: number;
  readonly of: number;
}
