/** How it looks as it comes: default sizes, every kind of theme, a narrow window, German. The pictures are for people. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { hoverUntil, openView, openWindow, picture } from './editor.mjs';

const SITE = inRoot('examples/site');
const TARGET = 'openberth.example/spec/';
const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern', 'high-contrast': 'Default High Contrast' };

describe('what a newcomer sees', () => {
  for (const [name, theme] of Object.entries(THEMES)) {
    it(`hover at its default size, ${name}`, async () => {
      const page = await openSite({ 'workbench.colorTheme': theme });
      const { text, hover } = await hoverUntil(page, TARGET, /Referring domains/);
      assert.match(text, /Embedded index of \d+ pages/);
      const box = await hover.boundingBox();
      assert.ok(box.width <= 1280 && box.height <= 400, JSON.stringify(box));
      await picture(page, `hover-${name}`);
      if (name === 'high-contrast') {
        await openView(page);
        await page.locator('.pane-body .monaco-list-row', { hasText: 'from 13 domains' }).first().waitFor();
        await picture(page, `tree-${name}`);
      }
      await page.close();
    });
  }

  it('in German', async () => {
    const page = await openSite({}, { locale: 'de' });
    const { text } = await hoverUntil(page, TARGET, /Verweisende Domains/);
    await picture(page, 'german-hover');
    assert.match(text, /diese Seite/);
    await openView(page);
    await page
      .locator('.pane-body .monaco-list-row', { hasText: /von 13 Domains/ })
      .first()
      .waitFor();
    await picture(page, 'german-tree');
    await page.close();
  });
});

function openSite(settings, more = {}) {
  const index = { 'backlinkLens.source': 'index', 'backlinkLens.index.path': process.env.BACKLINK_LENS_EXAMPLE_INDEX };
  return openWindow({ folder: SITE, openFile: path.join(SITE, 'README.md'), settings: { ...index, ...settings }, ...more });
}
