/** Without a mouse: the tree, its rows, the report and its table; and what a screen reader is told of them. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { command, newFolder, openWindow, picture } from './editor.mjs';

const TARGET = 'openberth.example/spec/';

describe('a newcomer with only a keyboard', () => {
  let page;
  before(async () => {
    const folder = newFolder();
    fs.cpSync(inRoot('examples/site'), folder, { recursive: true });
    const settings = {
      'backlinkLens.source': 'index',
      'backlinkLens.index.path': process.env.BACKLINK_LENS_EXAMPLE_INDEX,
      'backlinkLens.rows.perPage': 10,
    };
    page = await openWindow({ folder, openFile: path.join(folder, 'README.md'), settings });
  });
  after(() => page?.close());

  const rows = () => page.locator('.sidebar .pane-body .monaco-list-row');
  const focused = () => page.locator('.sidebar .pane-body .monaco-list-row.focused');
  const press = async (...keys) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
  };

  it('unfolds a link and loads more of who links to it', async () => {
    await command(page, 'Backlinks: Focus on Links View');
    await rows().filter({ hasText: 'from 13 domains' }).first().waitFor();
    // Before the rows are there the view has nothing to focus; asked again, it has.
    await command(page, 'Backlinks: Focus on Links View');
    for (let step = 0; step < 5 && !(await focused().allInnerTexts()).join().includes(TARGET); step += 1)
      await press(step === 0 ? 'Home' : 'ArrowDown');
    // The tree is drawn anew while facts arrive, and a key in that moment is lost: a person presses again, and so does this.
    for (let step = 0; step < 20 && (await focused().first().getAttribute('aria-expanded')) !== 'true'; step += 1) {
      await press('ArrowRight');
      await page.waitForTimeout(250);
    }
    const more = rows().filter({ hasText: 'Load 10 more' });
    await more.waitFor();
    for (let step = 0; step < 20 && !/Load 10 more/.test(await focused().first().innerText()); step += 1) await press('ArrowDown');
    assert.match(await more.innerText(), /10 of 34 shown/);
    await press('Enter');
    // The rows that came with it stand above: a short view has to be gone down again.
    const next = rows().filter({ hasText: '20 of 34 shown' });
    for (let step = 0; step < 40 && (await next.count()) === 0; step += 1) await press('ArrowDown');
    await next.waitFor();
    await picture(page, 'keyboard-tree');
  });

  it('hears what a row says: address, strength, link text', async () => {
    // Only rows in sight are there to be read.
    await press('Home');
    await page.waitForTimeout(300);
    const labels = await rows().evaluateAll((list) => list.map((row) => row.getAttribute('aria-label')));
    assert.ok(
      labels.every((label) => label !== null && label.trim() !== ''),
      JSON.stringify(labels),
    );
    assert.ok(
      labels.some((label) => label.startsWith('README.md, 19 links')),
      labels[0],
    );
    assert.ok(labels.includes(`${TARGET}, strength 6.5, 34 from 13 domains`), labels.join('\n'));
    assert.ok(
      labels.some((label) => label.startsWith('www.uni-nordsund.example/portlab/, strength 6.4, link text OpenBerth')),
      labels.join('\n'),
    );
  });

  it('opens the report, sorts a column, and goes back', async () => {
    const report = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    const head = report.locator('thead th.backlinks');
    // The tree is drawn anew while facts arrive: a choice that is being drawn then may lose the focus, and with it the key. One asks again.
    for (let attempt = 1; attempt <= 3 && !(await head.isVisible()); attempt += 1) {
      await command(page, 'Backlinks: Create Report');
      await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'This document' }).first().waitFor();
      await page.waitForTimeout(500);
      await picture(page, 'report-choice');
      await page.keyboard.press('Enter');
      await head.waitFor({ timeout: attempt === 3 ? 40_000 : 20_000 }).catch((error) => {
        if (attempt === 3) throw error;
      });
    }
    const names = await report
      .locator('table thead')
      .first()
      .locator('th')
      .evaluateAll((list) => list.map((th) => [th.scope, th.innerText.trim()]));
    assert.ok(names.length >= 6 && names.every(([scope, name]) => scope === 'col' && name !== ''), JSON.stringify(names));
    await head.locator('button').focus();
    await page.keyboard.press('Enter');
    const first = await head.getAttribute('aria-sort');
    await page.keyboard.press('Enter');
    const second = await head.getAttribute('aria-sort');
    assert.deepEqual([first, second], ['descending', 'ascending']);
    assert.ok(await head.locator('button').evaluate((button) => button === button.ownerDocument.activeElement), 'the focus stays on the head');
    await picture(page, 'report-sorted');
    await page.setViewportSize({ width: 700, height: 800 });
    await command(page, 'View: Toggle Primary Side Bar Visibility');
    await page.waitForTimeout(500);
    await picture(page, 'report-narrow');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+F4');
  });
});
