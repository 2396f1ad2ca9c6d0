/** Which scanner reads which language of the editor, and which by file name. */

export type ScannerKind = 'html' | 'markdown';

/** Language ids that are always scanned. */
const BUILT_IN: ReadonlyMap<string, ScannerKind> = new Map([
  ['html', 'html'],
  ['markdown', 'markdown'],
]);

const BY_EXTENSION: ReadonlyMap<string, ScannerKind> = new Map([
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xhtml', 'html'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.mdown', 'markdown'],
  ['.mkd', 'markdown'],
]);

/** The scanner of an editor's language id; null for a language that is not scanned. */
export function scannerOfLanguage(languageId: string): ScannerKind | null {
  return BUILT_IN.get(languageId) ?? null;
}

/** The scanner of a file by its extension, in any letter case; null for a file that is not scanned. */
export function scannerOfFile(name: string): ScannerKind | null {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? null : (BY_EXTENSION.get(name.slice(dot).toLowerCase()) ?? null);
}
