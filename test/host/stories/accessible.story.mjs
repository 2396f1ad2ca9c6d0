/** The report for everybody: names, contrast and focus in every kind of theme; and it is still there after the window was loaded anew. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { accessibilityProblems, focusOrder } from './accessibility.mjs';
import { changeSettings, command, newFolder, openWindow, picture } from './editor.mjs';

const THEMES = {
  dark: ['Default Dark Modern', 'vs-dark'],
  light: ['Default Light Modern', 'vs'],
  contrast: ['Default High Contrast', 'hc-black'],
  'contrast-light': ['Default High Contrast Light', 'hc-light'],
};
const SETTINGS = { 'backlinkLens.source': 'index', 'backlinkLens.index.path': process.env.BACKLINK_LENS_EXAMPLE_INDEX };

describe('a report for everybody', () => {
  let page;
  before(async () => {
    const folder = newFolder();
    fs.cpSync(inRoot('examples/site'), folder, { recursive: true });
    page = await openWindow({ folder, openFile: path.join(folder, 'README.md'), settings: SETTINGS });
    await command(page, 'Backlinks: Create Report');
    const choice = page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'This document' }).first();
    await choice.waitFor();
    await page.waitForTimeout(500);
    await choice.click();
  });
  after(() => page?.close());

  const inner = () => page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  const frame = async () => (await inner().locator('main').elementHandle()).ownerFrame();

  for (const [name, [theme, kind]] of Object.entries(THEMES)) {
    it(`has names, heads and contrast: ${name}`, async () => {
      await changeSettings({ ...SETTINGS, 'workbench.colorTheme': theme });
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await inner().locator('table.targets').waitFor();
      const unfold = inner().locator('button.unfold').first();
      if ((await unfold.getAttribute('aria-expanded')) === 'false') await unfold.click();
      await inner().locator('tr.detail:not([hidden])').first().waitFor();
      await page.waitForTimeout(500);
      await picture(page, `report-${name}`);
      assert.deepEqual(await (await frame()).evaluate(accessibilityProblems), []);
    });
  }

  it('lets the focus go through all of it, in order, and out again', async () => {
    const { names, problems } = await focusOrder(page, await frame());
    assert.deepEqual(problems, []);
    assert.ok(names.length > 10, names.join(' | '));
    const [save, sort] = [names.findIndex((name) => name.startsWith('Save')), names.indexOf('Strength')];
    assert.ok(save >= 0 && sort > save, names.join(' | '));
  });

  for (const colorScheme of ['light', 'dark']) {
    it(`has the same as an HTML file, ${colorScheme}`, async () => {
      const file = path.join(newFolder(), 'report.html');
      const args = [inRoot('dist/cli.js'), 'report', inRoot('examples/site'), '--index', process.env.BACKLINK_LENS_EXAMPLE_INDEX, '--format', 'html'];
      fs.writeFileSync(file, spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
      const saved = await page.context().newPage();
      await saved.emulateMedia({ colorScheme });
      await saved.goto(`file://${file}`);
      assert.ok((await saved.locator('tbody tr').count()) > 20);
      assert.deepEqual(await saved.evaluate(accessibilityProblems), []);
      await picture(saved, `report-file-${colorScheme}`);
      await saved.close();
    });
  }

  it('is there as it was after the window was loaded anew, without a server that has looked anything up', async () => {
    const before = await inner().locator('main').innerText();
    // The address names a document to open first, and a window that has one does not look for what was open before.
    const address = new URL(page.url());
    address.searchParams.delete('payload');
    await page.goto(address.href);
    await inner().locator('table.targets').waitFor();
    const text = await inner().locator('h1').innerText();
    assert.ok(before.startsWith(text), text);
    await picture(page, 'report-revived');
  });
});
