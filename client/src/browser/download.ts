/** Saves rows as CSV: those in sight, or all of them, asked for page by page. */
import { button, h } from '../report/webview/dom.ts';
import { csvName, csvOf } from './csv.ts';
import { failureNotice } from './failureNotice.ts';
import type { Page } from './page.ts';
import type { Question } from './question.ts';
import type { Row } from './rowsCall.ts';

/** Rows that one file holds at most: what is beyond is a task for the command line. */
const MOST_ROWS = 10_000;
const STEP = 250;

/** @param total rows that match; null where nobody says */
export function downloadView(question: Question, rows: readonly Row[], total: number | null, page: Page, stop: AbortSignal): HTMLElement {
  const { t, count } = page.words;
  const said = h('span', { class: 'muted' });
  const inSight = button('quiet', t('CSV of these {0}', count(rows.length)), () => save(question, rows), { 'data-focus': 'csv' });
  const wanted = total === null ? null : Math.min(total, MOST_ROWS);
  const all =
    wanted === null || wanted <= rows.length
      ? null
      : button(
          'quiet',
          wanted === total ? t('CSV of all {0}', count(wanted)) : t('CSV of the first {0}', count(wanted)),
          () => fetchAll(question, wanted),
          { title: page.session.balance === null ? null : t('{0} calls, a credit each', count(Math.ceil(wanted / STEP))) },
        );
  const fetchAll = (asked: Question, most: number) => {
    const cancel = new AbortController();
    const signal = AbortSignal.any([stop, cancel.signal]);
    const end = button('quiet', t('Cancel'), () => cancel.abort());
    const progress = (done: number) => said.replaceChildren(t('{0} of {1}', count(done), count(most)), ' ', end);
    if (all !== null) all.disabled = true;
    progress(0);
    everything(asked, most, page, signal, progress)
      .then((found) => {
        save(asked, found);
        said.textContent = t('{0} rows saved', count(found.length));
      })
      .catch((error: unknown) => {
        if (signal.aborted) said.textContent = t('Cancelled.');
        else said.replaceChildren(failureNotice(error, page, stop));
      })
      .finally(() => {
        if (all !== null) all.disabled = false;
      });
  };
  return h('div', { class: 'download' }, inSight, all, said);
}

async function everything(question: Question, most: number, page: Page, signal: AbortSignal, progress: (done: number) => void): Promise<Row[]> {
  const found: Row[] = [];
  let generation: string | null = null;
  for (let offset = 0; offset < most; offset += STEP) {
    const { value, generation: now } = await page.service.rows({ ...question, limit: STEP, offset }, signal);
    if (offset > 0 && now !== generation) {
      // The index was built anew in between: rows of both would overlap.
      found.length = 0;
      offset = -STEP;
      generation = null;
      continue;
    }
    generation = now;
    found.push(...value.entries);
    progress(found.length);
    if (value.entries.length < STEP) break;
  }
  return found.slice(0, most);
}

function save({ url }: Question, rows: readonly Row[]): void {
  const address = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = h('a', { href: address, download: csvName(url) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
