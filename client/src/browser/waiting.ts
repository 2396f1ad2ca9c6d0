/** What stands there while a question is on its way: nothing for a moment, then a sentence and a way to stop it. */
import { button, h } from '../report/webview/dom.ts';
import type { Page } from './page.ts';
import { plain } from './plain.ts';
import type { Question } from './question.ts';

/** A quick answer needs no sentence; one that flashes by disturbs. */
const SILENT_MS = 350;

export interface Waiting {
  readonly element: HTMLElement;
  end(): void;
}

export function waiting(question: Question, whole: boolean, page: Page, cancel: () => void, signal: AbortSignal): Waiting {
  const { t } = page.words;
  const sentence = t('Looking up {0} …', plain(question.url, 80));
  const element = h('div', { class: whole ? 'waiting whole' : 'waiting', hidden: true }, h('p', {}, sentence), button('quiet', t('Cancel'), cancel));
  const timer = setTimeout(() => {
    element.hidden = false;
    page.say(sentence);
  }, SILENT_MS);
  const end = () => {
    clearTimeout(timer);
    element.remove();
  };
  signal.addEventListener('abort', end, { once: true });
  return { element, end };
}
