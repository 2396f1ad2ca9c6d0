/** What stands around the results: the key, and what this index is. */
import { button, h } from '../report/webview/dom.ts';
import type { Page } from './page.ts';
import type { IndexFacts } from './replies.ts';

/** Nothing for a service without keys: nobody there has one to give. */
export function keyButton(page: Page): HTMLElement[] {
  const { t, count } = page.words;
  const { balance } = page.session;
  const given = page.session.token() !== null;
  if (!given && !page.session.asked) return [];
  const left = balance === null ? null : h('span', { class: 'balance' }, balance === 1 ? t('1 credit left') : t('{0} credits left', count(balance)));
  return [left, button('quiet', given ? t('Key') : t('Give a key'), page.askForKey, { 'aria-haspopup': 'dialog' })].filter((part) => part !== null);
}

/** @param index null where it could not be asked */
export function footer(index: IndexFacts | null, page: Page): HTMLElement[] {
  const { t, count, day } = page.words;
  const api = h('a', { href: 'openapi.json' }, t('The API of this service'));
  if (index === null) return [h('p', {}, api)];
  const { firstCapture: first, lastCapture: last } = index;
  const when =
    first === null || last === null ? null : first === last ? t('captured {0}', day(first)) : t('captured {0} to {1}', day(first), day(last));
  const facts = [t('Index of {0} pages and {1} links', count(index.pages), count(index.links)), when].filter((part) => part !== null);
  return [h('p', {}, facts.join(', ')), h('p', {}, api)];
}
