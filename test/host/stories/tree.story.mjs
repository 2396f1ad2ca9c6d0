/** The tree with hands: an export dropped onto it becomes an index, a page dragged out of it becomes a link; groups, filter, and back from the text. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { command, newFolder, openView, openWindow, picture } from './editor.mjs';

const EXPORT = `Source URL,Target URL,Anchor,Domain rating
https://blog.other-site.org/a,https://a-strong-site.com/spec/,The spec,55
https://news.third-site.net/b,https://a-strong-site.com/spec/,Read,30
https://news.third-site.net/c,https://weak-site.com/,Weak,20
`;
const PAGE = `# Notes

see [spec](https://a-strong-site.com/spec/) and [weak](https://weak-site.com/)

here it goes
`;

describe('the tree in hand', () => {
  let page;
  before(async () => {
    const folder = newFolder({ 'export.csv': EXPORT, 'notes.md': PAGE });
    page = await openWindow({
      folder,
      openFile: path.join(folder, 'notes.md'),
      settings: { 'backlinkLens.source': 'index', 'backlinkLens.index.path': '' },
    });
    await openView(page);
  });
  after(() => page?.close());

  const rows = () => page.locator('.sidebar .pane-body .monaco-list-row');
  const lines = async () => (await page.locator('.view-lines .view-line').allInnerTexts()).map((line) => line.replaceAll('\u00a0', ' '));
  const middle = async (element, x) => {
    const box = await element.boundingBox();
    return { x: box.x + (x ?? box.width / 2), y: box.y + box.height / 2 };
  };
  const drag = async (from, to, key) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, from.y + 4, { steps: 3 });
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
    if (key !== undefined) await page.keyboard.down(key);
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.waitForTimeout(400);
    await page.mouse.up();
    if (key !== undefined) await page.keyboard.up(key);
  };

  it('knows only the folder at first, and says below what costs nothing', async () => {
    await rows().filter({ hasText: 'a-strong-site.com' }).first().waitFor();
    const start = page.locator('.sidebar .pane', { hasText: 'Get Started' });
    await start.getByText('get free domain ranks').waitFor();
    assert.match(await start.innerText(), /30 MB[\s\S]*crawl my site[\s\S]*try the sample/);
    await picture(page, 'first-minutes');
  });

  it('takes an export that is dropped onto it, after one question, and knows its backlinks', async () => {
    await page.keyboard.press('Control+p');
    await page.locator('.quick-input-widget:visible input').first().fill('export.csv');
    await page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: 'export.csv' }).first().waitFor();
    await page.keyboard.press('Enter');
    const tab = page.locator('.tab.active', { hasText: 'export.csv' }).first();
    await tab.waitFor();
    await drag(await middle(tab, 40), await middle(rows().filter({ hasText: 'notes.md' }).first()));
    const dialog = page.locator('.monaco-dialog-box:visible');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /Build a backlink index from export\.csv\?[\s\S]*on this machine[\s\S]*Nothing is sent/);
    await dialog.locator('.monaco-button', { hasText: 'Build' }).click();
    await rows().filter({ hasText: '2 from 2 domains' }).first().waitFor();
    await page.locator('.sidebar .pane', { hasText: 'Get Started' }).waitFor({ state: 'hidden' });
    await picture(page, 'export-dropped');
  });

  it('gives a page away that is dragged into the text, as a link of its language', async () => {
    await page.locator('.tab', { hasText: 'notes.md' }).first().click();
    await rows().filter({ hasText: 'a-strong-site.com/spec' }).first().waitFor();
    const line = await page.locator('.view-line', { hasText: 'here it goes' }).first().boundingBox();
    await drag(await middle(rows().filter({ hasText: 'a-strong-site.com/spec' }).first(), 60), { x: line.x + 2, y: line.y + 9 }, 'Shift');
    await page.locator('.view-line', { hasText: '[spec](https://a-strong-site.com/spec/)here it goes' }).first().waitFor();
    await page.keyboard.press('Control+z');
    await page
      .locator('.view-line', { hasText: /^here.it.goes$/ })
      .first()
      .waitFor();
    assert.equal((await lines()).filter((text) => text.includes('[spec]')).length, 1);
  });

  it('is grouped and filtered, says so, and shows everything again', async () => {
    await command(page, 'Group and Sort Links');
    await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'By domain' }).first().click();
    await rows()
      .filter({ hasText: /^a-strong-site\.com/ })
      .first()
      .waitFor();
    await command(page, 'Filter Links');
    await page.locator('.quick-input-widget:visible input').first().fill('weak');
    await page.locator('.sidebar', { hasText: 'Filtered by “weak”: 1 of 2 links.' }).waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await rows().filter({ hasText: 'strong' }).count(), 0);
    await picture(page, 'filtered');
    await command(page, 'Backlinks: Clear Filter');
    await rows()
      .filter({ hasText: /^a-strong-site\.com/ })
      .first()
      .waitFor();
  });

  it('is found from the text', async () => {
    await page.locator('.view-line', { hasText: 'see [spec]' }).locator('span span', { hasText: 'weak-site.com' }).first().click();
    await command(page, 'Reveal in Links');
    await page.locator('.sidebar .monaco-list-row.selected', { hasText: /^\// }).first().waitFor();
    assert.match(await page.locator('.sidebar .monaco-list-row.selected').first().getAttribute('aria-label'), /^weak-site\.com\//);
  });
});
