/** A newcomer who builds an index of a site on the web, from the first question to the numbers in a hover. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { answer, command, hoverUntil, newFolder, openWindow, picture } from './editor.mjs';

const LINK = 'www.wikipedia.org/wiki/Port';
const PAGES = {
  '/': `<title>Harbours</title><a href="/b.html">b</a>`,
  '/b.html': `<title>Quays</title><a href="https://${LINK}">ports and quays</a>`,
};

describe('a newcomer who builds an index', () => {
  let site;
  let page;
  let folder;
  before(async () => {
    site = http.createServer(({ url }, response) => {
      const html = PAGES[url];
      if (html === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${html}`);
    });
    await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
    folder = newFolder({ 'page.md': `# Ports\n\nRead https://${LINK} first.\n` });
    page = await openWindow({ folder, openFile: path.join(folder, 'page.md') });
  });
  after(async () => {
    await page?.close();
    site?.closeAllConnections();
    site?.close();
  });

  it('is asked what it is made of, and where it goes', async () => {
    await command(page, 'Build Index');
    const choices = page.locator('.quick-input-widget:visible', { hasText: 'What is the index made of?' });
    await choices.locator('.monaco-list-row', { hasText: 'A folder of HTML or Markdown' }).waitFor();
    await picture(page, 'index-material');
    await choices.locator('.monaco-list-row', { hasText: 'A site on the web' }).click();
    await answer(page, 'Address of the site', `http://127.0.0.1:${site.address().port}/`);
    const place = page.locator('.quick-input-widget:visible', { hasText: 'Make a new index' });
    await place.waitFor();
    await saysName(place.locator('input').first(), path.join(folder, 'backlinks.db'));
    await page.keyboard.press('Enter');
  });

  it('is told what the index holds, and uses it', async () => {
    const toast = page.locator('.notification-toast', { hasText: 'The index holds 2 pages and 2 links.' });
    await toast.waitFor();
    await picture(page, 'index-built');
    assert.ok(fs.existsSync(path.join(folder, 'backlinks.db')));
    await toast.getByText('Use This Index', { exact: true }).click();
    const { text } = await hoverUntil(page, LINK, /ports and quays/);
    assert.match(text, /Backlinks\s+1/);
    await picture(page, 'index-used');
  });
});

/** The dialog looks around before it shows the name it was given. */
async function saysName(input, name) {
  let said = '';
  for (const end = Date.now() + 15_000; Date.now() < end && said !== name; ) {
    said = await input.inputValue();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(said, name);
}
