/** The list that is shown: asked for, drawn, and drawn again for each page of it. */
import { button, type Child, h } from '../report/webview/dom.ts';
import { downloadView } from './download.ts';
import { copyButton } from './elements.ts';
import { failureNotice } from './failureNotice.ts';
import { filtersView } from './filters.ts';
import { domainsTable, pagesTable, textsTable } from './listViews.ts';
import type { Page } from './page.ts';
import { pagingView, rangeWords } from './pagingView.ts';
import { narrowings, type Question } from './question.ts';
import { readAnchor, readDomain, readLinkedPage, type Slice, type Totals } from './replies.ts';
import { rowsText } from './rowsText.ts';
import { rowsTable } from './rowsView.ts';
import type { Answer } from './service.ts';

/** What a list came to. */
export interface Shown {
  readonly elements: readonly Child[];
  /** For screen readers. */
  readonly said: string;
  readonly generation: string | null;
  /** Entries beyond whose end the question lies. */
  readonly beyond: boolean;
}

/** Asks for the list of a question. @param many the target is more than one page */
export async function fetchList(question: Question, many: () => boolean, page: Page, signal: AbortSignal): Promise<Shown> {
  const { service } = page;
  switch (question.view) {
    case 'rows': {
      const answer = await service.rows(question, signal);
      const { entries, total } = answer.value;
      const tools = h(
        'div',
        { class: 'tools' },
        copyButton(page, page.words.t('Copy these rows'), page.words.t('Rows copied.'), () => rowsText(entries)),
        downloadView(question, entries, total, page, signal),
      );
      return shown(question, answer, () => [rowsTable(entries, question, many(), page)], page, tools);
    }
    case 'domains': {
      const answer = await service.list('domains', question, readDomain, signal);
      return shown(question, answer, (entries) => [domainsTable(entries, page)], page);
    }
    case 'texts': {
      const answer = await service.list('texts', question, readAnchor, signal);
      return shown(question, answer, (entries) => [textsTable(entries, question, page)], page);
    }
    case 'pages': {
      const answer = await service.list('pages', question, readLinkedPage, signal);
      return shown(question, answer, (entries) => [pagesTable(entries, page)], page);
    }
  }
}

function shown<T>(
  question: Question,
  { value, generation }: Answer<Slice<T>>,
  draw: (entries: readonly T[]) => Child[],
  page: Page,
  tools: Child = null,
): Shown {
  const { entries, total } = value;
  const range = rangeWords(question, entries.length, total, page);
  const beyond = entries.length === 0 && question.offset > 0;
  const elements =
    entries.length === 0 && !beyond
      ? [nothing(question, page)]
      : [h('div', { class: 'scroll' }, ...draw(entries)), h('div', { class: 'below' }, pagingView(question, entries.length, total, page), tools)];
  return { elements, said: range === '' ? nothingWords(question, page) : range, generation, beyond };
}

/** Nothing found: in this index, or through these filters. */
function nothing(question: Question, page: Page): HTMLElement {
  const { t } = page.words;
  const filtered = question.view === 'rows' && narrowings(question) > 0;
  const all = () =>
    page.go({
      ...question,
      internal: 'exclude',
      status: 'live',
      followed: null,
      tag: null,
      country: null,
      anchor: null,
      onePerDomain: false,
      offset: 0,
    });
  return h(
    'div',
    { class: 'nothing' },
    h('p', {}, nothingWords(question, page)),
    filtered ? button('quiet', t('Clear the filters'), all, { 'data-focus': 'clear' }) : null,
  );
}

function nothingWords(question: Question, page: Page): string {
  const { t, count } = page.words;
  if (question.view === 'rows' && narrowings(question) > 0) return t('None seen that pass these filters.');
  const index = page.index();
  return index === null ? t('None seen in this index.') : t('None seen on the {0} pages of this index.', count(index.pages));
}

/** The filters stand above rows alone. */
export function controls(question: Question, page: Page): HTMLElement | null {
  return question.view === 'rows' ? filtersView(question, page) : null;
}

/** A list that could not be had. */
export function failedList(error: unknown, page: Page, signal: AbortSignal): HTMLElement {
  return failureNotice(error, page, signal);
}

/** Whether a target's rows point to several pages, as those of a page do not. */
export function isMany(totals: Totals | null): boolean {
  return totals === null || totals.kind !== 'page';
}
