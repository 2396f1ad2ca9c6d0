/** The backlinks themselves, with all that the contract tells of each. */
import type { RowSort } from '../../../shared/queries.ts';
import { button, type Child, h } from '../report/webview/dom.ts';
import { strengthBar } from '../report/webview/strengthBar.ts';
import { addressWords, copyButton, joined, stranger } from './elements.ts';
import { arrowKeys } from './keyboard.ts';
import type { Page } from './page.ts';
import { plain } from './plain.ts';
import type { Question } from './question.ts';
import type { Row } from './rowsCall.ts';
import { safeLink } from './safeLink.ts';
import { lostWords, tagWords } from './tagWords.ts';

/** @param many the target is more than one page: each row says which one it points to */
export function rowsTable(rows: readonly Row[], question: Question, many: boolean, page: Page): HTMLElement {
  const { t } = page.words;
  const body = h('tbody', {}, ...rows.map((row) => rowOf(row, many, page)));
  arrowKeys(body, 'a.page');
  return h(
    'table',
    { class: 'rows' },
    h('caption', { class: 'unseen' }, t('Backlinks')),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        sortable('strength', t('Strength'), question, page),
        head(t('Linking page')),
        head(many ? t('Link text and where it points') : t('Link text')),
        head(t('Place on the page')),
        head(t('Server')),
        sortable('date', t('First seen'), question, page),
        h('td', {}),
      ),
    ),
    body,
  );
}

function head(name: string): HTMLElement {
  return h('th', { scope: 'col' }, name);
}

/** Both orders have one direction: the strongest, or the latest, first. */
function sortable(sort: RowSort, name: string, question: Question, page: Page): HTMLElement {
  const sorted = question.sort === sort;
  const order = () => page.go({ ...question, sort, offset: 0 });
  return h(
    'th',
    { scope: 'col', class: sort, 'aria-sort': sorted ? 'descending' : 'none' },
    button('sort', name, order, {
      'data-focus': `sort-${sort}`,
      title: sort === 'strength' ? page.words.t('Strongest first') : page.words.t('Latest first'),
    }),
  );
}

function rowOf(row: Row, many: boolean, page: Page): HTMLElement {
  const { t } = page.words;
  const title = row.title === null || plain(row.title) === '' ? h('span', { class: 'muted' }, t('(no title)')) : stranger(row.title);
  const cell = (name: string, look: string, ...children: readonly Child[]) => h('td', { class: look, 'data-name': name }, ...children);
  return h(
    'tr',
    { class: row.lost === null ? null : 'gone' },
    cell(t('Strength'), 'strength', strengthBar(row.strength, page.words)),
    h(
      'th',
      { scope: 'row' },
      safeLink(row.sourceUrl, 'page', h('span', { class: 'title' }, title), h('span', { class: 'address' }, addressWords(row.sourceUrl))),
      row.more > 0 ? h('span', { class: 'muted' }, t('and {0} more on this domain', page.words.count(row.more))) : null,
    ),
    cell(
      t('Link text'),
      'text',
      anchor(row, page),
      ...marks(row, page),
      many ? h('span', { class: 'to' }, '→ ', safeLink(row.targetUrl, 'link', addressWords(row.targetUrl))) : null,
    ),
    cell(t('Place on the page'), 'position', ...position(row, page)),
    cell(t('Server'), 'server', ...server(row)),
    cell(t('First seen'), 'day', ...seen(row, page)),
    h(
      'td',
      { class: 'tools' },
      copyButton(page, t('Copy'), t('Address copied.'), () => row.sourceUrl, {
        'aria-label': t('Copy the address {0}', addressWords(row.sourceUrl)),
      }),
    ),
  );
}

function anchor(row: Row, { words: { t } }: Page): HTMLElement {
  if (row.anchorText === null || plain(row.anchorText) === '') return h('span', { class: 'muted' }, t('(no text)'));
  return h('q', {}, stranger(row.anchorText));
}

/** The kind of link where it is none of text, and what its rel says. */
function marks(row: Row, page: Page): HTMLElement[] {
  const { t } = page.words;
  const kind = row.tag === null || row.tag === 'a' ? null : tagWords(row.tag, page.words);
  const rel = row.nofollow === true ? (row.rel ?? []).filter((token) => ['ugc', 'sponsored'].includes(token)) : [];
  const words = [kind, row.nofollow === true ? 'nofollow' : null, ...rel, row.lost === null ? null : t('lost')].filter((word) => word !== null);
  return words.map((word) => h('span', { class: 'mark' }, word));
}

function position(row: Row, { words: { t, count } }: Page): Child[] {
  const { position: at, totalLinks: of, externalLinks: out, internalLinks: within } = row;
  if (of === null && at === null) return ['–'];
  const where = at === null ? t('{0} links', count(of ?? 0)) : of === null ? count(at) : t('{0} of {1}', count(at), count(of));
  const split = out === null || within === null ? null : h('span', { class: 'small muted' }, t('{0} out, {1} within', count(out), count(within)));
  return [where, split];
}

/** The place where one is known, and beneath it the code of the country and the address. */
function server({ city, country, countryCode, ip }: Row): Child[] {
  const place = [city, country].filter((part) => part !== null).map((part) => plain(part, 60));
  const detail = [countryCode, ip].filter((part) => part !== null).map((part) => plain(part, 45));
  if (place.length === 0 && detail.length === 0) return ['–'];
  return [place.join(', '), detail.length === 0 ? null : h('span', { class: 'small muted whole' }, detail.join(' · '))];
}

function seen(row: Row, { words }: Page): Child[] {
  const { t, day } = words;
  const first = row.firstSeen === null ? '–' : day(row.firstSeen);
  if (row.lost !== null)
    return [first, h('span', { class: 'small' }, ...joined([t('lost {0}', day(row.lost.on)), lostWords(row.lost.reason, words)], ': '))];
  const last = row.lastSeen === null || row.lastSeen === row.firstSeen ? null : h('span', { class: 'small muted' }, t('last {0}', day(row.lastSeen)));
  return [first, last];
}
