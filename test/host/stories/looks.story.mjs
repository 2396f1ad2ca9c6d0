/** How it looks as it comes: default sizes, every kind of theme, German. The pictures are for people. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { changeSettings, hoverUntil, openView, openWindow, picture } from './editor.mjs';

const SITE = inRoot('examples/site');
const TARGET = 'openberth.example/spec/';
const THEMES = { dark: ['Default Dark Modern', 'vs-dark'], light: ['Default Light Modern', 'vs'], contrast: ['Default High Contrast', 'hc-black'] };
const SETTINGS = { 'backlinkLens.source': 'index', 'backlinkLens.index.path': process.env.BACKLINK_LENS_EXAMPLE_INDEX };
const PLACE = { folder: SITE, openFile: path.join(SITE, 'README.md') };

describe('what a newcomer sees', () => {
  let page;
  afterEach(() => page.keyboard.press('Escape'));
  after(() => page?.close());

  for (const [name, [theme, kind]] of Object.entries(THEMES)) {
    it(`hover at its default size, tree and all: ${name}`, async () => {
      const settings = { ...SETTINGS, 'workbench.colorTheme': theme };
      if (page === undefined) page = await openWindow({ ...PLACE, settings });
      else await changeSettings(settings);
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      const { hover } = await hoverUntil(page, TARGET, /Referring domains/);
      await picture(page, `hover-${name}`);
      const box = await hover.boundingBox();
      for (const words of ['Show all', 'In this folder']) await assertInside(hover.getByText(words, { exact: true }).first(), box);
      await page.keyboard.press('Escape');
      await openView(page);
      await page.locator('.pane-body .monaco-list-row', { hasText: 'from 13 domains' }).first().waitFor();
      await picture(page, `tree-${name}`);
    });
  }

  it('in German', async () => {
    await page.close();
    page = await openWindow({ ...PLACE, settings: SETTINGS, locale: 'de' });
    const { text } = await hoverUntil(page, TARGET, /Verweisende Domains/);
    await picture(page, 'german-hover');
    assert.match(text, /diese Seite/);
    await openView(page);
    await page
      .locator('.pane-body .monaco-list-row', { hasText: /von 13 Domains/ })
      .first()
      .waitFor();
    await picture(page, 'german-tree');
  });
});

/** What lies below the edge of a hover must be scrolled to. */
async function assertInside(element, box) {
  const at = await element.boundingBox();
  assert.ok(at !== null && at.y >= box.y && at.y + at.height <= box.y + box.height, `${JSON.stringify(at)} lies in ${JSON.stringify(box)}`);
}
