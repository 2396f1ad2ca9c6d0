/** All that is known of one target: page beside domain, top anchors, written forms, where it is used, and its backlinks. */
import { type Known, lastKnown, type Summary, type Target } from '../../../../shared/backlinks.ts';
import type { ReportTarget } from '../../../../shared/report.ts';
import { knownWords, shortUrl } from '../../knownWords.ts';
import { backlinkRows } from './backlinkRows.ts';
import { button, h } from './dom.ts';
import { useButton } from './findings.ts';
import type { Page } from './page.ts';
import { strengthBar } from './strengthBar.ts';

/** @param whole true when the report is about this target alone: its backlinks are fetched without another click */
export function targetDetail(target: ReportTarget, page: Page, whole: boolean): HTMLElement {
  const summary = lastKnown(target.pageFacts)?.value ?? null;
  return h(
    'div',
    { class: 'facts' },
    actions(target, page, whole),
    redirect(summary, page),
    h('div', { class: 'columns' }, comparison(target, page), anchors(summary, page), forms(summary, page), usedIn(target, page)),
    target.pageFacts.state === 'skipped' ? null : backlinkRows(target.page, page, whole),
  );
}

function actions(target: ReportTarget, { post, words: { t } }: Page, whole: boolean): HTMLElement {
  const url = /^https?:\/\//i.test(target.page.name) ? target.page.name : `https://${target.page.name.replace(/\/\*$/, '/')}`;
  return h(
    'p',
    { class: 'actions' },
    button('link', t('Open in browser'), () => post({ type: 'browse', url })),
    whole ? null : button('link', t('Inspect'), () => post({ type: 'inspect', text: target.page.name })),
  );
}

/** The hover's table: this page beside its domain. One column where they are the same. */
function comparison(target: ReportTarget, page: Page): HTMLElement {
  const { t } = page.words;
  const same = target.page.id === target.domain.id;
  const columns: [Target, Known<Summary>][] = same
    ? [[target.page, target.pageFacts]]
    : [
        [target.page, target.pageFacts],
        [target.domain, target.domainFacts],
      ];
  const row = (label: string, cell: (summary: Summary) => HTMLElement | string) =>
    h('tr', {}, h('th', { scope: 'row' }, label), ...columns.map(([, known]) => h('td', {}, cellOf(known, cell))));
  return h(
    'table',
    { class: 'comparison' },
    h(
      'thead',
      {},
      h('tr', {}, h('td', {}), ...columns.map(([{ kind, name }]) => h('th', { scope: 'col' }, kind === 'page' ? t('this page') : name))),
    ),
    h(
      'tbody',
      {},
      row(t('Strength'), (summary) => strengthBar(summary.strength, page.words)),
      row(t('Backlinks'), (summary) => (summary.backlinks === 0 ? t('none seen') : dash(summary.backlinks, page))),
      row(t('Referring domains'), (summary) => dash(summary.referringDomains, page)),
      row(t('Referring pages'), (summary) => dash(summary.referringPages, page)),
      row(t('Followed'), (summary) => (summary.followed && page.words.share(summary.followed)) ?? '–'),
      row(t('Internal links'), (summary) => dash(summary.internalBacklinks, page)),
      row(t('New and lost'), (summary) => changes(summary, page)),
      row(t('As of'), (summary) => (summary.asOf === null ? '–' : page.words.day(summary.asOf))),
      stateRow(columns, page),
    ),
  );
}

function cellOf(known: Known<Summary>, cell: (summary: Summary) => HTMLElement | string): HTMLElement | string {
  const last = lastKnown(known);
  return last === null ? h('span', { class: 'muted' }, '?') : cell(last.value);
}

/** Why something is missing or old; left out where all is fresh. */
function stateRow(columns: readonly [Target, Known<Summary>][], { words }: Page): HTMLElement | null {
  if (columns.every(([, known]) => known.state === 'fresh')) return null;
  const why = (known: Known<Summary>) =>
    known.state === 'fresh' ? '' : known.state === 'failed' ? known.message : knownWords(known, words, Date.now());
  return h('tr', {}, h('th', { scope: 'row' }, words.t('State')), ...columns.map(([, known]) => h('td', { class: 'state' }, why(known))));
}

function changes({ newBacklinks = null, lostBacklinks = null, changesSince = null }: Summary, page: Page): string {
  if (changesSince === null) return '–';
  return page.words.t('{0} new, {1} lost since {2}', dash(newBacklinks, page), dash(lostBacklinks, page), page.words.day(changesSince));
}

function dash(value: number | null, { words }: Page): string {
  return value === null ? '–' : words.count(value);
}

function redirect(summary: Summary | null, { words }: Page): HTMLElement | null {
  const to = summary?.redirectsTo ?? null;
  if (to === null) return null;
  const when = to.on === null ? '' : ` (${words.day(to.on)})`;
  return h('p', {}, words.t('Redirects to {0} with status {1}', to.url, to.status) + when);
}

function anchors(summary: Summary | null, { words }: Page): HTMLElement | null {
  const top = summary?.topAnchors ?? [];
  if (top.length === 0) return null;
  const items = top
    .slice(0, 10)
    .map(({ text, count }) =>
      h('li', {}, h('span', {}, text.trim() === '' ? words.t('(no text)') : text), h('span', { class: 'number muted' }, words.count(count))),
    );
  return h('div', {}, h('h3', {}, words.t('Link texts')), h('ul', { class: 'counted' }, ...items));
}

function forms(summary: Summary | null, { words }: Page): HTMLElement | null {
  const written = summary?.forms ?? [];
  if (written.length < 2) return null;
  const items = written
    .slice(0, 10)
    .map(({ url, backlinks }) => h('li', {}, h('span', {}, url), h('span', { class: 'number muted' }, words.count(backlinks))));
  return h('div', {}, h('h3', {}, words.t('Written forms')), h('ul', { class: 'counted' }, ...items));
}

function usedIn(target: ReportTarget, page: Page): HTMLElement | null {
  if (target.uses.length === 0) return null;
  const items = target.uses
    .slice(0, 50)
    .map((use) => h('li', {}, useButton(use, page), use.text === '' ? null : h('span', { class: 'muted' }, ` “${shortUrl(use.text)}”`)));
  return h('div', {}, h('h3', {}, page.words.t('Where used')), h('ul', { class: 'plain' }, ...items));
}
