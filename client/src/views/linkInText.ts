/** Addresses as text of a document: a Markdown link, an anchor, or the bare address where one is being written. Pure; titles from the web stay text. */
import { escapeMarkdown } from '../../../shared/escapeMarkdown.ts';

export type LinkLanguage = 'html' | 'markdown';

/**
 * @param before what stands on the line before the place
 * @returns several links: one a line
 */
export function linkInText(links: readonly { readonly url: string; readonly title: string }[], language: LinkLanguage, before: string): string {
  const bare = isInsideAddress(before, language);
  return links.map(({ url, title }) => (bare ? addressIn(url, language) : linkIn(url, title, language))).join(bare ? ' ' : '\n');
}

/** Inside the value of an attribute, or between the brackets of a Markdown link. */
function isInsideAddress(before: string, language: LinkLanguage): boolean {
  if (/\b(?:href|src|action|content|cite)\s*=\s*(?:"[^"]*|'[^']*|[^\s"'>]*)$/i.test(before)) return true;
  return language === 'markdown' && /(?:\]\(<?|^\s{0,3}\[[^\]]+\]:\s*<?|<)[^\s)>]*$/.test(before);
}

function linkIn(url: string, title: string, language: LinkLanguage): string {
  if (language === 'html') return `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`;
  return `[${escapeBrackets(title)}](${addressIn(url, language)})`;
}

/** Parentheses and blanks would end a Markdown address. */
function addressIn(url: string, language: LinkLanguage): string {
  return language === 'html'
    ? escapeHtml(url)
    : url.replace(/[\s()<>\\]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));
}

/** People go on reading and writing this text, so only what would be markup is escaped. */
function escapeBrackets(title: string): string {
  const line = title.replace(/\s+/gu, ' ').trim();
  return /[`*_[\]<>\\!&|~$]/.test(line) ? escapeMarkdown(line).replace(/\\([^`*_[\]<>\\!&|~$])/g, '$1') : line;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
