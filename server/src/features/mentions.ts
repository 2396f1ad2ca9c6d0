/**
 * Where a text names a page by its title without linking the words: in prose, as whole words, in any letter case. Headings, code, links and
 * markup are passed over. Pure and linear in the text's length.
 */
import type { ScannerKind } from '../scan/languages.ts';
import { htmlProse } from './prose/html.ts';
import { markdownProse } from './prose/markdown.ts';

export interface Mention {
  /** Half-open, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** Words that are the title of some page of nearly every site: a mention of them means nothing. */
const EVERYWHERE = new Set(
  (
    'home homepage index readme introduction overview about contact contents documentation docs guide guides help news blog search welcome ' +
    'changelog license start startseite einführung einleitung überblick übersicht inhalt inhalte kontakt impressum hilfe suche willkommen dokumentation ' +
    'accueil introducción inicio contacto contatti getting started get started quick start quickstart table of contents'
  ).split(' '),
);
const PHRASES = new Set([
  'getting started',
  'get started',
  'quick start',
  'table of contents',
  'erste schritte',
  'about us',
  'contact us',
  'über uns',
]);

/** Scripts without spaces between words: there a word may begin and end anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Letters that a title has at least: shorter ones are met by chance. */
const SHORTEST = 4;
const SHORTEST_UNSPACED = 2;
const LONGEST = 120;

/**
 * The words that stand for a page: its title, and without the site's name that follows it.
 *
 * @returns none for a title that is too short, or stands on every site
 */
export function titleWords(title: string | null): readonly string[] {
  const whole = (title ?? '').replace(/\s+/gu, ' ').trim();
  const [first = ''] = whole.split(/ [|·•–—-] | :: /u);
  return [...new Set([whole, first.trim()])].filter(isTelling);
}

function isTelling(words: string): boolean {
  const letters = words.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const name = words.toLowerCase();
  return letters >= (UNSPACED.test(words) ? SHORTEST_UNSPACED : SHORTEST) && words.length <= LONGEST && !EVERYWHERE.has(name) && !PHRASES.has(name);
}

/**
 * The first place in a text that names one of these titles.
 *
 * @param titles as titleWords gives them; the longest that fits is taken
 */
export function firstMention(text: string, kind: ScannerKind, titles: readonly string[]): Mention | null {
  const patterns = titles.toSorted((a, b) => b.length - a.length).map((title) => patternOf(title, kind));
  // Most pages do not name it at all: their prose is then not even looked for.
  if (!patterns.some((pattern) => pattern.test(text))) return null;
  for (const { start, end } of kind === 'html' ? htmlProse(text) : markdownProse(text)) {
    const prose = text.slice(start, end);
    for (const pattern of patterns) {
      const found = pattern.exec(prose);
      if (found !== null) return { start: start + found.index, end: start + found.index + found[0].length };
    }
  }
  return null;
}

function patternOf(title: string, kind: ScannerKind): RegExp {
  const written = kind === 'html' ? title.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : title;
  const words = written.split(' ').map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const edge = '[\\p{L}\\p{M}\\p{N}_]';
  const before = UNSPACED.test(title.charAt(0)) ? '' : `(?<!${edge})`;
  const after = UNSPACED.test(title.slice(-1)) ? '' : `(?!${edge})`;
  // A line may end between two words, a paragraph may not.
  return new RegExp(`${before}${words.join('(?:[ \\t\\u00a0]+|[ \\t]*\\r?\\n[ \\t>]*(?!\\r?\\n))')}${after}`, 'iu');
}
