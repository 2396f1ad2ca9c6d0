/** All that is shown of one target. Its totals are asked for once; paging and filters ask for rows alone. */
import { type Child, h } from '../report/webview/dom.ts';
import { changesChart, kindsChart, spreadChart } from './charts.ts';
import { addressWords, breakable, copyButton } from './elements.ts';
import { CANCELLED } from './failure.ts';
import { cancelledNotice, failureNotice } from './failureNotice.ts';
import { filtersView } from './filters.ts';
import type { Page } from './page.ts';
import { fetchList } from './panel.ts';
import { plain } from './plain.ts';
import { narrowings, type Question } from './question.ts';
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
  // What is said of the whole, and of a list: apart from both, for these are drawn when they come.
  const notes = h('div', {});
  const listNotes = h('div', {});
  const overview = h('div', { class: 'overview' });
  const bar = h('div', { class: 'bar' });
  const panel = h('div', { id: 'panel', role: 'tabpanel', tabindex: -1 });
  const lists = h(
    'section',
    { class: 'lists', 'aria-labelledby': 'lists-title' },
    h('h2', { id: 'lists-title', class: 'unseen' }, t('Lists')),
    bar,
    listNotes,
    panel,
  );
  const element = h('div', { class: 'results', hidden: true }, head, notes, overview, lists);
  let known: Known | null = null;
  let shownUrl: string | null = null;

  const totalsOf = async (question: Question, signal: AbortSignal): Promise<Totals> => {
    if (known?.url === question.url) return known.totals;
    known = null;
    const [{ value: totals, generation }] = await Promise.all([page.service.totals(question.url, signal), page.indexAsked()]);
    signal.throwIfAborted();
    known = { url: question.url, totals, generation };
    const charts = h('div', { class: 'charts' });
    overview.replaceChildren(totalsView(totals, page), charts);
    head.replaceChildren(...heading(question, totals, page));
    // Drawings come when they come; nobody waits for them.
    if ((totals.backlinks ?? 0) + (totals.lostBacklinks ?? 0) > 0) void drawCharts(charts, question, totals, page, signal);
    return totals;
  };

  const showList = async (question: Question, asked: Promise<Totals>, signal: AbortSignal): Promise<void> => {
    const list = await fetchList(question, asked, page, signal);
    const totals = await asked;
    signal.throwIfAborted();
    if (known !== null && known.generation !== list.generation) {
      // Totals do not say which index they are of; the first list does. Another one later means that it was built anew.
      const anew = known.generation !== null && list.generation !== null;
      known = anew ? null : { ...known, generation: known.generation ?? list.generation };
      if (anew) {
        page.say(t('The index was built anew.'));
        return question.offset === 0 ? page.again() : page.go({ ...question, offset: 0 });
      }
    }
    const focused = document.activeElement?.getAttribute('data-focus') ?? null;
    const inside = lists.contains(document.activeElement);
    const filters = question.view === 'rows' && (hasLinks(totals) || narrowings(question) > 0) ? filtersView(question, page) : null;
    bar.replaceChildren(...[tabs(question, page), filters].filter((part) => part !== null));
    panel.setAttribute('aria-labelledby', `tab-${question.view}`);
    panel.replaceChildren(...list.elements.filter((part) => part !== null));
    if (inside) refocus(lists, panel, focused);
    page.say(list.said);
  };

  return {
    element,
    show: async (question, signal) => {
      const another = shownUrl !== question.url;
      shownUrl = question.url;
      if (another) {
        head.replaceChildren(...heading(question, null, page));
        for (const part of [overview, bar, panel]) part.replaceChildren();
        panel.removeAttribute('aria-labelledby');
      }
      for (const part of [notes, listNotes]) part.replaceChildren();
      const wait = waiting(question, another, page, cancel, signal);
      const place = another ? notes : listNotes;
      place.append(wait.element);
      element.setAttribute('aria-busy', 'true');
      try {
        const totals = totalsOf(question, signal);
        await Promise.all([totals, showList(question, totals, signal)]);
      } catch (error) {
        // Another question has taken the place of this one, unless a person said stop.
        if (signal.aborted && signal.reason !== CANCELLED) return;
        place.append(signal.aborted ? cancelledNotice(page) : failureNotice(error, page, signal));
      } finally {
        wait.end();
        if (!signal.aborted || signal.reason === CANCELLED) element.removeAttribute('aria-busy');
      }
    },
  };
}

function hasLinks({ backlinks, internalBacklinks, lostBacklinks }: Totals): boolean {
  return (backlinks ?? 1) + (internalBacklinks ?? 0) + (lostBacklinks ?? 0) > 0;
}

function heading(question: Question, totals: Totals | null, page: Page): HTMLElement[] {
  const { t } = page.words;
  const name = plain(question.url, 200);
  const kinds = { domain: t('domain with all of its hosts'), host: t('host'), page: t('one page'), folder: t('folder') };
  const tools: Child[] =
    totals === null
      ? []
      : [
          safeLink(addressOfTarget(question.url), 'quiet', t('Open')),
          copyButton(page, t('Copy link'), t('Link to this view copied.'), () => location.href),
        ];
  return [
    h(
      'div',
      { class: 'name' },
      h('h1', { title: name }, h('bdi', {}, ...breakable(addressWords(name)))),
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
