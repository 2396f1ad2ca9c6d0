/** The first minutes: no folder, nothing chosen, a file that is not there. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { command, hoverUntil, newFolder, openView, openWindow, picture } from './editor.mjs';

const INDEX = process.env.BACKLINK_LENS_EXAMPLE_INDEX;

describe('a newcomer without a folder', () => {
  let page;
  before(async () => {
    page = await openWindow({ settings: { 'backlinkLens.index.path': path.join(newFolder(), 'gone.db') } });
  });
  after(() => page?.close());

  it('is told in the view what to do first', async () => {
    await openView(page);
    const welcome = page.locator('.sidebar .welcome-view:visible, .sidebar .welcome-view-content:visible').first();
    await welcome.waitFor();
    assert.match(await welcome.innerText(), /Open an HTML or Markdown file/);
    // And it stays when the server has found out that there is no index.
    await welcome.getByText('The index file cannot be read').waitFor();
    assert.match(await welcome.innerText(), /Open an HTML or Markdown file/);
    await picture(page, 'welcome');
  });

  it('hovers in an unsaved Markdown document and is told that the index file is missing, and how to choose one', async () => {
    await command(page, 'Create: New File...');
    await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'Text File' }).first().click();
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.type('See https://openberth.example/spec/ and http://192.168.1.7/ for more.');
    await command(page, 'Change Language Mode');
    const input = page.locator('.quick-input-widget:visible input').first();
    await input.fill('Markdown');
    await page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: 'markdown' }).first().waitFor();
    await page.keyboard.press('Enter');
    const { text } = await hoverUntil(page, 'openberth.example', /gone\.db/);
    assert.match(text, /Choose/);
    await picture(page, 'missing-index');
    // The tree unfolds the document that has just become Markdown, and says the same above it.
    await page.locator('.sidebar .monaco-list-row', { hasText: '192.168.1.7' }).waitFor();
    await page.locator('.sidebar', { hasText: 'Choose another file' }).waitFor();
    const { text: other } = await hoverUntil(page, '192.168.1.7', /private|gone\.db/);
    assert.doesNotMatch(other, /\b0\b/);
  });

  it('chooses the file, and numbers stand there without a restart', async () => {
    await command(page, 'Choose Index File');
    const input = page.locator('.quick-input-widget:visible', { hasText: 'Use as Index' }).locator('input').first();
    await input.waitFor();
    await picture(page, 'choose-index');
    await input.fill(INDEX);
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    const { text } = await hoverUntil(page, 'openberth.example', /Referring domains/);
    assert.match(text, /Embedded index of \d+ pages/);
    await picture(page, 'healed');
  });
});

describe('a newcomer without a page', () => {
  let page;
  let sample;
  before(async () => {
    page = await openWindow({ settings: { 'backlinkLens.index.path': '' } });
  });
  after(async () => {
    await sample?.close();
    await page?.close();
  });

  it('tries the sample: a window of its own, with an index that knows the web around it', async () => {
    await openView(page);
    const link = page.locator('.sidebar a', { hasText: 'try the sample' });
    await link.waitFor();
    const opened = page.context().waitForEvent('page', { timeout: 60_000 });
    await link.click();
    sample = await opened;
    sample.setDefaultTimeout(40_000);
    const file = sample.locator('.explorer-folders-view .monaco-list-row', { hasText: 'README.md' }).first();
    await file.waitFor();
    await file.dblclick();
    await sample.locator('.view-lines .view-line').first().waitFor();
    const { text } = await hoverUntil(sample, 'openberth.example/spec', /Referring domains/);
    assert.match(text, /Embedded index of \d+ pages/);
    await picture(sample, 'sample');
  });
});
