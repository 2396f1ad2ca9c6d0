/** How the tree is arranged, in words: above it, and in the list that changes it. Pure. */
import type { Words } from '../words.ts';
import { type Arrangement, type Grouping, PLAIN, type Sort } from './arrangement.ts';

/** Beside the view's title: what differs from how it comes; empty for nothing. */
export function arrangementWords({ grouping, sort, filter }: Arrangement, words: Words): string {
  const parts = [
    filter === '' ? null : `“${filter}”`,
    grouping === PLAIN.grouping ? null : groupingWords(grouping, words),
    sort === PLAIN.sort ? null : sortWords(sort, words),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** The line above a filtered tree: what is shown of how much. */
export function filterWords(filter: string, { all, shown }: { readonly all: number; readonly shown: number }, { t, count }: Words): string {
  return shown === 0
    ? t('Filtered by “{0}”: none of {1} links.', filter, count(all))
    : t('Filtered by “{0}”: {1} of {2} links.', filter, count(shown), count(all));
}

export function groupingWords(grouping: Grouping, { t }: Words): string {
  switch (grouping) {
    case 'document':
      return t('by document');
    case 'domain':
      return t('by domain');
    case 'strength':
      return t('by strength');
  }
}

export function sortWords(sort: Sort, { t }: Words): string {
  switch (sort) {
    case 'place':
      return t('in the order of the document');
    case 'strength':
      return t('strongest first');
    case 'backlinks':
      return t('most backlinks first');
    case 'name':
      return t('by name');
  }
}
