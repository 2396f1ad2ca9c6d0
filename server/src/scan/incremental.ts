/** Documents that stay open: scanned once whole, and after each edit only where it can have changed something. */

import { HtmlDocument } from './html/document.ts';
import { scanHtml } from './html.ts';
import type { ScannerKind } from './languages.ts';
import type { ScanOptions, ScanResult } from './link.ts';
import { MarkdownDocument } from './markdown/document.ts';

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
  if (options.template !== undefined) return new WholeDocument(text, options);
  return kind === 'html' ? new HtmlDocument(text, options) : new MarkdownDocument(text, options, true);
}

/** Templates are scanned whole: what their tags hide depends on all the text before. */
class WholeDocument implements OpenDocument {
  result: ScanResult;
  private readonly options: ScanOptions;

  constructor(text: string, options: ScanOptions) {
    this.options = options;
    this.result = scanHtml(text, options);
  }

  update(text: string): ScanResult {
    this.result = scanHtml(text, this.options);
    return this.result;
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
