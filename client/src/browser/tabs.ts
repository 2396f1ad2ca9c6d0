/** The lists of a target as tabs, by the pattern of the ARIA Authoring Practices: arrows move, Enter or a click shows. */
import { button, h } from '../report/webview/dom.ts';
import { arrowKeys } from './keyboard.ts';
import type { Page } from './page.ts';
import { type Question, VIEWS, type View } from './question.ts';

export function tabs(question: Question, page: Page): HTMLElement {
  const show = (view: View) => page.go({ ...question, view, offset: 0 });
  const list = h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': page.words.t('Lists of this target') },
    ...VIEWS.map((view) => {
      const chosen = view === question.view;
      return button('tab', viewWords(view, page), () => show(view), {
        role: 'tab',
        id: `tab-${view}`,
        'aria-selected': String(chosen),
        'aria-controls': 'panel',
        tabindex: chosen ? 0 : -1,
        'data-focus': `tab-${view}`,
      });
    }),
  );
  arrowKeys(list, '[role="tab"]');
  return list;
}

function viewWords(view: View, { words: { t } }: Page): string {
  switch (view) {
    case 'rows':
      return t('Backlinks');
    case 'domains':
      return t('Referring domains');
    case 'texts':
      return t('Link texts');
    case 'pages':
      return t('Linked pages');
  }
}
