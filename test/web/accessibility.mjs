/**
 * What makes a page usable by everybody, as far as a machine can tell: names, landmarks, headings, references, tables, contrast, sizes. Rules: WCAG 2.2
 * (1.1.1, 1.3.1, 1.4.3, 1.4.10, 2.4.1, 2.4.2, 2.4.6, 2.5.8, 3.1.1, 3.3.2, 4.1.2).
 */

/** @returns what is wrong, a sentence each; empty for a page that passes */
export async function barriers(page) {
  return [...(await page.evaluate(inPage)), ...(await nameless(page))];
}

/** Controls and pictures to which the browser itself gives no name. */
async function nameless(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const wanted = new Set([
    'button',
    'link',
    'textbox',
    'searchbox',
    'combobox',
    'checkbox',
    'tab',
    'tablist',
    'dialog',
    'navigation',
    'img',
    'image',
    'figure',
    'table',
  ]);
  return nodes
    .filter(({ ignored, role, name }) => !ignored && wanted.has(role?.value) && (name?.value ?? '').trim() === '')
    .map(({ role }) => `a ${role.value} without a name`);
}

/** Runs in the page, with nothing but the document at hand. */
function inPage() {
  const found = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && element.getClientRects().length > 0;
  const describe = (element) =>
    `<${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className}` : ''}> "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  const check = (right, sentence) => right || found.push(sentence);

  check(/^[a-z]{2}(-|$)/i.test(document.documentElement.lang), 'the page has no language');
  check(document.title.trim() !== '', 'the page has no title');
  for (const [name, selector] of [
    ['main', 'main'],
    ['banner', 'body > header'],
    ['contentinfo', 'body > footer'],
    ['search', '[role="search"]'],
    ['first heading', 'h1'],
  ]) {
    const count = all(selector).filter(seen).length;
    check(count === 1, `${count} of ${name}`);
  }
  const skip = document.querySelector('a.skip');
  check(document.querySelector(skip?.getAttribute('href') ?? 'none') !== null, 'the skip link leads nowhere');
  let before = 0;
  for (const heading of all('h1, h2, h3, h4').filter(seen)) {
    const level = Number(heading.tagName[1]);
    check(level <= before + 1, `${describe(heading)} after a heading of level ${before}`);
    before = level;
  }
  const ids = all('[id]').map(({ id }) => id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`the id ${id} is there twice`);
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/))
        check(document.getElementById(id) !== null, `${describe(element)} refers to ${id} by ${attribute}`);
    }
  }
  for (const image of all('img')) check(image.hasAttribute('alt'), 'an image without alt');
  for (const drawing of all('svg')) {
    const named = drawing.getAttribute('role') === 'img' && (drawing.getAttribute('aria-label') ?? '') !== '';
    check(
      named || drawing.getAttribute('aria-hidden') === 'true' || drawing.closest('[aria-hidden="true"]') !== null,
      `${describe(drawing)} is neither named nor hidden`,
    );
  }
  for (const table of all('table').filter(seen)) {
    check(table.querySelectorAll('thead th[scope="col"]').length > 0, 'a table without headings of columns');
    check(
      [...table.querySelectorAll('tbody tr')].every((row) => row.querySelector('th[scope="row"]') !== null),
      'a row without a heading',
    );
  }
  for (const element of all('[tabindex]')) check(Number(element.getAttribute('tabindex')) <= 0, `${describe(element)} changes the order of Tab`);
  for (const link of all('a[target="_blank"]')) check(/noopener/.test(link.rel), `${describe(link)} hands over its window`);
  check(document.querySelector('[role="status"]') !== null, 'nothing tells of changes');
  for (const element of all('ul, ol'))
    check(
      [...element.children].every((child) => child.tagName === 'LI'),
      `${describe(element)} has children that are no entries`,
    );
  for (const element of all('dl.tiles > *'))
    check(element.querySelector('dt') !== null && element.querySelector('dd') !== null, 'a tile that is no pair');

  // 2.5.8: 24 pixels, or room around; links inside sentences and lists of links are free.
  for (const control of all('button, select, input, summary').filter(seen)) {
    const { width, height } = (control.type === 'checkbox' ? control.parentElement : control).getBoundingClientRect();
    const inline = control.matches('.link, summary');
    check(inline || (width >= 24 && height >= 24), `${describe(control)} is ${Math.round(width)} by ${Math.round(height)}`);
  }
  // 1.4.10: no page needs to be scrolled in two directions.
  check(
    document.documentElement.scrollWidth <= window.innerWidth,
    `the page is ${document.documentElement.scrollWidth} wide in a window of ${window.innerWidth}`,
  );
  if (!matchMedia('(forced-colors: active)').matches) found.push(...weakContrasts());
  return [...new Set(found)];

  /** 1.4.3: 4.5 to 1, and 3 to 1 for large text. */
  function weakContrasts() {
    const weak = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || element === null || !seen(element) || element.closest(':disabled, .unseen, .skip, noscript, option') !== null)
        continue;
      const style = getComputedStyle(element);
      const svgText = element instanceof SVGElement;
      const ink = colour(svgText ? style.fill : style.color);
      const ground = groundOf(element);
      if (ink === null || ground === null || opacityOf(element) === 0) continue;
      const large = Number.parseFloat(style.fontSize) >= 24 || (Number.parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      const ratio = contrast(ink, ground);
      if (ratio < (large ? 3 : 4.5)) weak.push(`${describe(element)} has a contrast of ${ratio.toFixed(2)}`);
    }
    return weak;
  }
  function opacityOf(element) {
    return element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement);
  }
  function groundOf(element) {
    for (let at = element; at !== null; at = at.parentElement) {
      const ground = colour(getComputedStyle(at).backgroundColor);
      if (ground !== null && ground[3] === 1) return ground;
    }
    return [255, 255, 255, 1];
  }
  function colour(text) {
    const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    return parts === null ? null : [Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4] === undefined ? 1 : Number(parts[4])];
  }
  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function luminance([red, green, blue]) {
    const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  }
}
