/** How one backlink is described in the tree: `7.9  blog.example.net   “deployment guide” · nofollow · /moved`. Pure; web text stays plain text. */
import type { Backlink, LinkTag } from '../../../shared/backlinks.ts';
import type { Translate } from '../figureWords.ts';
import { shortUrl } from '../knownWords.ts';
import type { Words } from '../words.ts';

/** Longest anchor text shown in a line; the whole stands in the tooltip. */
const TEXT_LENGTH = 60;

export interface RowWords {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  /** For a screen reader: the same with words for quotes and numbers. */
  readonly spoken: string;
}

export function rowWords(row: Backlink, words: Words): RowWords {
  const { t } = words;
  const strength = row.strength === null ? '–' : words.strength(row.strength);
  const url = shortUrl(row.sourceUrl);
  const [host, path] = splitUrl(url);
  const text = row.anchorText === null ? null : textOf(row.anchorText, t);
  const marks = [row.nofollow === true ? 'nofollow' : null, row.lost === null ? null : t('lost')].filter((mark) => mark !== null);
  // The host says most about who links; the path comes last, where a narrow sidebar cuts.
  return {
    label: `${strength}  ${host}`,
    description: [text === null ? null : `“${shorten(text)}”`, ...marks, path === '' ? null : path].filter((part) => part !== null).join(' · '),
    tooltip: tooltip(row, words),
    icon: icon(row.tag),
    spoken: [
      url,
      row.strength === null ? t('strength unknown') : t('strength {0}', strength),
      text === null ? null : t('link text {0}', text),
      ...marks,
    ]
      .filter((part) => part !== null)
      .join(', '),
  };
}

function tooltip(row: Backlink, words: Words): string {
  const { t, count } = words;
  const lines = [oneLine(row.title ?? t('(no title)')), row.sourceUrl];
  if (row.strength !== null) lines.push(`${words.strength(row.strength)}: ${words.basis(row.strength)}`);
  if (row.anchorText !== null) lines.push(t('Link text: {0}', textOf(row.anchorText, t)));
  if (row.position !== null && row.totalLinks !== null) lines.push(t('Link {0} of {1} on the page', count(row.position), count(row.totalLinks)));
  if (row.externalLinks !== null && row.internalLinks !== null) {
    lines.push(t('{0} external and {1} internal links', count(row.externalLinks), count(row.internalLinks)));
  }
  if (row.nofollow !== null) lines.push(row.nofollow ? t('Not followed') : t('Followed'));
  const place = [row.city, row.country].filter((part) => part !== null).join(', ');
  if (row.ip !== null) lines.push(place === '' ? row.ip : `${row.ip} · ${place}`);
  if (row.firstSeen !== null) lines.push(t('First seen {0}', words.day(row.firstSeen)));
  if (row.lost !== null) lines.push(t('Lost on {0}', words.day(row.lost.on)));
  lines.push(t('Points to {0}', row.targetUrl));
  return lines.join('\n');
}

function icon(tag: LinkTag | null): string {
  switch (tag) {
    case 'aimg':
    case 'area':
      return 'file-media';
    case 'iframe':
    case 'frame':
      return 'window';
    case 'form':
      return 'checklist';
    case 'javascript':
      return 'code';
    case 'meta':
    case 'redirect':
      return 'arrow-right';
    case 'a':
    case null:
      return 'link';
  }
}

function textOf(anchorText: string, t: Translate): string {
  const text = oneLine(anchorText);
  return text === '' ? t('(no text)') : text;
}

function splitUrl(short: string): [string, string] {
  const at = short.search(/[/?#]/);
  return at < 0 ? [short, ''] : [short.slice(0, at), short.slice(at)];
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function shorten(text: string): string {
  if (text.length <= TEXT_LENGTH) return text;
  // Cut between characters as people see them, not inside an emoji.
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return letters.length <= TEXT_LENGTH ? text : `${letters.slice(0, TEXT_LENGTH - 1).join('')}…`;
}
