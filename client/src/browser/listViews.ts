/** The lists beside the rows: who links, with which words, to which pages. */
import type { AnchorCount, FollowedShare, LinkedPage, ReferringDomain } from '../../../shared/queries.ts';
import { button, type Child, h } from '../report/webview/dom.ts';
import { strengthBar } from '../report/webview/strengthBar.ts';
import { addressWords, shareBar, stranger } from './elements.ts';
import { arrowKeys } from './keyboard.ts';
import type { Page } from './page.ts';
import { plain } from './plain.ts';
import { EVERYTHING, type Question, questionOf } from './question.ts';
import { safeLink } from './safeLink.ts';

export function domainsTable(domains: readonly ReferringDomain[], page: Page): HTMLElement {
  const { t, count, day } = page.words;
  return table(
    t('Referring domains'),
    [t('Domain'), t('Strength'), t('Backlinks'), t('Followed'), t('First seen')],
    domains.map((entry) => [
      h('span', { class: 'split-name' }, safeLink(`https://${entry.domain}/`, 'page', stranger(entry.domain)), inspect(entry.domain, page)),
      strengthBar(entry.strength, page.words),
      counted(count(entry.backlinks), entry.backlinks, domains),
      followed(entry.followed, page),
      entry.firstSeen === null ? '–' : day(entry.firstSeen),
    ]),
  );
}

export function textsTable(texts: readonly AnchorCount[], question: Question, page: Page): HTMLElement {
  const { t, count } = page.words;
  const narrow = (anchor: string) => page.go({ ...question, ...EVERYTHING, view: 'rows', offset: 0, anchor });
  return table(
    t('Link texts'),
    [t('Link text'), t('Backlinks'), t('Referring domains'), t('Followed')],
    texts.map((entry) => {
      const { text } = entry;
      const empty = text === null || plain(text) === '';
      return [
        empty
          ? h('span', { class: 'muted' }, text === null ? t('(text not given)') : t('(no text)'))
          : button('link page', stranger(text), () => narrow(text), { title: t('Show backlinks with this text') }),
        counted(count(entry.backlinks), entry.backlinks, texts),
        count(entry.referringDomains),
        followed(entry.followed, page),
      ];
    }),
  );
}

export function pagesTable(pages: readonly LinkedPage[], page: Page): HTMLElement {
  const { t, count } = page.words;
  return table(
    t('Linked pages'),
    [t('Page'), t('Strength'), t('Backlinks'), t('Referring domains'), t('Followed')],
    pages.map((entry) => [
      h(
        'span',
        { class: 'split-name' },
        safeLink(entry.url, 'page', addressWords(entry.url)),
        entry.status === null
          ? null
          : h('span', { class: 'mark' }, entry.status < 400 ? t('redirects ({0})', entry.status) : t('gone ({0})', entry.status)),
        inspect(entry.url, page),
      ),
      strengthBar(entry.strength, page.words),
      counted(count(entry.backlinks), entry.backlinks, pages),
      count(entry.referringDomains),
      followed(entry.followed, page),
    ]),
  );
}

/** Goes to the backlinks of what stands in a list. */
function inspect(target: string, page: Page): HTMLElement {
  const { t } = page.words;
  return button('quiet small', t('Who links there?'), () => page.go(questionOf(target)), {
    'aria-label': t('Who links to {0}?', addressWords(target)),
  });
}

function counted(words: string, amount: number, all: readonly { readonly backlinks: number }[]): HTMLElement {
  return h('span', { class: 'counted' }, words, shareBar(amount, Math.max(...all.map(({ backlinks }) => backlinks))));
}

function followed(share: FollowedShare, { words: { share: percent, t, count } }: Page): HTMLElement {
  return h('span', { title: t('{0} of {1} links', count(share.links), count(share.of)) }, percent(share) ?? '–');
}

/** The first cell of a row is its heading; the others are numbers. */
function table(caption: string, heads: readonly string[], rows: readonly (readonly [Child, ...Child[]])[]): HTMLElement {
  const body = h(
    'tbody',
    {},
    ...rows.map(([name, ...cells]) =>
      h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((cell, at) => h('td', { class: 'number', 'data-name': heads[at + 1] ?? '' }, cell))),
    ),
  );
  arrowKeys(body, '.page');
  return h(
    'table',
    { class: 'list' },
    h('caption', { class: 'unseen' }, caption),
    h('thead', {}, h('tr', {}, ...heads.map((name, at) => h('th', { scope: 'col', class: at === 0 ? null : 'number' }, name)))),
    body,
  );
}
