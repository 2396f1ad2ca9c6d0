/** A strength as number and bar; the bar repeats the number for the eye and is silent for a screen reader. */
import type { Strength } from '../../../../shared/backlinks.ts';
import type { FigureWords } from '../../figureWords.ts';
import { h, svg } from './dom.ts';

/** Null: the source gives none. */
export function strengthBar(strength: Strength | null, words: FigureWords): HTMLElement {
  if (strength === null) return h('span', { class: 'muted', title: words.t('strength unknown') }, '–');
  const scale = strength.basis === 'vendor' ? strength.scale : 10;
  const part = Math.min(1, Math.max(0, strength.value / scale));
  const bar = svg(
    'svg',
    { class: 'bar', viewBox: '0 0 60 8', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { class: 'track', x: 0, y: 0, width: 60, height: 8, rx: 2 }),
    svg('rect', { class: 'fill', x: 0, y: 0, width: (60 * part).toFixed(1), height: 8, rx: 2 }),
  );
  return h('span', { class: 'strength', title: words.basis(strength) }, h('span', { class: 'number' }, words.strength(strength)), bar);
}
