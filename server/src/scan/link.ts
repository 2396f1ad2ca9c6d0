/**
 * What the scanners return: the URLs of one document with exact ranges, and the facts of the page around them.
 * Pure data: offsets are UTF-16 code units into the text that was scanned.
 */
import type { LinkTag } from '../../../shared/backlinks.ts';

/** Half-open span of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What a URL is for in its document.
 * - `hyperlink`: numbered by `position`; of these `a`, `area` and Markdown links are looked up
 * - `image`, `resource` (scripts, styles, fonts, media), `citation`, `metadata` (link rel, og:, JSON-LD, front matter), `base`
 * - `definition`: a Markdown reference definition (its uses are hyperlinks)
 */
export type LinkRole = 'hyperlink' | 'image' | 'resource' | 'citation' | 'metadata' | 'base' | 'definition';

/** One URL occurrence in a document. */
export interface Link {
  /** The URL's own characters in the document: without quotes, angle brackets or surrounding blanks. */
  readonly span: Span;
  /** The value after entities and escapes are decoded; whitespace trimmed as URLs are. */
  readonly url: string;
  /** Absolute URL after `<base href>` and the document's own address; null where neither gives one or it does not parse. */
  readonly resolved: string | null;
  readonly role: LinkRole;
  /** The contract's tag for hyperlinks, else null. */
  readonly tag: LinkTag | null;
  /** Element and attribute in lower case (`a`, `href`); Markdown syntax is `md-link`, `md-image`, `md-reference`, `md-definition`, `md-autolink`, `md-wiki`. */
  readonly element: string;
  readonly attribute: string | null;
  /** Whitespace-collapsed link text; the `alt` of an image link, `[img]` where that is empty too; `aria-label` where there is neither. */
  readonly text: string;
  /** rel tokens, lower case, in document order. */
  readonly rel: readonly string[];
  /** Number among the numbered hyperlinks of the page, from 1; null when it is not numbered. */
  readonly position: number | null;
  /** False for a tag cut off by the end of the document. */
  readonly complete: boolean;
}

/** What the page says of itself. */
export interface PageFacts {
  readonly title: string | null;
  readonly base: string | null;
  readonly canonical: string | null;
  readonly robots: { readonly nofollow: boolean; readonly noindex: boolean };
  readonly language: string | null;
  readonly charset: string | null;
}

/** A scanned document: links in document order of their span. */
export interface ScanResult {
  readonly links: readonly Link[];
  readonly facts: PageFacts;
}

export interface ScanOptions {
  /** The document's own absolute address, if it has one: relative URLs are resolved against it. */
  readonly url?: string | undefined;
  /** HTML only: language id of the template language whose tags are passed over (see html/templates.ts). */
  readonly template?: string | undefined;
  /** Markdown only: also find `[[page]]` links. */
  readonly wikiLinks?: boolean | undefined;
  /** Markdown only: read imports and JSX attributes. */
  readonly mdx?: boolean | undefined;
}

/** Scans a whole text. Never throws; a malformed document yields fewer links. */
export type Scan = (text: string, options?: ScanOptions) => ScanResult;
