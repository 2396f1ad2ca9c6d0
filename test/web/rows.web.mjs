/** A target's totals, rows and lists, each beside what the service itself says; filters, orders and pages; the address; the keyboard. */
import assert from 'node:assert/strict';
import { move, openService, reached, rowAddresses, settled, textOf, visit } from './browser.mjs';
import { PAGE, SITE } from './webOfLinks.mjs';

const ROWS = `rows?url=${SITE}`;
/** As the page's address says it, and as the service's call does. */
const FILTERS = [
  ['followed=yes', 'followed=true'],
  ['followed=no', 'followed=false'],
  ['tag=aimg', 'tag=aimg'],
  ['status=lost', 'status=lost'],
  ['status=new', 'status=new'],
  ['status=all', 'status=all'],
  ['internal=include', 'internal=include'],
  ['country=us', 'country=US'],
  ['one-per-domain=yes', 'onePerDomain=true'],
  ['anchor=GUIDE', 'anchor=GUIDE'],
  ['sort=date', 'sort=date'],
  ['followed=yes&country=DK&anchor=guide&status=all', 'followed=true&country=DK&anchor=guide&status=all'],
];

describe('page of the service: first sight', () => {
  it('one field, ready to be typed into, and the strongest pages of this very index', async () => {
    const page = await visit('');
    const { response } = await (await openService()).ask('index');
    await page.locator('.examples li').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'url');
    assert.equal(await page.locator('.examples li').count(), response.topPages.length);
    assert.match(await textOf(page, 'footer'), /Index of 79 pages and \d+ links, captured 1 Oct 2026 to 2 Nov 2026/);
    assert.deepEqual(page.trouble, []);
    await page.locator('.examples button').first().click();
    await reached(page, 'url=');
    assert.match(await textOf(page, '.results h1'), /handbook\.example/);
  });

  it('what is typed is asked, and stands in the address and the title', async () => {
    const page = await visit('');
    await page.keyboard.type(SITE);
    await page.keyboard.press('Enter');
    await reached(page, `url=${SITE}`);
    assert.equal(new URL(page.url()).search, `?url=${SITE}`);
    assert.match(await page.title(), new RegExp(`^${SITE}`));
    await page.goBack();
    await page.locator('.hero').waitFor();
    await page.goForward();
    await reached(page, SITE);
    assert.equal(await textOf(page, '.results h1'), SITE);
    assert.deepEqual(page.trouble, []);
  });
});

describe('page of the service: a target', () => {
  it('totals are those of the service, with what each is a share or a count of', async () => {
    const { url } = await openService();
    const reply = await fetch(`${url}/v3/links/summaries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ targets: [PAGE] }),
    });
    const [totals] = (await reply.json()).response;
    const page = await visit(`?url=${PAGE}`);
    const tiles = await textOf(page, '.tiles');
    assert.match(
      tiles,
      new RegExp(`Strength ${totals.strength.value.toFixed(1)} Strength 0 to 10 in this index of ${totals.strength.population} known pages`),
    );
    assert.match(tiles, new RegExp(`Backlinks ${totals.backlinks} on the 79 pages of this index`));
    assert.match(tiles, new RegExp(`Referring domains ${totals.referringDomains} ${totals.referringHosts} hosts, ${totals.referringPages} pages`));
    assert.match(tiles, new RegExp(`Followed \\d+% ${totals.followed.links} of ${totals.followed.of} links`));
    assert.match(tiles, new RegExp(`Internal links ${totals.internalBacklinks} inside the site, counted apart`));
    assert.match(await textOf(page, '.told'), /As of 2 Nov 2026 · \d+ new, \d+ lost since 1 Oct 2026/);
    await page.getByText('How strength is computed').click();
    assert.match(await textOf(page, '.totals'), /strength = 10 · ln\(p \/ b\) \/ ln\(max\(100, p_max \/ b\)\)/);
    await page.getByText(/address(es)? redirects? here/).click();
    assert.match(await textOf(page, '.totals'), /handbook\.example\/old/);
    if (totals.forms.length > 1) assert.match(await textOf(page, '.totals'), new RegExp(`${totals.forms.length} written forms`));
    assert.deepEqual(page.trouble, []);
  });

  it('a redirect says where to', async () => {
    const page = await visit(`?url=https://${SITE}/old`);
    assert.match(await textOf(page, '.told'), /Redirects with status 301 to handbook\.example\/guide\/deploy/);
  });

  it('drawings: columns with their numbers in words and as tables', async () => {
    const page = await visit(`?url=${SITE}`);
    const { ask } = await openService();
    const [{ response: spread }, { response: days }] = await Promise.all([ask(`spread?url=${SITE}`), ask(`changes?url=${SITE}`)]);
    await page.locator('.chart').nth(2).waitFor();
    const [first, second] = await page.locator('.chart').all();
    for (const table of await page.locator('.chart .numbers summary').all()) await table.click();
    assert.deepEqual((await first.locator('tbody td').allInnerTexts()).map(Number), spread);
    assert.deepEqual(
      (await second.locator('tbody td').allInnerTexts()).map(Number),
      days.flatMap((day) => [day.new, day.lost]),
    );
    assert.match(await second.locator('svg[role="img"]').getAttribute('aria-label'), /12 Oct 2026: 20 new, 0 lost/);
    assert.match(await page.locator('.chart').nth(2).innerText(), /\d+ followed[\s\S]*\d+ not followed/);
  });

  it('none seen is said with the number of pages, never as zero', async () => {
    const page = await visit('?url=nobody-links-here.example');
    const text = await textOf(page, '.results');
    assert.match(text, /Backlinks none seen in the 79 pages of this index/);
    assert.match(text, /None seen on the 79 pages of this index\./);
    assert.doesNotMatch(text, /\b0\b/);
    assert.equal(await page.locator('.chart, .filters').count(), 0);
  });

  it('a page that only its own site links to offers these links', async () => {
    const page = await visit(`?url=https://${SITE}/guide/install`);
    await page.getByRole('button', { name: 'Show internal links (2)' }).click();
    await reached(page, 'internal=only');
    assert.equal((await rowAddresses(page)).length, 2);
  });

  it('what is no target is said beside the field, and nothing else stands there', async () => {
    const page = await visit('?url=not%20a%20url');
    assert.match(await textOf(page, '.notice'), /This cannot be looked up\..*This is not a domain, host, page or folder\./);
    assert.equal(await page.locator('table, .tiles, .head a').count(), 0);
  });

  it('a folder has the links of the pages below it', async () => {
    const page = await visit(`?url=${encodeURIComponent(`${SITE}/guide/*`)}`);
    const { count } = await (await openService()).ask(`rows?url=${encodeURIComponent(`${SITE}/guide/*`)}`);
    assert.match(await textOf(page, '.range'), new RegExp(`of ${count}$`));
    assert.match(await textOf(page, '.head'), /folder/);
  });
});

describe('page of the service: rows', () => {
  it('are those of the service, strongest first, with every field of the contract', async () => {
    const page = await visit(`?url=${SITE}`);
    const { response, count } = await (await openService()).ask(`${ROWS}&limit=25`);
    assert.deepEqual(
      await rowAddresses(page),
      response.map((row) => row.backlinkpage),
    );
    assert.equal(await textOf(page, '.range'), `1 to 25 of ${count}`);
    const [row] = response;
    const text = await textOf(page, 'table.rows tbody tr');
    for (const part of [
      row.strength.value.toFixed(1),
      row.title,
      row.linktext,
      `${row.pos} of ${row.sumL}`,
      `${row.extL} out, ${row.intL} within`,
      row.ip,
      row.ccode,
      row.country,
    ])
      assert.ok(text.includes(String(part)), `${part} stands in: ${text}`);
    assert.ok(text.includes(row.linktarget.replace(/^https?:\/\//, '').replace(/^([^/]+)\/$/, '$1')), text);
    assert.match(text, /Oct 2026 last 2 Nov 2026/);
  });

  it('an address may ask for some of them', async () => {
    const { ask } = await openService();
    const page = await visit('');
    for (const [query, call] of FILTERS) {
      await move(page, `?url=${SITE}&${query}&limit=250`);
      const { response } = await ask(`${ROWS}&${call}&limit=250`);
      assert.ok(response.length > 0, call);
      assert.deepEqual(
        await rowAddresses(page),
        response.map((row) => row.backlinkpage),
        call,
      );
    }
    assert.deepEqual(page.trouble, []);
  });

  it('controls put themselves into the address, keep the focus, and are cleared at once', async () => {
    const page = await visit(`?url=${SITE}`);
    await page.getByLabel('Status').focus();
    await page.getByLabel('Status').selectOption('lost');
    await reached(page, 'status=lost');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-focus')), 'filter-status');
    await page.getByLabel('Link text contains').fill('guide');
    await page.keyboard.press('Enter');
    await reached(page, 'anchor=guide');
    await page.getByLabel('Country').fill('nl');
    await page.keyboard.press('Enter');
    await reached(page, 'country=NL');
    await page.getByLabel('One per domain').check();
    await reached(page, 'one-per-domain=yes');
    assert.match(await textOf(page, '.filters summary'), /Filter \(4\)/);
    assert.match(await textOf(page, 'table.rows tbody'), /lost 2 Nov 2026: link removed/);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.waitForFunction((search) => location.search === search, `?url=${SITE}`);
    for (let back = 0; back < 3; back += 1) await page.goBack();
    await reached(page, 'anchor=guide');
    assert.equal(await page.getByLabel('Link text contains').inputValue(), 'guide');
  });

  it('filters that nothing passes say so', async () => {
    const page = await visit(`?url=${SITE}&anchor=nobody+wrote+this`);
    assert.match(await textOf(page, '.nothing'), /^None seen that pass these filters\./);
    await page.locator('.nothing button').click();
    await page.locator('table.rows').waitFor();
  });

  it('pages: next, last, back, sizes; the address opens the same page again', async () => {
    const page = await visit(`?url=${SITE}`);
    const { count } = await (await openService()).ask(ROWS);
    const press = (name) => page.locator('.paging').getByRole('button', { name, exact: true }).click();
    await press('Next');
    await reached(page, 'offset=25');
    assert.equal(await textOf(page, '.range'), `26 to 50 of ${count}`);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-focus')), 'next');
    const second = await rowAddresses(page);
    await press('Last');
    await reached(page, 'offset=125');
    assert.ok(await page.locator('.paging').getByRole('button', { name: 'Next' }).isDisabled());
    await page.goBack();
    await reached(page, 'offset=25');
    assert.deepEqual(await rowAddresses(page), second);
    const again = await visit(new URL(page.url()).search);
    assert.deepEqual(await rowAddresses(again), second);
    await again.getByLabel('A page has').selectOption('250');
    await reached(again, 'limit=250');
    assert.equal((await rowAddresses(again)).length, count);
  });

  it('beyond the end: the true count, and a way back', async () => {
    const page = await visit(`?url=${SITE}&offset=2500`);
    assert.match(await textOf(page, '.range'), /^none here, \d+ in all$/);
    await page.getByRole('button', { name: 'Last' }).click();
    await reached(page, 'offset=125');
    assert.ok((await rowAddresses(page)).length > 0);
  });

  it('an address with nonsense in it asks for what can be read of it', async () => {
    const page = await visit(`?url=${SITE}&limit=7&offset=-3&tag=blink&country=1&sort=x&status=y&view=z&followed=maybe`);
    assert.equal((await rowAddresses(page)).length, 25);
  });

  it('totals are asked for once, however many pages are looked at', async () => {
    const asked = [];
    const before = (page) => page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace('/v3/links/', '')));
    const page = await visit(`?url=${SITE}`, { before });
    await page.locator('.chart').nth(2).waitFor();
    asked.length = 0;
    await page.locator('[data-focus="next"]').click();
    await reached(page, 'offset=25');
    assert.deepEqual(
      asked.filter((path) => path !== '/icon.svg'),
      ['rows'],
    );
  });

  it('keys: arrows go from row to row, and from tab to tab', async () => {
    const page = await visit(`?url=${SITE}`);
    await page.locator('a.page').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const at = () => page.evaluate(() => [...document.querySelectorAll('a.page')].indexOf(document.activeElement));
    assert.equal(await at(), 2);
    await page.keyboard.press('End');
    assert.equal(await at(), 24);
    await page.getByRole('tab', { name: 'Backlinks' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await reached(page, 'view=domains');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-domains');
  });

  it('the heading of the table stays in sight', async () => {
    const page = await visit(`?url=${SITE}`);
    await page.evaluate(() => document.querySelectorAll('table.rows tbody tr')[15].scrollIntoView({ block: 'center' }));
    const { y } = await page.locator('table.rows thead th').first().boundingBox();
    assert.ok(Math.abs(y) < 2, String(y));
  });

  it('the order can be changed by its heading', async () => {
    const page = await visit(`?url=${SITE}`);
    await page.getByRole('button', { name: 'First seen' }).click();
    await reached(page, 'sort=date');
    assert.equal(await page.locator('th.date').getAttribute('aria-sort'), 'descending');
    await page.getByRole('button', { name: 'Strength' }).click();
    await page.waitForFunction(() => !location.search.includes('sort'));
    await settled(page);
  });
});

describe('page of the service: lists', () => {
  it('domains, texts and pages: as the service has them', async () => {
    const { ask } = await openService();
    const page = await visit('');
    for (const [view, key] of [
      ['domains', 'domain'],
      ['texts', 'text'],
      ['pages', 'url'],
    ]) {
      await move(page, `?url=${SITE}&view=${view}&limit=100`);
      const { response, count } = await ask(`${view}?url=${SITE}&limit=100`);
      const shown = await page.locator('table.list tbody tr').count();
      assert.equal(shown, response.length);
      assert.equal(await textOf(page, '.range'), `1 to ${shown} of ${count}`);
      const plain = String(response[0][key]).replace(/^https?:\/\//, '');
      assert.ok((await textOf(page, 'table.list tbody tr')).startsWith(plain), plain);
    }
  });

  it('a domain of the list can be asked about, a text narrows the rows', async () => {
    const page = await visit(`?url=${SITE}&view=texts`);
    await page.locator('table.list button.page').first().click();
    await reached(page, 'anchor=old%20guide');
    assert.match(await textOf(page, 'table.rows tbody tr'), /old guide/);
    const other = await visit(`?url=${SITE}&view=domains`);
    await other
      .getByRole('button', { name: /^Who links to / })
      .first()
      .click();
    await other.waitForFunction((site) => !location.search.includes(site), SITE);
    await settled(other);
  });
});
