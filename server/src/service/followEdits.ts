/** Scans one open document again and again: whole at first, then only what lies around each edit. */
import { editBetween, type OpenDocument, openDocument } from '../scan/incremental.ts';
import type { ScannerKind } from '../scan/languages.ts';
import type { ScanOptions, ScanResult } from '../scan/link.ts';

/** Scans a text whose kind and options are known. */
export type ScanText = (kind: ScannerKind, text: string, options: ScanOptions) => ScanResult;

/**
 * A scan with a memory of one document. A result is good until the next call, which may move its links in place.
 *
 * A document that changes its language, address or settings is scanned whole again.
 */
export function followEdits(): ScanText {
  let last: { readonly document: OpenDocument; readonly key: string; text: string } | null = null;
  return (kind, text, options) => {
    const key = JSON.stringify([kind, options]);
    if (last?.key !== key) {
      last = { document: openDocument(kind, text, options), key, text };
      return last.document.result;
    }
    const edit = editBetween(last.text, text);
    last.text = text;
    return edit === null ? last.document.result : last.document.update(text, edit);
  };
}
