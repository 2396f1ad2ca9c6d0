/** Documents that stay open: scanned once whole, and after each edit only where it can have changed something. */

import { HtmlDocument } from './html/document.ts';
import { paintTemplate } from './html/templates.ts';
import type { ScannerKind } from './languages.ts';
import type { ScanOptions, ScanResult } from './link.ts';
import { MarkdownDocument } from './markdown/document.ts';
import { jsxToHtml } from './markdown/mdx.ts';

/** `removed` UTF-16 units from `start` on give way to `inserted` new ones. */
export interface Edit {
  readonly start: number;
  readonly removed: number;
  readonly inserted: number;
}

/**
 * A scanned document that follows its edits. A result is good until the next update, which may move the links of the result before in place:
 * a link that an edit leaves alone is then the same object in the next result.
 */
export interface OpenDocument {
  readonly result: ScanResult;
  /**
   * Scans what an edit can have changed.
   *
   * @param text the whole document after the edit
   * @returns exactly what a scan of the whole text gives
   */
  update(text: string, edit: Edit): ScanResult;
}

/** Scans a text that will be edited. */
export function openDocument(kind: ScannerKind, text: string, options: ScanOptions = {}): OpenDocument {
  const { template, mdx } = options;
  if (template !== undefined) {
    return new RewrittenDocument(
      text,
      (whole) => paintTemplate(whole, template),
      (painted) => new HtmlDocument(painted, options),
    );
  }
  if (kind === 'html') return new HtmlDocument(text, options);
  if (mdx !== true) return new MarkdownDocument(text, options, true);
  return new RewrittenDocument(text, jsxToHtml, (html) => new MarkdownDocument(html, options, true));
}

/**
 * A document of which a rewritten form is scanned. One keystroke can rewrite all that follows (`{{` without an end), so the rewriting, which is
 * the lesser part of the work, is done anew; what came out otherwise than before is the edit that is scanned.
 */
class RewrittenDocument implements OpenDocument {
  private readonly rewrite: (text: string) => string;
  private readonly scanned: OpenDocument;
  private rewritten: string;

  constructor(text: string, rewrite: (text: string) => string, open: (rewritten: string) => OpenDocument) {
    this.rewrite = rewrite;
    this.rewritten = rewrite(text);
    this.scanned = open(this.rewritten);
  }

  get result(): ScanResult {
    return this.scanned.result;
  }

  update(text: string): ScanResult {
    const before = this.rewritten;
    this.rewritten = this.rewrite(text);
    const edit = editBetween(before, this.rewritten);
    return edit === null ? this.result : this.scanned.update(this.rewritten, edit);
  }
}

/**
 * The one edit between two versions of a text, for callers that were not told: what stands between their common beginning and end.
 *
 * @returns null when the texts are the same
 */
export function editBetween(before: string, after: string): Edit | null {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start === before.length && start === after.length) return null;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, removed: before.length - same - start, inserted: after.length - same - start };
}
