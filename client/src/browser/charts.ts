/** Three small drawings: how strong the linking pages are, what is new and lost by day, and what is followed. Each has its numbers in words. */
import type { DayOfChanges } from '../../../shared/queries.ts';
import { button, type Child, h, svg } from '../report/webview/dom.ts';
import { shareBar, stranger } from './elements.ts';
import type { Page } from './page.ts';
import { EVERYTHING, type Question } from './question.ts';
import type { Totals } from './replies.ts';

const WIDTH = 330;
const HEIGHT = 116;
const FLOOR = HEIGHT - 18;
const CLASSES = 11;
/** Days drawn: the latest ones on which something changed. */
const DAYS = 25;
const FEW_DAYS = 4;

/** How strong the pages are that link here; null where nothing does. */
export function spreadChart(counts: readonly number[], { words: { t, count } }: Page): HTMLElement | null {
  const most = Math.max(0, ...counts);
  if (most === 0) return null;
  const step = WIDTH / CLASSES;
  const columns = counts.slice(0, CLASSES).flatMap((amount, at) => {
    const height = amount === 0 ? 0 : Math.max(3, ((FLOOR - 18) * amount) / most);
    const middle = step * at + step / 2;
    return [
      svg(
        'rect',
        { class: 'column', x: step * at + 2.5, y: FLOOR - height, width: step - 5, height, rx: 2 },
        svg('title', {}, `${className(at, t)}: ${count(amount)}`),
      ),
      amount === 0 ? null : svg('text', { class: 'amount', x: middle, y: FLOOR - height - 5, 'text-anchor': 'middle' }, short(amount)),
      svg('text', { class: 'axis', x: middle, y: HEIGHT - 3, 'text-anchor': 'middle' }, String(at)),
    ];
  });
  const rows = counts.map((amount, at) => [className(at, t), count(amount)] as const);
  return figure(
    t('Strength of the linking pages'),
    svg(
      'svg',
      { class: 'drawing', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': spoken(rows.filter((_, at) => counts[at] !== 0)) },
      floor(FLOOR),
      ...columns,
    ),
    numbers(t, t('Strength of the linking pages'), [t('Strength'), t('Backlinks')], rows),
  );
}

function className(at: number, t: Page['words']['t']): string {
  return at === CLASSES - 1 ? '10' : t('{0} to {1}', at, at + 1);
}

/** New above the line, lost below it and hatched: read without colours, too. */
export function changesChart(days: readonly DayOfChanges[], totals: Totals, page: Page): HTMLElement {
  const { t, count, day: dayWords } = page.words;
  const shown = days.slice(0, DAYS).reverse();
  const title = t('New and lost by day');
  if (shown.length === 0) return figure(title, h('p', { class: 'muted' }, unchanged(totals, page)));
  const most = Math.max(...shown.flatMap((entry) => [entry.new, entry.lost]));
  const half = (FLOOR - 12) / 2;
  const middle = 12 + half;
  // Few days have room for their dates; of many the first and the last are named.
  const few = shown.length <= FEW_DAYS;
  const step = few ? WIDTH / FEW_DAYS : WIDTH / shown.length;
  const width = Math.max(2, Math.min(24, step - 4));
  const scale = (amount: number) => (amount === 0 ? 0 : Math.max(2, ((half - 12) * amount) / most));
  const columns = shown.flatMap((entry, at) => {
    const x = step * at + (step - width) / 2;
    const [up, down] = [scale(entry.new), scale(entry.lost)];
    const tip = () => svg('title', {}, sentence(entry, page));
    return [
      svg('rect', { class: 'column', x, y: middle - up, width, height: up, rx: 1.5 }, tip()),
      svg('rect', { class: 'column lost', x, y: middle, width, height: down, rx: 1.5, fill: 'url(#hatch)' }, tip()),
      entry.new > 0 && step > 16
        ? svg('text', { class: 'amount', x: x + width / 2, y: middle - up - 4, 'text-anchor': 'middle' }, short(entry.new))
        : null,
      entry.lost > 0 && step > 16
        ? svg('text', { class: 'amount', x: x + width / 2, y: middle + down + 10, 'text-anchor': 'middle' }, short(entry.lost))
        : null,
    ];
  });
  const date = (day: string, x: number, anchor: string) => svg('text', { class: 'axis', x, y: HEIGHT - 3, 'text-anchor': anchor }, dayWords(day));
  const dates = few
    ? shown.map(({ day }, at) => date(day, step * (at + 0.5), 'middle'))
    : [date(shown[0]?.day ?? '', 0, 'start'), date(shown.at(-1)?.day ?? '', WIDTH, 'end')];
  const label = shown.map((entry) => sentence(entry, page)).join('; ');
  return figure(
    title,
    svg('svg', { class: 'drawing', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label }, floor(middle), ...columns, ...dates),
    h('p', { class: 'legend' }, key('new'), t('new'), key('lost'), t('lost')),
    numbers(
      t,
      title,
      [t('Day'), t('New'), t('Lost')],
      days.map((entry) => [dayWords(entry.day), count(entry.new), count(entry.lost)]),
    ),
  );
}

function sentence(entry: DayOfChanges, { words: { t, day, count } }: Page): string {
  return t('{0}: {1} new, {2} lost', day(entry.day), count(entry.new), count(entry.lost));
}

function unchanged(totals: Totals, page: Page): string {
  const { t, day } = page.words;
  if (page.index()?.recaptured !== true) return t('Each page was captured once so far: there is nothing to compare yet.');
  return totals.changesSince === null ? t('No change seen.') : t('No change seen since {0}.', day(totals.changesSince));
}

/** Followed beside not followed, and the link texts used most. */
export function kindsChart(totals: Totals, question: Question, page: Page): HTMLElement | null {
  const { t, count, share } = page.words;
  const { followed, topAnchors } = totals;
  const texts = (topAnchors ?? []).slice(0, 5);
  if ((followed === null || followed.of === 0) && texts.length === 0) return null;
  const most = texts[0]?.count ?? 0;
  const narrow = (text: string) => page.go({ ...question, ...EVERYTHING, view: 'rows', offset: 0, anchor: text });
  const items = texts.map(({ text, count: links }) => {
    const empty = text.trim() === '';
    const name = empty
      ? h('span', { class: 'name muted' }, t('(no text)'))
      : button('link name', stranger(text), () => narrow(text), { title: t('Show backlinks with this text') });
    return h('li', {}, name, shareBar(links, most), h('span', { class: 'number' }, count(links)));
  });
  const split =
    followed === null || followed.of === 0
      ? null
      : h(
          'div',
          { class: 'split' },
          splitBar(followed.links, followed.of),
          h(
            'p',
            { class: 'legend' },
            key('new'),
            t('{0} followed', count(followed.links)),
            key('lost'),
            t('{0} not followed', count(followed.of - followed.links)),
            h('span', { class: 'muted' }, share(followed) ?? ''),
          ),
        );
  return figure(
    texts.length === 0 ? t('Followed') : t('Followed, and the link texts used most'),
    split,
    items.length === 0 ? null : h('ul', { class: 'bars' }, ...items),
  );
}

function splitBar(links: number, of: number): SVGSVGElement {
  const width = (WIDTH * links) / of;
  return svg(
    'svg',
    { class: 'drawing split', viewBox: `0 0 ${WIDTH} 14`, preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { class: 'column lost', x: 0.5, y: 0.5, width: WIDTH - 1, height: 13, fill: 'url(#hatch)' }),
    svg('rect', { class: 'column', x: 0, y: 0, width, height: 14 }),
  );
}

/** The pattern of what is lost or not followed: once on the page, for all drawings. */
export function hatch(): SVGElement {
  return svg(
    'svg',
    { class: 'unseen', 'aria-hidden': 'true', focusable: 'false' },
    svg(
      'pattern',
      { id: 'hatch', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { class: 'hatch-ground', width: 5, height: 5 }),
      svg('rect', { class: 'hatch-line', width: 2, height: 5 }),
    ),
  );
}

function key(look: 'new' | 'lost'): SVGSVGElement {
  return svg(
    'svg',
    { class: 'key', viewBox: '0 0 10 10', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', {
      class: look === 'new' ? 'column' : 'column lost',
      width: 10,
      height: 10,
      rx: 2,
      ...(look === 'lost' ? { fill: 'url(#hatch)' } : {}),
    }),
  );
}

function floor(y: number): SVGElement {
  return svg('line', { class: 'floor', x1: 0, x2: WIDTH, y1: y, y2: y });
}

function figure(title: string, ...children: Child[]): HTMLElement {
  return h('figure', { class: 'chart', 'aria-label': title }, h('figcaption', {}, title), ...children);
}

/** The same as a table, folded: for whoever wants the numbers, and for those who cannot see the drawing. */
function numbers(t: Page['words']['t'], title: string, heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return h(
    'details',
    { class: 'numbers' },
    h('summary', {}, t('As a table')),
    h(
      'table',
      { 'aria-label': title },
      h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h(
        'tbody',
        {},
        ...rows.map(([name = '', ...cells]) =>
          h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((cell) => h('td', { class: 'number' }, cell))),
        ),
      ),
    ),
  );
}

function spoken(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, amount]) => `${name}: ${amount}`).join('; ');
}

/** Above a column there is little room: 1.2K instead of 1,234. */
function short(amount: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(amount);
}
