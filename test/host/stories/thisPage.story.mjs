/** The view This Page: who links to the open page in the folder at once, from the web once its address is confirmed, and who could. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { changeSettings, newFolder, openView, openWindow, picture } from './editor.mjs';

const SETTINGS = { 'backlinkLens.source': 'index', 'backlinkLens.index.path': process.env.BACKLINK_LENS_EXAMPLE_INDEX };

describe('this page', () => {
  let page;
  let folder;
  const row = (words) => page.locator('.pane-body .monaco-list-row', { hasText: words }).first();
  before(async () => {
    folder = newFolder();
    fs.cpSync(inRoot('examples/site'), folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '.vscode/settings.json'), '{}\n');
    fs.appendFileSync(path.join(folder, 'guide/berths.md'), '\nBefore you begin, install harbour on one machine.\n');
    page = await openWindow({ folder, openFile: path.join(folder, 'guide/install.md'), settings: SETTINGS });
  });
  after(() => page?.close());

  it('says who links here in the folder, and asks for the address before the web', async () => {
    await openView(page);
    await row('In this folder').waitFor();
    // Room for the whole of it: a list draws only the lines that are in sight.
    await page
      .locator('.pane-header', { hasText: /^Links/ })
      .first()
      .click();
    await row('“Install Harbour”').waitFor();
    const question = row('Is it docs.harbour.example/guide/install/?');
    await question.waitFor();
    await picture(page, 'page-question-dark');
    await question.hover();
    await question.locator('[aria-label^="Yes, This Is Its Address"]').click();
    await row(/On the web.*\d+ from \d+ domain/).waitFor();
    assert.match(fs.readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8'), /"backlinkLens.siteUrl": "https:\/\/docs.harbour.example\/"/);
    await row('On the web').locator('.monaco-tl-twistie').click();
    await row(/^\s*\d\.\d\s/).waitFor();
    await picture(page, 'page-dark');
    await changeSettings({ ...SETTINGS, 'workbench.colorTheme': 'Default Light Modern' });
    await page.locator('.monaco-workbench.vs').waitFor();
    await picture(page, 'page-light');
  });

  it('links the words of a page that names this one, and takes it back', async () => {
    await row('Could link here').locator('.monaco-tl-twistie').click();
    const could = page.locator('.pane-body .monaco-list-row', { hasText: 'install harbour on one machine' }).first();
    await could.waitFor();
    await picture(page, 'page-could');
    await could.hover();
    await could.locator('[aria-label^="Link These Words"]').click();
    const text = page.locator('.editor-instance .view-line', { hasText: '[install harbour](install.md) on one machine' });
    await text.waitFor();
    // The view shows the page that is open now.
    await row('“wall”').waitFor();
    await text.click();
    await page.keyboard.press('Control+Z');
    await page.locator('.editor-instance .view-line', { hasText: 'install harbour on one machine' }).waitFor();
  });
});
