/** The one field of the page. */
import { button, h } from '../report/webview/dom.ts';
import { strengthBar } from '../report/webview/strengthBar.ts';
import { addressWords } from './elements.ts';
import type { Page } from './page.ts';
import { questionOf } from './question.ts';
import type { IndexFacts } from './replies.ts';

export interface AskForm {
  readonly element: HTMLFormElement;
  /** Puts a target into the field. */
  fill(target: string): void;
}

export function askForm(page: Page): AskForm {
  const { t } = page.words;
  const input = h('input', {
    type: 'text',
    id: 'target-field',
    name: 'url',
    inputmode: 'url',
    enterkeyhint: 'search',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    autofocus: true,
    maxlength: 4096,
    placeholder: 'example.com',
    'aria-describedby': 'target-hint',
  });
  const element = h(
    'form',
    { class: 'ask', role: 'search' },
    h('label', { for: 'target-field', class: 'unseen' }, t('URL or domain')),
    h(
      'div',
      { class: 'field' },
      input,
      h(
        'button',
        { type: 'submit', class: 'primary' },
        h('span', { class: 'words' }, t('Show backlinks')),
        h('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'),
      ),
    ),
    h('p', { class: 'hint muted', id: 'target-hint' }, t('A domain, a host, one page with its path, or a folder: example.com/docs/*')),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    const target = input.value.trim();
    if (target === '') input.focus();
    else page.go(questionOf(target));
  });
  return {
    element,
    fill: (target) => {
      input.value = target;
    },
  };
}

/** Where to begin: the strongest pages of this very index, and their domains are one step away. */
export function examples(index: IndexFacts, page: Page): HTMLElement | null {
  if (index.topPages.length === 0) return null;
  const { t } = page.words;
  const items = index.topPages.map(({ url, strength }) =>
    h(
      'li',
      {},
      button('example', h('span', { class: 'name' }, addressWords(url)), () => page.go(questionOf(url))),
      strengthBar({ basis: 'index', value: strength, population: index.pages }, page.words),
    ),
  );
  return h(
    'section',
    { class: 'examples', 'aria-labelledby': 'examples-title' },
    h('h2', { id: 'examples-title' }, t('The strongest pages of this index')),
    h('ul', {}, ...items),
  );
}
