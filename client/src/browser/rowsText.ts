/** Rows as text with tabs, as spreadsheets and mails take it from the clipboard. Pure. */
import { plain } from './plain.ts';
import type { Row } from './rowsCall.ts';

export function rowsText(rows: readonly Row[]): string {
  return rows
    .map((row) => [row.strength?.value ?? '', row.sourceUrl, row.title ?? '', row.anchorText ?? '', row.targetUrl])
    .map((cells) => cells.map((cell) => armoured(plain(String(cell), 2000))).join('\t'))
    .join('\n');
}

/** A spreadsheet runs what it is pasted, too. */
function armoured(text: string): string {
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
