/** The upper part of a report on documents: six figures and how the strengths spread. */
import { h, svg } from './dom.ts';
import { figures, histogram, topDomains } from './figures.ts';
import type { Page } from './page.ts';

/** Tiles: one figure and its word each. What is not known says so. */
export function tiles({ report, words }: Page): HTMLElement {
  const { t, count } = words;
  const numbers = figures(report);
  const followed = numbers.followed === null ? null : words.share(numbers.followed);
  const shown: [string, string][] = [
    [count(numbers.links), numbers.links === 1 ? t('link') : t('links')],
    [count(numbers.targets), numbers.targets === 1 ? t('target') : t('targets')],
    [count(numbers.domains), numbers.domains === 1 ? t('domain') : t('domains')],
    [numbers.median === null ? '–' : words.strength(numbers.median), t('median strength')],
    [followed ?? '–', t('of backlinks followed')],
    [count(numbers.unknown), t('not known')],
  ];
  return h('dl', { class: 'tiles' }, ...shown.map(([value, label]) => h('div', { class: 'tile' }, h('dt', {}, label), h('dd', {}, value))));
}

const WIDTH = 400;
const HEIGHT = 120;
const FLOOR = HEIGHT - 20;

/** Columns for the eye, one sentence for a screen reader. Null when no strength is known. */
export function strengthChart({ report, words }: Page): HTMLElement | null {
  const spread = histogram(report);
  if (spread === null) return null;
  const { t, count } = words;
  const most = Math.max(...spread.classes);
  const edge = (index: number) => count((spread.scale / 10) * index);
  const step = WIDTH / 10;
  const columns = spread.classes.flatMap((amount, index) => {
    const height = amount === 0 ? 0 : Math.max(3, ((FLOOR - 16) * amount) / most);
    const middle = step * index + step / 2;
    return [
      svg(
        'rect',
        { class: 'column', x: step * index + 3, y: FLOOR - height, width: step - 6, height, rx: 2 },
        svg('title', {}, t('{0} to {1}: {2}', edge(index), edge(index + 1), count(amount))),
      ),
      amount === 0 ? null : svg('text', { class: 'amount', x: middle, y: FLOOR - height - 4, 'text-anchor': 'middle' }, count(amount)),
      svg('text', { class: 'axis', x: step * index + 1, y: HEIGHT - 5, 'text-anchor': index === 0 ? 'start' : 'middle' }, edge(index)),
    ];
  });
  const spoken = spread.classes
    .map((amount, index) => (amount === 0 ? null : t('{0} to {1}: {2}', edge(index), edge(index + 1), count(amount))))
    .filter((part) => part !== null)
    .join('; ');
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, t('Strength of what you link to'), h('span', { class: 'muted' }, words.basis(spread.sample))),
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': spoken },
      svg('line', { class: 'floor', x1: 0, x2: WIDTH, y1: FLOOR, y2: FLOOR }),
      ...columns,
      svg('text', { class: 'axis', x: WIDTH - 1, y: HEIGHT - 5, 'text-anchor': 'end' }, edge(10)),
    ),
  );
}

/** Domains named in the second chart. */
const DOMAINS = 6;

/** The domains you link to most, as bars with their numbers. Null when there is nothing to compare. */
export function domainChart({ report, words }: Page): HTMLElement | null {
  const domains = topDomains(report, DOMAINS);
  const most = domains[0]?.links ?? 0;
  if (domains.length < 2 || most === 0) return null;
  const bar = (links: number) =>
    svg(
      'svg',
      { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
      svg('rect', { x: 0, y: 0, width: (100 * links) / most, height: 8, rx: 1 }),
    );
  const items = domains.map(({ name, links }) =>
    h('li', {}, h('span', { class: 'name', title: name }, name), bar(links), h('span', { class: 'number' }, words.count(links))),
  );
  return h('figure', { class: 'chart' }, h('figcaption', {}, words.t('Domains you link to most')), h('ul', { class: 'bars' }, ...items));
}
