/** Which rows are shown: each choice asks again and stands in the page's address. */
import { INTERNAL_FILTERS, LINK_TAGS } from '../../../shared/backlinks.ts';
import { ROW_STATUSES, type RowStatus } from '../../../shared/queries.ts';
import type { FigureWords } from '../figureWords.ts';
import { button, h } from '../report/webview/dom.ts';
import { choice, labelled } from './elements.ts';
import type { Page } from './page.ts';
import { EVERYTHING, type Narrowing, narrowings, type Question } from './question.ts';
import { tagWords } from './tagWords.ts';

export function filtersView(question: Question, page: Page): HTMLElement {
  const { t } = page.words;
  const change = (narrowing: Partial<Narrowing>) => page.go({ ...question, ...narrowing, offset: 0 });
  const active = narrowings(question);
  const controls = h(
    'div',
    { class: 'controls' },
    labelled(
      t('Status'),
      choice(
        ROW_STATUSES.map((status) => [status, statusWords(status, page.words)]),
        question.status,
        (value) => change({ status: one(ROW_STATUSES, value) }),
        focusKey('status'),
      ),
    ),
    labelled(
      t('Followed'),
      choice(
        [
          ['', t('all')],
          ['yes', t('followed')],
          ['no', t('not followed')],
        ],
        question.followed === null ? '' : question.followed ? 'yes' : 'no',
        (value) => change({ followed: value === '' ? null : value === 'yes' }),
        focusKey('followed'),
      ),
    ),
    labelled(
      t('Kind'),
      choice(
        [['', t('all')], ...LINK_TAGS.map((tag) => [tag, tagWords(tag, page.words)] as const)],
        question.tag ?? '',
        (value) => change({ tag: LINK_TAGS.find((tag) => tag === value) ?? null }),
        focusKey('tag'),
      ),
    ),
    labelled(
      t('Inside the site'),
      choice(
        [
          ['exclude', t('left out')],
          ['include', t('shown, too')],
          ['only', t('nothing else')],
        ],
        question.internal,
        (value) => change({ internal: one(INTERNAL_FILTERS, value) }),
        focusKey('internal'),
      ),
    ),
    labelled(
      t('Country'),
      typed('country', question.country ?? '', (value) => change({ country: /^[a-z]{2}$/i.test(value) ? value.toUpperCase() : null }), {
        maxlength: 2,
        size: 4,
        placeholder: 'DE',
      }),
    ),
    labelled(
      t('Link text contains'),
      typed('anchor', question.anchor ?? '', (value) => change({ anchor: value === '' ? null : value }), { maxlength: 200, size: 18 }),
    ),
    checked(t('One per domain'), question.onePerDomain, (onePerDomain) => change({ onePerDomain })),
    active === 0 ? null : button('quiet', t('Clear'), () => change(EVERYTHING), { 'data-focus': 'clear', 'aria-label': t('Clear the filters') }),
  );
  const wide = window.matchMedia('(min-width: 760px)').matches;
  return h(
    'details',
    { class: 'filters', open: wide || active > 0 },
    h('summary', {}, active === 0 ? t('Filter') : t('Filter ({0})', active)),
    controls,
  );
}

function statusWords(status: RowStatus, { t }: FigureWords): string {
  switch (status) {
    case 'live':
      return t('standing');
    case 'new':
      return t('new');
    case 'lost':
      return t('lost');
    case 'all':
      return t('standing and lost');
  }
}

function one<T extends string>(permitted: readonly [T, ...T[]] | readonly T[], value: string): T {
  const found = permitted.find((entry) => entry === value) ?? permitted[0];
  if (found === undefined) throw new Error('a choice of nothing');
  return found;
}

function focusKey(name: string): { readonly 'data-focus': string } {
  return { 'data-focus': `filter-${name}` };
}

/** A field that is read when it is left or Enter is pressed. */
function typed(
  name: string,
  value: string,
  change: (value: string) => void,
  attributes: Readonly<Record<string, string | number>>,
): HTMLInputElement {
  const field = h('input', {
    type: 'text',
    value,
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'off',
    ...focusKey(name),
    ...attributes,
  });
  field.addEventListener('change', () => {
    if (field.value.trim() !== value) change(field.value.trim());
  });
  return field;
}

function checked(label: string, value: boolean, change: (value: boolean) => void): HTMLLabelElement {
  const box = h('input', { type: 'checkbox', checked: value, ...focusKey('one-per-domain') });
  box.addEventListener('change', () => change(box.checked));
  return h('label', { class: 'check' }, box, h('span', {}, label));
}
