/** The list that is shown: asked for, drawn, and drawn again for each page of it. */
import { button, type Child, h } from '../report/webview/dom.ts';
import { downloadView } from './download.ts';
import { copyButton } from './elements.ts';
import { domainsTable, pagesTable, textsTable } from './listViews.ts';
import type { Page } from './page.ts';
import { pagingView, rangeWords } from './pagingView.ts';
import { EVERYTHING, narrowings, type Question } from './question.ts';
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
}

/** Asks for the list of a question. @param asked totals of its target, on their way */
export async function fetchList(question: Question, asked: Promise<Totals>, page: Page, signal: AbortSignal): Promise<Shown> {
  const { service } = page;
  switch (question.view) {
    case 'rows': {
      const [answer, totals] = await Promise.all([service.rows(question, signal), asked]);
      const { entries, total } = answer.value;
      const copy = copyButton(page, page.words.t('Copy these rows'), page.words.t('Rows copied.'), () => rowsText(entries));
      const tools = h('div', { class: 'tools' }, copy, downloadView(question, entries, total, page, signal));
      return shown(question, answer, totals, (rows) => rowsTable(rows, question, totals.kind !== 'page', page), page, tools);
    }
    case 'domains': {
      const [answer, totals] = await Promise.all([service.list('domains', question, readDomain, signal), asked]);
      return shown(question, answer, totals, (entries) => domainsTable(entries, page), page);
    }
    case 'texts': {
      const [answer, totals] = await Promise.all([service.list('texts', question, readAnchor, signal), asked]);
      return shown(question, answer, totals, (entries) => textsTable(entries, question, page), page);
    }
    case 'pages': {
      const [answer, totals] = await Promise.all([service.list('pages', question, readLinkedPage, signal), asked]);
      return shown(question, answer, totals, (entries) => pagesTable(entries, page), page);
    }
  }
}

function shown<T>(
  question: Question,
  { value, generation }: Answer<Slice<T>>,
  { internalBacklinks }: Totals,
  draw: (entries: readonly T[]) => HTMLElement,
  page: Page,
  tools: HTMLElement | null = null,
): Shown {
  const { entries, total } = value;
  const said = rangeWords(question, entries.length, total, page);
  if (entries.length === 0 && (total ?? 0) === 0)
    return { elements: [nothing(question, page, internalBacklinks ?? 0)], said: nothingWords(question, page), generation };
  const paging = pagingView(question, entries.length, total, page);
  const table = entries.length === 0 ? null : h('div', { class: 'scroll' }, draw(entries));
  return { elements: [table, h('div', { class: 'below' }, paging, entries.length === 0 ? null : tools)], said, generation };
}

/** Nothing found: in this index, or through these filters. Where the site links to itself, these links are one step away. */
function nothing(question: Question, page: Page, internal: number): HTMLElement {
  const { t, count } = page.words;
  const go = (narrowing: Partial<Question>) => () => page.go({ ...question, ...narrowing, offset: 0 });
  const offered = isNarrow(question)
    ? button('quiet', t('Clear the filters'), go(EVERYTHING), { 'data-focus': 'clear' })
    : internal === 0
      ? null
      : button('quiet', t('Show internal links ({0})', count(internal)), go({ view: 'rows', internal: 'only' }), { 'data-focus': 'internal' });
  return h('div', { class: 'nothing' }, h('p', {}, nothingWords(question, page)), offered);
}

function nothingWords(question: Question, page: Page): string {
  const { t, count } = page.words;
  if (isNarrow(question)) return t('None seen that pass these filters.');
  const index = page.index();
  return index === null ? t('None seen in this index.') : t('None seen on the {0} pages of this index.', count(index.pages));
}

function isNarrow(question: Question): boolean {
  return question.view === 'rows' && narrowings(question) > 0;
}
