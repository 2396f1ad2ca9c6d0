/** The backlinks of one target, a page at a time, each with the facts that tell what it is worth. */
import type { Backlink, LinkTag, RowPage, Target } from '../../../../shared/backlinks.ts';
import { shortUrl } from '../../knownWords.ts';
import { button, h } from './dom.ts';
import type { Page } from './page.ts';
import { strengthBar } from './strengthBar.ts';

/** @param now fetches the first page at once instead of on a click */
export function backlinkRows(target: Target, page: Page, now: boolean): HTMLElement {
  const { t, count } = page.words;
  const body = h('tbody', {});
  const said = h('p', { class: 'muted', role: 'status' });
  const table = h('div', { class: 'scroll', hidden: true }, h('table', { class: 'rows' }, head(page), body));
  let loaded = 0;
  let generation: string | null = null;
  const ask = () => {
    more.disabled = true;
    said.textContent = t('Asking …');
    page.post({ type: 'rows', target, offset: loaded });
  };
  const more = button('secondary', t('Show backlinks'), ask);

  const add = (got: RowPage) => {
    if (got.offset > 0 && got.generation !== generation) {
      // The index was rebuilt in between: what stands here is of another one.
      body.replaceChildren();
      loaded = 0;
      return ask();
    }
    generation = got.generation;
    loaded = got.offset + got.rows.length;
    body.append(...got.rows.map((row) => rowOf(row, page)));
    const rest = got.total === null ? null : got.total - loaded;
    table.hidden = loaded === 0;
    more.disabled = false;
    more.hidden = got.rows.length === 0 || rest === 0;
    more.textContent = rest === null ? t('Load more') : t('Load {0} more', count(Math.min(rest, got.rows.length)));
    said.textContent =
      loaded === 0 ? t('None seen.') : got.total === null ? t('{0} shown', count(loaded)) : t('{0} of {1} shown', count(loaded), count(got.total));
  };
  page.onRows((message) => {
    if (message.type === 'rows' && message.page.offset === loaded && message.target === target.id) add(message.page);
    if (message.type === 'rowsFailed' && message.target === target.id) {
      more.disabled = false;
      said.textContent = message.message;
    }
  });
  if (now) ask();
  return h('div', { class: 'backlinks-of' }, h('h3', {}, t('Backlinks')), table, said, more);
}

function head({ words: { t } }: Page): HTMLElement {
  const names = [t('Strength'), t('Linking page'), t('Link text'), t('Kind'), t('Links on page'), t('Place'), t('First seen')];
  return h('thead', {}, h('tr', {}, ...names.map((name) => h('th', { scope: 'col' }, name))));
}

function rowOf(row: Backlink, page: Page): HTMLElement {
  const { t, count } = page.words;
  const link = button('link', shortUrl(row.sourceUrl), () => page.post({ type: 'browse', url: row.sourceUrl }), { title: row.sourceUrl });
  const kind = [
    row.tag === null ? null : tagWord(row.tag, page),
    row.nofollow === true ? 'nofollow' : null,
    row.lost === null ? null : t('lost'),
  ].filter((part) => part !== null);
  const place = row.position === null || row.totalLinks === null ? '–' : `${count(row.position)} / ${count(row.totalLinks)}`;
  return h(
    'tr',
    {},
    h('td', { class: 'strength' }, strengthBar(row.strength, page.words)),
    h('th', { scope: 'row' }, h('span', { class: 'title' }, row.title ?? t('(no title)')), link),
    h('td', { class: 'text' }, row.anchorText === null ? '–' : `“${row.anchorText}”`),
    h('td', {}, kind.join(', ')),
    h('td', { class: 'number' }, place),
    h('td', {}, [row.city, row.country ?? row.countryCode].filter((part) => part !== null).join(', ') || '–'),
    h('td', { class: 'day' }, row.firstSeen === null ? '–' : page.words.day(row.firstSeen)),
  );
}

/** The contract's tag in a word that people use. */
function tagWord(tag: LinkTag, { words: { t } }: Page): string {
  switch (tag) {
    case 'a':
      return t('text');
    case 'aimg':
      return t('image');
    case 'area':
      return t('image map');
    case 'javascript':
      return t('script');
    case 'redirect':
    case 'meta':
      return t('redirect');
    case 'iframe':
    case 'frame':
      return t('frame');
    case 'form':
      return t('form');
  }
}
