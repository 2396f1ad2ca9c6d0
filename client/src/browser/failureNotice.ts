/** Why there is no answer, and what can be done: a sentence and a button a state. */
import { button, type Child, h } from '../report/webview/dom.ts';
import { ServiceFailure } from './failure.ts';
import type { Page } from './page.ts';
import { plain } from './plain.ts';

/** @param stop ends the counting down when the notice has gone */
export function failureNotice(error: unknown, page: Page, stop: AbortSignal): HTMLElement {
  const failure = error instanceof ServiceFailure ? error : new ServiceFailure('broken');
  const { title, advice } = sentences(failure, page);
  const own = failure.message === '' ? null : h('p', { class: 'muted own' }, h('bdi', { lang: 'en' }, plain(failure.message)));
  return h(
    'div',
    { class: `notice ${failure.kind}`, role: 'alert' },
    h('p', { class: 'title' }, title),
    advice === '' ? null : h('p', {}, advice),
    own,
    h('p', { class: 'actions' }, ...actions(failure, page, stop)),
  );
}

/** What stands there after a person said stop. */
export function cancelledNotice({ words: { t }, again }: Page): HTMLElement {
  return h(
    'div',
    { class: 'notice' },
    h('p', { class: 'title' }, t('Cancelled.')),
    h('p', { class: 'actions' }, button('primary', t('Try again'), again)),
  );
}

function sentences({ kind, waitSeconds }: ServiceFailure, { session, words: { t, count } }: Page): { title: string; advice: string } {
  switch (kind) {
    case 'key':
      return session.token() === null
        ? {
            title: t('This service asks for a key.'),
            advice: t('Its operator gives keys out. Yours stays in this tab and is gone when you close it.'),
          }
        : {
            title: t('The key was refused.'),
            advice: t('It may have expired, or be suspended. Give another one, or ask the operator of the service.'),
          };
    case 'spent':
      return { title: t('The service refuses this.'), advice: t('The key may have no credits left, or be suspended.') };
    case 'wait':
      return {
        title: waitSeconds === null ? t('The service asks to wait.') : t('The service asks to wait {0} s.', count(waitSeconds)),
        advice: t('Too many questions in a short time.'),
      };
    case 'question':
      return { title: t('This cannot be looked up.'), advice: t('A domain, a host, a page, or a folder that ends in /* is what has backlinks.') };
    case 'silent':
      return navigator.onLine
        ? { title: t('The service does not answer.'), advice: t('Is it still running? What stands here is kept until you leave.') }
        : { title: t('Offline.'), advice: t('What stands here is kept until you leave.') };
    case 'late':
      return { title: t('No answer in time.'), advice: t('A question about a target with very many links may need longer the first time.') };
    case 'unavailable':
      return { title: t('The service cannot answer just now.'), advice: t('Its log tells why.') };
    case 'broken':
      return {
        title: t('The answer could not be read.'),
        advice: t('It did not come from this service, or from another version of it. Load the page again.'),
      };
  }
}

function actions(failure: ServiceFailure, page: Page, stop: AbortSignal): Child[] {
  const { t } = page.words;
  const key = button('primary', page.session.token() === null ? t('Give a key') : t('Give another key'), page.askForKey);
  if (failure.kind === 'key') return [key];
  if (failure.kind === 'question') return [];
  const again = button('primary', t('Try again'), page.again);
  if (failure.kind === 'wait' && failure.waitSeconds !== null) countDown(again, failure.waitSeconds, page, stop);
  return failure.kind === 'spent' && page.session.token() !== null ? [again, key] : [again];
}

/** The button counts the seconds and then may be pressed. */
function countDown(again: HTMLButtonElement, seconds: number, { words: { t, count } }: Page, stop: AbortSignal): void {
  let left = seconds;
  const show = () => {
    again.disabled = left > 0;
    again.textContent = left > 0 ? t('Try again in {0} s', count(left)) : t('Try again');
  };
  const timer = setInterval(() => {
    left -= 1;
    show();
    if (left <= 0) clearInterval(timer);
  }, 1000);
  stop.addEventListener('abort', () => clearInterval(timer), { once: true });
  show();
}
