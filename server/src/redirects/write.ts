/** The text of one file with redirects for pages that move, whatever its syntax. */
import { addRedirectMaps, type FileMove } from './mkdocs.ts';
import { FORMATS, type Form } from './place.ts';
import type { Move, TextChange } from './redirect.ts';

/**
 * @param text of the file; null where it is made
 * @param files the same moves as Markdown files below MkDocs' folder of documents
 * @returns null where it cannot be changed safely
 */
export function writeRedirects(
  form: Exclude<Form, 'front-matter'>,
  text: string | null,
  moves: readonly Move[],
  files: readonly FileMove[],
): readonly TextChange[] | null {
  return form === 'mkdocs' ? addRedirectMaps(text ?? '', files) : FORMATS[form].add(text ?? '', moves);
}
