/**
 * What can be wrong with a page for people who do not see it, see it badly or use no mouse: asked of the page itself, in the browser. The rules
 * are those of WCAG 2.2 that a machine can tell: names, roles, references, headings, tables, contrast, focus.
 */

/**
 * Looks through the document that it is evaluated in: hand it to a frame's `evaluate`.
 *
 * @returns one sentence a problem
 */
export function accessibilityProblems() {
  const problems = [];
  const report = (rule, element, more = '') => {
    const where = `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${typeof element.className === 'string' && element.className ? `.${element.className.trim().replaceAll(/\s+/g, '.')}` : ''}`;
    problems.push(`${rule}: ${where} "${(element.textContent ?? '').trim().slice(0, 40)}" ${more}`.trim());
  };
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.closest('[aria-hidden="true"]') === null;
  const all = [...document.querySelectorAll('*')].filter(isShown);

  const nameOf = (element) => {
    const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const referred = by
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim();
    const label = element.labels?.[0]?.textContent ?? element.closest('label')?.textContent;
    const inner =
      element.textContent?.trim() ||
      [...element.querySelectorAll('[alt],[aria-label]')].map((part) => part.getAttribute('alt') ?? part.getAttribute('aria-label')).join(' ');
    return (
      [referred, element.getAttribute('aria-label'), label, element.getAttribute('alt'), inner, element.getAttribute('title')].find((name) =>
        name?.trim(),
      ) ?? ''
    );
  };

  const INTERACTIVE =
    'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]:not([tabindex="-1"]),[role=button],[role=link],[role=checkbox],[role=tab]';
  for (const element of all) {
    if (element.matches(INTERACTIVE) && nameOf(element) === '') report('no name (4.1.2)', element);
    if (element.matches('img,[role=img]') && nameOf(element) === '') report('no alternative (1.1.1)', element);
    if (element.matches(`:is(a[href],button) :is(${INTERACTIVE})`)) report('one control inside another (4.1.2)', element);
    if (Number(element.getAttribute('tabindex')) > 0) report('its own order of focus (2.4.3)', element);
    for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns']) {
      for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean))
        if (document.getElementById(id) === null) report('refers to nothing (1.3.1)', element, `${attribute}=${id}`);
    }
    for (const attribute of ['aria-expanded', 'aria-hidden', 'aria-busy', 'aria-pressed'])
      if (element.hasAttribute(attribute) && !/^(true|false|mixed)$/.test(element.getAttribute(attribute)))
        report('no such value (4.1.2)', element, attribute);
  }

  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) problems.push(`the same id twice (4.1.1): ${id}`);
  if (!/^[a-z]{2}/.test(document.documentElement.lang)) problems.push('no language (3.1.1)');
  if (document.title.trim() === '') problems.push('no title (2.4.2)');
  if (document.querySelectorAll('main').length !== 1) problems.push('no main landmark (1.3.1)');
  const ranks = all.filter((element) => /^H[1-6]$/.test(element.tagName)).map((element) => Number(element.tagName[1]));
  if (ranks.filter((rank) => rank === 1).length !== 1)
    problems.push(`${ranks.filter((rank) => rank === 1).length} headings of the first rank (1.3.1)`);
  ranks.forEach((rank, index) => {
    if (index > 0 && rank > ranks[index - 1] + 1) problems.push(`a heading of rank ${rank} after one of rank ${ranks[index - 1]} (1.3.1)`);
  });
  for (const table of all.filter(({ tagName }) => tagName === 'TABLE')) {
    const heads = [...table.querySelectorAll('th')];
    if (heads.length === 0 || heads.some((head) => !/^(col|row)(group)?$/.test(head.getAttribute('scope') ?? '')))
      report('a table without heads (1.3.1)', table);
  }
  for (const list of all.filter(({ tagName }) => tagName === 'UL' || tagName === 'OL'))
    if ([...list.children].some(({ tagName }) => tagName !== 'LI')) report('a list with other things in it (1.3.1)', list);

  // ------------------------------------------------ contrast (1.4.3)
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const behind = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    const base = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), base);
  };
  const light = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (
      element === null ||
      seen.has(element) ||
      texts.currentNode.textContent.trim() === '' ||
      !isShown(element) ||
      element.closest('script,style,option')
    )
      continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const ground = behind(element);
    const ink = over(rgba(element instanceof SVGElement ? style.fill : style.color), ground);
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5))
      report('contrast (1.4.3)', element, `${ratio.toFixed(2)} to 1, ${style.color} on ${ground.slice(0, 3).map(Math.round).join()}`);
  }
  return problems;
}

/**
 * What the tab key reaches, in its order: the names of the elements, until the focus leaves the page or comes round. Each must show that it
 * has the focus.
 *
 * @param page of playwright, whose keyboard is used
 * @param frame the page's own
 * @returns names, and sentences on what is wrong
 */
export async function focusOrder(page, frame, most = 60) {
  const names = [];
  const problems = [];
  await frame.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    const first = document.querySelector('a[href],button,input,select,[tabindex]:not([tabindex="-1"])');
    first?.focus({ focusVisible: true });
  });
  for (let step = 0; step < most; step += 1) {
    const at = await frame.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const style = getComputedStyle(element);
      const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      const box = element.getBoundingClientRect();
      element.dataset.step ??= String(Math.random());
      return {
        key: element.dataset.step,
        name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60),
        marked,
        small: box.width < 1 || box.height < 1,
      };
    });
    if (at === null || names.some(({ key }) => key === at.key)) break;
    names.push(at);
    if (!at.marked) problems.push(`nothing shows the focus (2.4.7): ${at.name}`);
    if (at.small) problems.push(`the focus is nowhere to be seen (2.4.7): ${at.name}`);
    await page.keyboard.press('Tab');
  }
  const keys = await frame.evaluate(() => document.querySelectorAll('button:not([hidden]),a[href],input').length);
  return { names: names.map(({ name }) => name), problems, controls: keys };
}
