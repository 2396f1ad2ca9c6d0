/** Entry of the report page: says that it runs, draws the report it is given, and draws it again after the panel was hidden. */
import { createWords } from '../../words.ts';
import type { FromPage, ToPage } from '../messages.ts';
import { button, h } from './dom.ts';
import { findings, problems } from './findings.ts';
import { domainChart, strengthChart, tiles } from './overview.ts';
import { type Page, translator } from './page.ts';
import { targetDetail } from './targetDetail.ts';
import { type TableState, targetTable } from './targetTable.ts';

/** What the editor keeps of the page while it is hidden, and over a window that is loaded anew. */
type PageState = Partial<TableState> & { readonly kept: string };

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): PageState | undefined; setState(state: PageState): void };

const editor = acquireVsCodeApi();
const listeners = new Set<(message: Exclude<ToPage, { type: 'report' }>) => void>();

window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  if (event.data.type === 'report') draw(event.data);
  else for (const listener of listeners) listener(event.data);
});
editor.postMessage({ type: 'ready' });

function draw({ report, translations, locale, single, kept }: Extract<ToPage, { type: 'report' }>): void {
  const root = document.getElementById('report');
  if (root === null) return;
  listeners.clear();
  editor.setState({ ...editor.getState(), kept });
  const page: Page = {
    report,
    words: createWords(translator(translations), locale),
    post: (message) => editor.postMessage(message),
    onRows: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const parts = single ? report.targets.map((target) => targetDetail(target, page, true)) : overview(page, kept);
  root.replaceChildren(header(page), ...parts.filter((part) => part !== null));
  root.setAttribute('aria-busy', 'false');
  editor.postMessage({ type: 'drawn', targets: report.targets.length });
}

function overview(page: Page, kept: string): (HTMLElement | null)[] {
  const { report, words } = page;
  if (report.targets.length === 0 && report.problems.length === 0) {
    return [
      h(
        'p',
        { class: 'empty' },
        report.links === 0 ? words.t('No links here.') : words.t('{0} links, none of them to the web.', words.count(report.links)),
      ),
    ];
  }
  const { order = null, filter = '' } = editor.getState() ?? {};
  const charts = h('div', { class: 'charts' }, strengthChart(page), domainChart(page));
  return [tiles(page), charts, findings(page), problems(page), targetTable(page, { order, filter }, (next) => editor.setState({ ...next, kept }))];
}

function header({ report, words, post }: Page): HTMLElement {
  const files = report.files === 0 ? null : report.files === 1 ? words.t('1 file') : words.t('{0} files', words.count(report.files));
  const facts = [files, words.day(report.createdAt), report.source].filter((part) => part !== null && part !== '');
  return h(
    'header',
    {},
    h('div', {}, h('h1', {}, report.title), h('p', { class: 'muted' }, facts.join(' · '))),
    button('secondary', words.t('Save…'), () => post({ type: 'export' })),
  );
}
