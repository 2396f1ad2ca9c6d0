/** Small parts that several places of the page have: numbers in lists, bars, texts of strangers, and a button that copies. */
import { shortUrl } from '../knownWords.ts';
import { type Attributes, button, type Child, h, svg } from '../report/webview/dom.ts';
import type { Page } from './page.ts';
import { plain } from './plain.ts';

/** A stranger's text: isolated, so that its direction ends where it ends. */
export function stranger(text: string, className = ''): HTMLElement {
  return h('bdi', { class: className === '' ? null : className }, plain(text));
}

/** An address without its scheme, cut for people. */
export function addressWords(url: string): string {
  return plain(shortUrl(url), 200);
}

/** An address that breaks where its parts end. */
export function breakable(address: string): Child[] {
  return address.split(/(?<=[/?&])/).flatMap((part, at) => (at === 0 ? [part] : [h('wbr', {}), part]));
}

/** A bar as long as a part of a whole; silent for screen readers, for its number stands beside it. */
export function shareBar(part: number, whole: number): SVGSVGElement {
  const width = whole <= 0 ? 0 : (100 * part) / whole;
  return svg(
    'svg',
    { class: 'share', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { class: 'track', x: 0, y: 0, width: 100, height: 6 }),
    svg('rect', { class: 'fill', x: 0, y: 0, width: width.toFixed(2), height: 6 }),
  );
}

/** Copies a text; not there where the browser lets no page copy. */
export function copyButton(page: Page, label: string, said: string, text: () => string, attributes: Attributes = {}): HTMLButtonElement | null {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (clipboard === undefined) return null;
  const run = () => {
    clipboard.writeText(text()).then(
      () => {
        page.say(said);
        copied.classList.add('done');
        setTimeout(() => copied.classList.remove('done'), 1200);
      },
      () => page.say(page.words.t('The browser did not allow copying.')),
    );
  };
  const copied = button('quiet copy', label, run, attributes);
  return copied;
}

/** A labelled control. */
export function labelled(label: string, control: HTMLElement): HTMLLabelElement {
  return h('label', {}, h('span', { class: 'label' }, label), control);
}

/** A choice among values. */
export function choice(
  options: readonly (readonly [value: string, label: string])[],
  chosen: string,
  choose: (value: string) => void,
  attributes: Attributes = {},
): HTMLSelectElement {
  const select = h('select', attributes, ...options.map(([value, label]) => h('option', { value, selected: value === chosen }, label)));
  select.addEventListener('change', () => choose(select.value));
  return select;
}

/** Children with a separator between them; nulls are left out. */
export function joined(parts: readonly Child[], separator = ' · '): Child[] {
  return parts.filter((part) => part !== null && part !== '').flatMap((part, at) => (at === 0 ? [part] : [separator, part]));
}
