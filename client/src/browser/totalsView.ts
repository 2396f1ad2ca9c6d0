/** A target's totals: strength with its basis and formula, counts, followed share with what it is a share of, forms and redirects. */
import { type Child, h } from '../report/webview/dom.ts';
import { strengthBar } from '../report/webview/strengthBar.ts';
import { addressWords } from './elements.ts';
import type { Page } from './page.ts';
import type { Totals } from './replies.ts';
import { safeLink } from './safeLink.ts';

/** Written forms and redirecting addresses shown at most. */
const MOST = 20;

export function totalsView(totals: Totals, page: Page): HTMLElement {
  return h('div', { class: 'totals' }, h('dl', { class: 'tiles' }, ...tiles(totals, page)), told(totals, page), ...more(totals, page));
}

function tiles(totals: Totals, page: Page): HTMLElement[] {
  const { t, count, share } = page.words;
  const { followed, internalBacklinks: internal } = totals;
  const number = (value: number | null) => (value === null ? '–' : value === 0 ? t('none') : count(value));
  const of = (value: number | null, name: string) => (value === null || value === 0 ? null : h('span', { class: 'of' }, name));
  return [
    tile('strength', t('Strength'), strengthBar(totals.strength, page.words), basis(totals, page)),
    tile('backlinks', t('Backlinks'), totals.backlinks === 0 ? t('none seen') : number(totals.backlinks), seenIn(totals, page)),
    tile(
      '',
      t('Referring domains'),
      totals.backlinks === 0 ? '–' : number(totals.referringDomains),
      of(totals.referringHosts, t('{0} hosts, {1} pages', number(totals.referringHosts), number(totals.referringPages))),
    ),
    tile(
      '',
      t('Followed'),
      (followed && share(followed)) ?? '–',
      followed === null || followed.of === 0 ? null : t('{0} of {1} links', count(followed.links), count(followed.of)),
    ),
    tile('', t('Internal links'), number(internal), t('inside the site, counted apart')),
  ];
}

function tile(look: string, label: string, value: Child, under: Child): HTMLElement {
  return h(
    'div',
    { class: `tile ${look}` },
    h('dt', {}, label),
    h('dd', { class: 'value' }, value),
    under === null ? null : h('dd', { class: 'under' }, under),
  );
}

function basis({ strength }: Totals, { words }: Page): string {
  return strength === null ? words.t('not known to this index') : words.basis(strength);
}

/** An index knows pages, not the web. */
function seenIn({ backlinks }: Totals, page: Page): string | null {
  const index = page.index();
  if (index === null) return null;
  const pages = page.words.count(index.pages);
  return backlinks === 0 ? page.words.t('in the {0} pages of this index', pages) : page.words.t('on the {0} pages of this index', pages);
}

function told(totals: Totals, page: Page): HTMLElement {
  const { t, day, count } = page.words;
  const { asOf, redirectsTo: to, changesSince: since } = totals;
  const changes =
    since === null || (totals.newBacklinks ?? 0) + (totals.lostBacklinks ?? 0) === 0
      ? null
      : t('{0} new, {1} lost since {2}', count(totals.newBacklinks ?? 0), count(totals.lostBacklinks ?? 0), day(since));
  const redirect =
    to === null
      ? null
      : h(
          'p',
          {},
          t('Redirects with status {0} to', to.status),
          ' ',
          safeLink(to.url, 'link', addressWords(to.url)),
          to.on === null ? null : ` (${day(to.on)})`,
        );
  const sentences = [asOf === null ? null : t('As of {0}', day(asOf)), changes].filter((part) => part !== null);
  return h('div', { class: 'told' }, redirect, sentences.length === 0 ? null : h('p', { class: 'muted' }, sentences.join(' · ')));
}

/** What only some want to know, folded. */
function more(totals: Totals, page: Page): HTMLElement[] {
  const { t, count } = page.words;
  const linked = (entries: readonly { url: string; backlinks: number }[]) =>
    h(
      'ul',
      { class: 'counted' },
      ...entries
        .slice(0, MOST)
        .map(({ url, backlinks }) => h('li', {}, safeLink(url, 'link', addressWords(url)), h('span', { class: 'number' }, count(backlinks)))),
    );
  const folded = (title: string, ...children: Child[]) => h('details', {}, h('summary', {}, title), ...children);
  const forms = totals.forms ?? [];
  return [
    totals.strength?.basis === 'index' ? folded(t('How strength is computed'), ...formula(page)) : null,
    forms.length < 2
      ? null
      : folded(
          t('{0} written forms', count(forms.length)),
          h('p', { class: 'muted' }, t('Links are written in these ways; all of them mean this page.')),
          linked(forms),
        ),
    totals.viaRedirect.length === 0
      ? null
      : folded(
          totals.viaRedirect.length === 1 ? t('1 address redirects here') : t('{0} addresses redirect here', count(totals.viaRedirect.length)),
          h('p', { class: 'muted' }, t('Their backlinks stay with them and are not counted here.')),
          linked(totals.viaRedirect),
        ),
  ].filter((part) => part !== null);
}

/** The formula of linkIndex/strength.ts, in the words of ARCHITECTURE.md. */
function formula({ words: { t } }: Page): HTMLElement[] {
  return [
    h(
      'p',
      {},
      t(
        'PageRank p over all pages that this index knows, damping 0.85, followed links and redirects only, links inside a site included. With b for a page that nobody links to:',
      ),
    ),
    h('p', {}, h('code', {}, 'strength = 10 · ln(p / b) / ln(max(100, p_max / b))')),
    h(
      'p',
      {},
      t(
        '0 is a page without links, 10 the strongest page of a large index. It is a statement about this index alone: never compare it with another one.',
      ),
    ),
  ];
}
