/** The table of all targets: sorted by its headings, filtered by words, each row unfolds into what is known of its target. */
import type { ReportTarget } from '../../../../shared/report.ts';
import { knownWords, shortUrl } from '../../knownWords.ts';
import { button, h } from './dom.ts';
import { useButton } from './findings.ts';
import type { Page } from './page.ts';
import { strengthBar } from './strengthBar.ts';
import { COLUMNS, type Column, filterTargets, firstDirection, type Order, sortTargets, strengthOf, summaryOf } from './tableModel.ts';
import { targetDetail } from './targetDetail.ts';

/** Rows drawn at a time: a report may hold thousands. */
const STEP = 200;

export interface TableState {
  readonly order: Order | null;
  readonly filter: string;
}

/** @param remember keeps order and filter while the panel is hidden */
export function targetTable(page: Page, start: TableState, remember: (state: TableState) => void): HTMLElement {
  const { t, count } = page.words;
  let state = start;
  let shown = STEP;
  const body = h('tbody', {});
  const found = h('p', { class: 'muted', role: 'status' });
  const more = button('secondary', '', () => {
    shown += STEP;
    draw();
  });
  const headings = new Map(COLUMNS.map((column) => [column, heading(column, page, () => sortBy(column))]));
  const filter = h('input', {
    type: 'search',
    placeholder: t('Filter by URL, file or text'),
    'aria-label': t('Filter by URL, file or text'),
    value: state.filter,
  });
  const change = (next: TableState) => {
    state = next;
    shown = STEP;
    remember(state);
    draw();
  };
  const sortBy = (column: Column) => {
    const ascending = state.order?.column === column ? !state.order.ascending : firstDirection(column);
    change({ ...state, order: { column, ascending } });
  };
  filter.addEventListener('input', () => change({ ...state, filter: filter.value }));

  const draw = () => {
    const matching = filterTargets(page.report.targets, state.filter);
    const ordered = state.order === null ? matching : sortTargets(matching, state.order);
    for (const [column, element] of headings) {
      const direction = state.order?.column !== column ? 'none' : state.order.ascending ? 'ascending' : 'descending';
      element.setAttribute('aria-sort', direction);
    }
    body.replaceChildren(...ordered.slice(0, shown).flatMap((target) => targetRow(target, page)));
    found.textContent = state.filter === '' ? '' : t('{0} of {1} targets', count(ordered.length), count(page.report.targets.length));
    more.hidden = ordered.length <= shown;
    more.textContent = t('Show {0} more', count(Math.min(STEP, ordered.length - shown)));
  };
  draw();
  const table = h('table', { class: 'targets' }, h('thead', {}, h('tr', {}, ...headings.values())), body);
  return h(
    'section',
    { 'aria-labelledby': 'targets' },
    h('div', { class: 'bar-of-section' }, h('h2', { id: 'targets' }, t('All targets')), filter),
    found,
    h('div', { class: 'scroll' }, table),
    more,
  );
}

function heading(column: Column, { words: { t } }: Page, run: () => void): HTMLTableCellElement {
  const words: Record<Column, string> = {
    target: t('Target'),
    strength: t('Strength'),
    backlinks: t('Backlinks'),
    domains: t('Domains'),
    followed: t('Followed'),
    internal: t('Internal'),
    uses: t('Where used'),
  };
  return h('th', { scope: 'col', class: column }, button('sort', words[column], run));
}

function targetRow(target: ReportTarget, page: Page): HTMLElement[] {
  const { words } = page;
  const summary = summaryOf(target);
  const unknown = () => h('span', { class: 'muted', title: knownWords(target.pageFacts, words, Date.now()) }, '?');
  const number = (value: number | null) => (value === null ? h('span', { class: 'muted' }, '–') : words.count(value));
  const detail = h('tr', { class: 'detail', hidden: true });
  const unfold = button(
    'unfold',
    shortUrl(target.page.name),
    () => {
      const open = detail.hidden;
      if (open && detail.childElementCount === 0) detail.append(h('td', { colspan: COLUMNS.length }, targetDetail(target, page, false)));
      detail.hidden = !open;
      unfold.setAttribute('aria-expanded', String(open));
    },
    { 'aria-expanded': 'false', title: target.page.name },
  );
  const state = summary === null || target.pageFacts.state !== 'fresh' ? h('span', { class: 'tag' }, stateOf(target, page)) : null;
  const row = h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'target' }, unfold, state),
    h('td', { class: 'strength' }, ...strengthCell(target, page, unknown)),
    h('td', { class: 'backlinks' }, summary === null ? unknown() : summary.backlinks === 0 ? words.t('none seen') : number(summary.backlinks)),
    h('td', { class: 'domains' }, summary === null ? unknown() : summary.backlinks === 0 ? '–' : number(summary.referringDomains)),
    h('td', { class: 'followed' }, summary === null ? unknown() : ((summary.followed && words.share(summary.followed)) ?? '–')),
    h('td', { class: 'internal' }, summary === null ? unknown() : summary.internalBacklinks === 0 ? '–' : number(summary.internalBacklinks)),
    h('td', { class: 'uses' }, ...uses(target, page)),
  );
  return [row, detail];
}

function strengthCell(target: ReportTarget, { words }: Page, unknown: () => HTMLElement): HTMLElement[] {
  const known = strengthOf(target);
  if (known === null) return [summaryOf(target) === null ? unknown() : strengthBar(null, words)];
  const bar = strengthBar(known.strength, words);
  return known.of === 'page' ? [bar] : [h('span', { class: 'muted' }, `${words.t('domain')} `), bar];
}

/** The reason beside a target whose facts are old or missing. */
function stateOf({ pageFacts }: ReportTarget, { words }: Page): string {
  switch (pageFacts.state) {
    case 'stale':
      return words.age(Date.now() - pageFacts.at);
    case 'failed':
      return words.failure(pageFacts.reason);
    case 'fresh':
    case 'pending':
    case 'skipped':
    case 'unknown':
      return knownWords(pageFacts, words, Date.now());
  }
}

function uses(target: ReportTarget, page: Page): (HTMLElement | string)[] {
  const first = target.uses.slice(0, 2).flatMap((use, index) => (index === 0 ? [useButton(use, page)] : [', ', useButton(use, page)]));
  const rest = target.uses.length - 2;
  return rest > 0 ? [...first, h('span', { class: 'muted' }, ` ${page.words.t('and {0} more', page.words.count(rest))}`)] : first;
}
