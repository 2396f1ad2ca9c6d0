/** Changes the `rel` tokens of the tag that a URL stands in, and leaves everything else in it as it is written. */
import { tagAt } from './tagAt.ts';

export interface RelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * @param offset where the URL begins
 * @returns null where there is no tag (a Markdown link), where `rel` is made by a template, and where nothing would change
 */
export function relEdit(text: string, offset: number, { add, remove }: RelChange): TextChange | null {
  const tag = tagAt(text, offset);
  const url = tag?.attributes.find(({ value }) => value !== null && value.start <= offset && offset <= value.end);
  if (tag === null || url === undefined) return null;
  const rel = tag.attributes.find(({ name }) => name === 'rel');
  if (rel === undefined) return add.length === 0 ? null : { start: url.end, end: url.end, newText: ` rel="${add.join(' ')}"` };
  const written = rel.value === null ? '' : text.slice(rel.value.start, rel.value.end);
  if (/[{}<>$]/.test(text.slice(rel.start, rel.end))) return null;
  const tokens = written.split(/\s+/).filter((token) => token !== '');
  const kept = tokens.filter((token) => !remove.includes(token.toLowerCase()));
  const next = [...kept, ...add.filter((token) => !kept.some((one) => one.toLowerCase() === token))];
  if (next.join(' ') === tokens.join(' ')) return null;
  if (next.length > 0) return { start: rel.start, end: rel.end, newText: `rel="${next.join(' ')}"` };
  // With the last token the attribute goes, and the blank before it.
  const before = /\s*$/.exec(text.slice(tag.start, rel.start))?.[0].length ?? 0;
  return { start: rel.start - before, end: rel.end, newText: '' };
}
