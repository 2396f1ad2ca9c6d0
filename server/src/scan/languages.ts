/** Which scanner reads which language of the editor, and which by file name. */
import type { ScannedAs, Settings } from '../../../shared/settings.ts';
import { isTemplateLanguage } from './html/templates.ts';
import type { ScanOptions } from './link.ts';

export type ScannerKind = ScannedAs;

/** Language ids that are always scanned. */
const BUILT_IN: ReadonlyMap<string, ScannerKind> = new Map([
  ['html', 'html'],
  ['markdown', 'markdown'],
]);

/** Further language ids and their scanner, as the setting `backlinkLens.languages` has them. */
export type LanguageMap = Settings['languages'];

const BY_EXTENSION: ReadonlyMap<string, ScannerKind> = new Map([
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xhtml', 'html'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.mdown', 'markdown'],
  ['.mkd', 'markdown'],
  ['.mdx', 'markdown'],
]);

/**
 * The scanner of an editor's language id.
 *
 * @param further the setting; it does not change what html and markdown are
 * @returns null for a language that is not scanned
 */
export function scannerOfLanguage(languageId: string, further: LanguageMap): ScannerKind | null {
  return BUILT_IN.get(languageId) ?? (Object.hasOwn(further, languageId) ? (further[languageId] ?? null) : null);
}

/** What a scanner has to know of a language beyond its kind: its template tags, or that it is MDX. */
export function optionsOfLanguage(languageId: string): Pick<ScanOptions, 'template' | 'mdx'> {
  if (isTemplateLanguage(languageId)) return { template: languageId };
  return languageId === 'mdx' ? { mdx: true } : {};
}

/** The scanner of a file by its extension, in any letter case; null for a file that is not scanned. */
export function scannerOfFile(name: string): ScannerKind | null {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? null : (BY_EXTENSION.get(name.slice(dot).toLowerCase()) ?? null);
}

/** What a scanner has to know of a file beyond its kind. */
export function optionsOfFile(name: string): Pick<ScanOptions, 'mdx'> {
  return /\.mdx$/i.test(name) ? { mdx: true } : {};
}
