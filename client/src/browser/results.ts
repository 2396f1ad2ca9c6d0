/** All that is shown of one target. Its totals are asked for once; paging and filters ask for rows alone. */
import { type Child, h } from '../report/webview/dom.ts';
import { changesChart, kindsChart, spreadChart } from './charts.ts';
import { addressWords, copyButton } from './elements.ts';
import { ServiceFailure } from './failure.ts';
import { failureNotice } from './failureNotice.ts';
import type { Page } from './page.ts';
import { controls, fetchList, isMany } from './panel.ts';
import { plain } from './plain.ts';
import type { Question } from './question.ts';
import type { Totals } from './replies.ts';
import { addressOfTarget, safeLink } from './safeLink.ts';
import { tabs } from './tabs.ts';
import { totalsView } from './totalsView.ts';
import { waiting } from './waiting.ts';

export interface Results {
  readonly element: HTMLElement;
  /** Asks and draws; what is still on its way of an earlier question is dropped. */
  show(question: Question, signal: AbortSignal): Promise<void>;
}

interface Known {
  readonly url: string;
  readonly totals: Totals;
  readonly generation: string | null;
}

/** @param cancel stops what is being asked */
export function resultsView(page: Page, cancel: () => void): Results {
  const { t } = page.words;
  const head = h('div', { class: 'head' });
  const overview = h('div', { class: 'overview' });
  const bar = h('div', { class: 'bar' });
  const panel = h('div', { id: 'panel', role: 'tabpanel', tabindex: -1 });
  const lists = h(
    'section',
    { class: 'lists', 'aria-labelledby': 'lists-title' },
    h('h2', { id: 'lists-title', class: 'unseen' }, t('Lists')),
    bar,
    panel,
  );
  const element = h('div', { class: 'results', hidden: true }, head, overview, lists);
  let known: Known | null = null;
  let shownUrl: string | null = null;

  const showTotals = async (question: Question, signal: AbortSignal): Promise<void> => {
    if (known?.url === question.url) return;
    known = null;
    const { value: totals, generation } = await page.service.totals(question.url, signal);
    signal.throwIfAborted();
    known = { url: question.url, totals, generation };
    const charts = h('div', { class: 'charts' });
    overview.replaceChildren(totalsView(totals, page), charts);
    head.replaceChildren(...heading(question, totals, page));
    // Drawings come when they come; nobody waits for them.
    if ((totals.backlinks ?? 0) + (totals.lostBacklinks ?? 0) > 0) void drawCharts(charts, question, totals, page, signal);
  };

  const showList = async (question: Question, signal: AbortSignal): Promise<void> => {
    panel.setAttribute('aria-busy', 'true');
    const list = await fetchList(question, () => isMany(known?.url === question.url ? known.totals : null), page, signal);
    signal.throwIfAborted();
    if (known !== null && known.generation !== list.generation) {
      // The index was built anew: the totals are of the old one.
      known = null;
      page.say(t('The index was built anew.'));
    }
    const focused = document.activeElement?.getAttribute('data-focus') ?? null;
    const inside = lists.contains(document.activeElement);
    bar.replaceChildren(...[tabs(question, page), controls(question, page)].filter((part) => part !== null));
    panel.setAttribute('aria-labelledby', `tab-${question.view}`);
    panel.replaceChildren(...list.elements.filter((part) => part !== null));
    panel.removeAttribute('aria-busy');
    if (inside) refocus(lists, panel, focused);
    page.say(list.said);
  };

  return {
    element,
    show: async (question, signal) => {
      element.hidden = false;
      const another = shownUrl !== question.url;
      if (another) {
        head.replaceChildren(...heading(question, null, page));
        overview.replaceChildren();
        bar.replaceChildren();
        panel.replaceChildren();
      }
      shownUrl = question.url;
      const wait = waiting(question, another, page, cancel, signal);
      (another ? overview : panel).prepend(wait.element);
      // Both at once; the totals first on the page, so that nothing jumps.
      const totals = showTotals(question, signal);
      const list = totals.then(
        () => showList(question, signal),
        () => undefined,
      );
      try {
        await Promise.all([totals, list]);
        if (known === null) await showTotals(question, signal);
      } catch (error) {
        if (signal.aborted) return;
        panel.removeAttribute('aria-busy');
        shownUrl = error instanceof ServiceFailure && error.kind === 'question' ? null : shownUrl;
        const place = known === null ? overview : panel;
        place.prepend(failureNotice(error, page, signal));
      } finally {
        wait.end();
      }
    },
  };
}

function heading(question: Question, totals: Totals | null, page: Page): HTMLElement[] {
  const { t } = page.words;
  const name = plain(question.url, 200);
  const kinds = { domain: t('domain with all of its hosts'), host: t('host'), page: t('one page'), folder: t('folder') };
  const address = addressOfTarget(question.url);
  const tools: Child[] = [
    safeLink(address, 'quiet', t('Open')),
    copyButton(page, t('Copy link'), t('Link to this view copied.'), () => location.href),
  ];
  return [
    h(
      'div',
      { class: 'name' },
      h('h1', { title: name }, h('bdi', {}, addressWords(name))),
      totals === null ? null : h('p', { class: 'muted' }, kinds[totals.kind]),
    ),
    h('p', { class: 'actions' }, ...tools.filter((tool) => tool !== null)),
  ];
}

async function drawCharts(place: HTMLElement, question: Question, totals: Totals, page: Page, signal: AbortSignal): Promise<void> {
  const { service } = page;
  const [spread, changes] = await Promise.allSettled([service.spread(question.url, signal), service.changes(question.url, signal)]);
  if (signal.aborted) return;
  const drawings = [
    spread.status === 'fulfilled' ? spreadChart(spread.value, page) : null,
    changes.status === 'fulfilled' ? changesChart(changes.value, totals, page) : null,
    kindsChart(totals, question, page),
  ];
  place.replaceChildren(...drawings.filter((drawing) => drawing !== null));
}

/** What had the focus was drawn anew: the same control gets it back, else the list. */
function refocus(lists: HTMLElement, panel: HTMLElement, key: string | null): void {
  const again = key === null ? null : lists.querySelector<HTMLButtonElement>(`[data-focus="${CSS.escape(key)}"]:not(:disabled)`);
  (again ?? panel).focus({ preventScroll: true });
  if (lists.getBoundingClientRect().top < 0) lists.scrollIntoView({ block: 'start' });
}
