/** A vendor that bills: chosen from the list, told its key, agreed to, paid once, and never paid again for what is known. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { dataForSeo, KEY } from '../../source/dataforseo/world.ts';
import { BIG, SMALL } from '../../source/world.ts';
import { farAway } from '../../support/farAway.ts';
import { answer, choose, command, hoverUntil, listed, newFolder, openWindow, picture } from './editor.mjs';

const HOST = 'api.dataforseo.com';

describe('a newcomer with a vendor that bills', () => {
  let vendor;
  let page;
  let folder;
  let settings;
  const dialog = () => page.locator('.monaco-dialog-box').first();
  const said = async () => {
    await dialog().waitFor();
    return (await dialog().innerText()).replaceAll('\u00a0', ' ');
  };
  const press = async (button) => {
    await dialog().getByText(button, { exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
  };
  const openDocument = async (name, text) => {
    fs.writeFileSync(path.join(folder, name), text);
    // The list of files learns of it in its own time.
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
    await page.locator('.tab.active', { hasText: name }).waitFor();
  };
  /** Asked for backlinks: not the account's balance, which is free. */
  const paid = () => vendor.asked.filter((request) => request.path.includes('/backlinks/'));

  before(async () => {
    vendor = await farAway(HOST, dataForSeo());
    folder = newFolder({ 'page.md': `# Links\n\n[strong](https://${BIG}/)\n\n[weak](https://${SMALL}/)\n\n[ours](https://intranet.corp/x)\n` });
    const ca = path.join(newFolder(), 'authority.pem');
    fs.writeFileSync(ca, vendor.authority);
    settings = { 'http.proxy': vendor.proxy, 'backlinkLens.caFile': ca };
    page = await openWindow({ folder, openFile: path.join(folder, 'page.md'), settings });
  });
  after(async () => {
    await page?.close();
    vendor?.close();
  });

  it('finds every source in one list, with what each fills, needs and costs', async () => {
    await command(page, 'Choose Source');
    const list = await listed(page, 'Where do backlinks from the web come from?');
    for (const wanted of ['Embedded index', 'in use', 'On this machine', 'Services', 'DataForSEO', 'needs a key'])
      assert.ok(list.includes(wanted), list);
    assert.match(list, /Backlinks, \d+ of 15 fields · \$0\.02\d* a call/);
    await picture(page, 'sources');
  });

  it('chooses one, is asked for its key, and told which host gets what; nothing is sent by that', async () => {
    await choose(page, /DataForSEO/, 'DataForSEO');
    await answer(page, '(1/2)', KEY.id);
    assert.equal(await answer(page, '(2/2)', KEY.secret), 'password');
    const consent = await said();
    assert.match(consent, /Send links of this workspace to api\.dataforseo\.com\?/);
    assert.match(consent, /Never sent: the documents themselves, private and reserved hosts/);
    await press('Allow');
    await hoverUntil(page, BIG, /Not asked yet/);
    assert.deepEqual(vendor.asked, []);
  });

  it('is told the price first; Cancel asks nothing', async () => {
    await command(page, 'Look Up This Document');
    const price = await said();
    assert.match(price, /DataForSEO: 4 targets, 1 call, about \$0\.02\. Go on\?/);
    await picture(page, 'price');
    await press('Cancel');
    await hoverUntil(page, BIG, /Not asked yet/);
    assert.deepEqual(vendor.asked, []);
  });

  it('goes on, and one call brings all the numbers', async () => {
    await command(page, 'Look Up This Document');
    await said();
    await press('Go On');
    const { text } = await hoverUntil(page, BIG, /312/);
    assert.match(text, /40/);
    assert.equal(paid().length, 1);
    assert.doesNotMatch(paid()[0].body, /intranet/);
    await picture(page, 'vendor-numbers');
  });

  it('sees what that has cost and what is left', async () => {
    await command(page, 'Show Usage');
    const usage = await listed(page, 'Usage of DataForSEO');
    assert.match(usage, /Today[\s\S]*1 call[^\n]*\$0\.02/);
    assert.match(usage, /Account[\s\S]*\$41\.25/);
    await picture(page, 'usage');
    await page.keyboard.press('Escape');
  });

  it('pays nothing again: not for the same document, and not after a restart without a network', async () => {
    await command(page, 'Look Up This Document');
    await page.waitForTimeout(1_500);
    assert.equal(await dialog().count(), 0);
    vendor.pull();
    await page.reload();
    await page.locator('.view-lines .view-line').first().waitFor();
    // In a browser without a key chain of its own the editor forgets secrets; the facts of that account are kept all the same.
    await command(page, 'Set API Key');
    await choose(page, /DataForSEO/);
    await answer(page, '(1/2)', KEY.id);
    await answer(page, '(2/2)', KEY.secret);
    await hoverUntil(page, BIG, /312/);
    assert.equal(paid().length, 1);
    await picture(page, 'after-restart');
  });

  it('without a network is told so, and everything arrives when it is back', async () => {
    await openDocument('third.md', `[third](https://third-site.com/)\n`);
    await hoverUntil(page, 'third-site.com', /Not asked yet/);
    await command(page, 'Look Up This Document');
    assert.match(await said(), /2 targets, 1 call/);
    await press('Go On');
    await hoverUntil(page, 'third-site.com', /cannot be reached|[Oo]ffline/);
    await picture(page, 'offline');
    vendor.plug();
    await command(page, 'Look Up This Document');
    await said();
    await press('Go On');
    await hoverUntil(page, 'third-site.com', /None known|None seen/);
  });

  it('takes the consent back, and is asked again before anything is sent', async () => {
    const before = vendor.asked.length;
    await command(page, 'Withdraw Consent');
    await page.locator('.notifications-toasts', { hasText: 'no longer sent to api.dataforseo.com' }).first().waitFor();
    await openDocument('fourth.md', `[fourth](https://fourth-site.com/)\n`);
    await hoverUntil(page, 'fourth-site.com', /Not asked yet/);
    await command(page, 'Look Up This Document');
    assert.match(await said(), /Send links of this workspace to api\.dataforseo\.com/);
    await press('Cancel');
    assert.equal(vendor.asked.length, before);
  });

  it('reads the same in German', async () => {
    await page.close();
    page = await openWindow({
      folder,
      openFile: path.join(folder, 'fourth.md'),
      settings: { ...settings, 'backlinkLens.source': 'dataforseo' },
      locale: 'de',
    });
    await hoverUntil(page, 'fourth-site.com', /Noch nicht gefragt: DataForSEO kostet etwa 0,02 \$ je Link/);
    await page.keyboard.press('Escape');
    await command(page, 'Quelle wählen');
    const list = await listed(page, 'Woher kommen Backlinks aus dem Web?');
    assert.match(list, /Auf diesem Rechner[\s\S]*in Gebrauch · braucht einen Schlüssel[\s\S]*Backlinks, \d+ von 15 Feldern · 0,02\d* \$ je Anfrage/);
    await picture(page, 'german-sources');
    await page.keyboard.press('Escape');
  });
});
