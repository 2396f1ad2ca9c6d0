/** Entry of the service's page: reads the address, draws what it asks for, and follows Back and Forward. */

import { createFigureWords, type FigureWords } from '../figureWords.ts';
import { h } from '../report/webview/dom.ts';
import { translator } from '../report/webview/page.ts';
import { askForm, examples } from './askForm.ts';
import { hatch } from './charts.ts';
import { CANCELLED } from './failure.ts';
import { footer, keyButton } from './frame.ts';
import { keyDialog } from './keyDialog.ts';
import type { Page } from './page.ts';
import { plain } from './plain.ts';
import { addressOf, type Question, readQuestion } from './question.ts';
import type { IndexFacts } from './replies.ts';
import { resultsView } from './results.ts';
import { openService, readWords } from './service.ts';
import { openSession, tabStorage } from './session.ts';

void start();

async function start(): Promise<void> {
  const words = await ownWords();
  const { t } = words;
  const main = document.querySelector('main');
  const foot = document.querySelector('footer');
  const tools = document.querySelector('#tools');
  const said = document.querySelector('#said');
  if (main === null || foot === null || tools === null || said === null) return;

  let index: IndexFacts | null = null;
  let running = new AbortController();
  let question: Question | null = null;
  let asked: Promise<void> = Promise.resolve();
  const session = openSession(tabStorage());
  const redrawKey = () => tools.replaceChildren(...keyButton(page));
  const page: Page = {
    words,
    session,
    service: openService(session, () => redrawKey()),
    go: (next) => {
      const address = addressOf(next);
      if (address !== location.search) history.pushState(null, '', address);
      show();
    },
    again: () => show(),
    askForKey: () => dialog.showModal(),
    say: (sentence) => {
      said.textContent = sentence;
    },
    index: () => index,
    indexAsked: () => asked,
  };
  const dialog = keyDialog(page, () => {
    redrawKey();
    asked = learnIndex();
    if (question !== null) show();
  });
  const form = askForm(page);
  const results = resultsView(page, () => {
    running.abort(CANCELLED);
    page.say(t('Cancelled.'));
  });
  const hero = h(
    'div',
    { class: 'hero' },
    h('h1', {}, t('Who links to this?')),
    h('p', { class: 'lead' }, t('Type a URL or a domain: its backlinks, how strong they are, and who made them.')),
  );
  const begin = h('div', { class: 'begin' });

  const show = () => {
    running.abort();
    running = new AbortController();
    question = readQuestion(location.search);
    document.body.classList.toggle('asked', question !== null);
    hero.hidden = begin.hidden = question !== null;
    results.element.hidden = question === null;
    document.title = question === null ? 'Backlink Lens' : `${plain(question.url, 80)} – Backlink Lens`;
    form.fill(question?.url ?? '');
    if (question !== null) void results.show(question, running.signal);
  };
  const learnIndex = async () => {
    try {
      index = await page.service.index(AbortSignal.timeout(20_000));
      begin.replaceChildren(...[examples(index, page)].filter((part) => part !== null));
      foot.replaceChildren(...footer(index, page));
    } catch {
      foot.replaceChildren(...footer(null, page));
      redrawKey();
    }
  };

  main.replaceChildren(hero, form.element, begin, results.element);
  document.body.append(dialog, hatch());
  document.querySelector('#skip')?.replaceChildren(t('To the field'));
  redrawKey();
  window.addEventListener('popstate', show);
  window.addEventListener('online', () => {
    if (question !== null && document.querySelector('.notice.silent') !== null) show();
  });
  asked = learnIndex();
  show();
  if (question === null) form.element.querySelector('input')?.focus();
}

/** The page's words in the language of the browser; English where there are none. */
async function ownWords(): Promise<FigureWords> {
  const locale = navigator.language || 'en';
  if (!/^de\b/i.test(locale)) return createFigureWords(translator({}), locale);
  try {
    const translations = await readWords('page.de.json');
    document.documentElement.lang = 'de';
    return createFigureWords(translator(translations), locale);
  } catch {
    return createFigureWords(translator({}), locale);
  }
}
