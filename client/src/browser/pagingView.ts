/** From one page of entries to the next. */
import { PAGE_LIMITS } from '../../../shared/backlinks.ts';
import { readPageLimit } from '../../../shared/paging.ts';
import { button, h } from '../report/webview/dom.ts';
import { choice, labelled } from './elements.ts';
import type { Page } from './page.ts';
import { DEFAULT_LIMIT, type Question } from './question.ts';

/**
 * @param shown entries in this slice
 * @param total entries in all; null where nobody says
 */
export function pagingView(question: Question, shown: number, total: number | null, page: Page): HTMLElement {
  const { t } = page.words;
  const { offset, limit } = question;
  const to = (next: number) => () => page.go({ ...question, offset: next });
  // Of the last whole step before the end, so that its number is one the service takes.
  const last = total === null || total === 0 ? null : Math.floor((total - 1) / limit) * limit;
  const more = total === null ? shown === limit : offset + shown < total;
  const step = (name: string, label: string, next: number, possible: boolean) =>
    button('quiet', label, to(next), { disabled: !possible, 'data-focus': name });
  return h(
    'nav',
    { class: 'paging', 'aria-label': t('Pages of entries') },
    step('first', t('First'), 0, offset > 0),
    step('previous', t('Previous'), Math.min(Math.max(0, offset - limit), last ?? offset), offset > 0),
    h('span', { class: 'range' }, rangeWords(question, shown, total, page)),
    step('next', t('Next'), offset + limit, more),
    last === null ? null : step('last', t('Last'), last, offset !== last),
    labelled(
      t('A page has'),
      choice(
        PAGE_LIMITS.map((one) => [String(one), String(one)]),
        String(limit),
        (value) => {
          const next = readPageLimit(value) ?? DEFAULT_LIMIT;
          page.go({ ...question, limit: next, offset: Math.floor(offset / next) * next });
        },
        { 'data-focus': 'limit' },
      ),
    ),
  );
}

/** `26 to 50 of 132`. */
export function rangeWords({ offset }: Question, shown: number, total: number | null, { words: { t, count } }: Page): string {
  if (shown === 0) return total === null || total === 0 ? '' : t('none here, {0} in all', count(total));
  const [from, to] = [count(offset + 1), count(offset + shown)];
  return total === null ? t('{0} to {1}', from, to) : t('{0} to {1} of {2}', from, to, count(total));
}
