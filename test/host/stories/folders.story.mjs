/** Two folders in one window: each keeps its own rules, what is ignored in one is ignored there, and the tree shows the links of both. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { newFolder, openView, openWindow, picture } from './editor.mjs';

const PAGE = `# Page

For the rest, [click here](other.md), or see [the site](https://a-site-of-ours.com/page).
`;

describe('two folders in one window', () => {
  let page;
  let folder;
  const settingsOf = (name) => JSON.parse(fs.readFileSync(path.join(folder, name, '.vscode/settings.json'), 'utf8'));

  before(async () => {
    folder = newFolder();
    for (const [name, severity] of [
      ['strict', 'warning'],
      ['calm', 'off'],
    ]) {
      fs.mkdirSync(path.join(folder, name, '.vscode'), { recursive: true });
      fs.writeFileSync(path.join(folder, name, '.vscode/settings.json'), JSON.stringify({ 'backlinkLens.rules': { 'generic-anchor': severity } }));
      fs.writeFileSync(path.join(folder, name, `${name}.md`), PAGE);
      fs.writeFileSync(path.join(folder, name, 'other.md'), '# Other\n');
    }
    const workspace = path.join(folder, 'both.code-workspace');
    fs.writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'strict' }, { path: 'calm' }] }));
    page = await openWindow({ workspace, openFile: path.join(folder, 'strict/strict.md') });
    await openView(page);
  });
  after(() => page?.close());

  const rows = () => page.locator('.sidebar .pane-body .monaco-list-row');
  const open = async (name) => {
    await page.keyboard.press('Control+p');
    await page.locator('.quick-input-widget:visible input').first().fill(name);
    await page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: name }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: name }).waitFor();
    await rows().filter({ hasText: name }).first().waitFor();
  };

  it('finds by the rules of the folder that a page lies in', async () => {
    await page.locator('.view-overlays .squiggly-warning').first().waitFor();
    await rows()
      .filter({ hasText: /strict\.md.*1 finding/ })
      .first()
      .waitFor();
    await open('calm.md');
    await rows()
      .filter({ hasText: /calm\.md/ })
      .first()
      .waitFor();
    await page.waitForTimeout(1_000);
    assert.equal(await page.locator('.editor-instance:visible .view-overlays .squiggly-warning').count(), 0);
    assert.equal(
      await rows()
        .filter({ hasText: /calm\.md.*finding/ })
        .count(),
      0,
    );
    await picture(page, 'two-folders');
  });

  it('ignores in the folder where it is told to', async () => {
    const calm = rows()
      .filter({ hasText: /^calm\.md/ })
      .first();
    if ((await calm.getAttribute('aria-expanded')) !== 'true') await calm.locator('.monaco-tl-twistie').click();
    const all = await rows().allInnerTexts();
    const below = all.findIndex((text) => text.startsWith('calm.md'));
    const at = all.findIndex((text, index) => index > below && text.includes('a-site-of-ours.com'));
    // A menu that has just opened takes no click, so that a slow hand does not choose.
    for (let attempt = 0; attempt < 5 && settingsOf('calm')['backlinkLens.ignore'] === undefined; attempt += 1) {
      await page.keyboard.press('Escape');
      await rows().nth(at).click({ button: 'right' });
      await page.waitForTimeout(500);
      await page.locator('.monaco-menu .action-label', { hasText: 'Ignore This URL' }).first().click();
      for (let times = 0; times < 30 && settingsOf('calm')['backlinkLens.ignore'] === undefined; times += 1) await page.waitForTimeout(100);
    }
    assert.deepEqual(settingsOf('calm')['backlinkLens.ignore'], ['https://a-site-of-ours.com/page']);
    assert.equal(settingsOf('strict')['backlinkLens.ignore'], undefined);
    await rows()
      .filter({ hasText: /a-site-of-ours\.com.*ignored/ })
      .first()
      .waitFor();
  });
});
