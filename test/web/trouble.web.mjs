/** What the page does when something is in the way: strangers' texts, no network, a service that is slow, gone, busy, wrong or built anew; and keys. */
import assert from 'node:assert/strict';
import { SECRET, startKeyed } from '../api/access/keyed.ts';
import { openService, PAGE_FOLDER, rowAddresses, settled, textOf, visit } from './browser.mjs';
import { HOSTILE, PAGE, SITE } from './webOfLinks.mjs';

describe('page of the service: texts of strangers', () => {
  it('stay texts: no element, no script, no address but http and https', async () => {
    const page = await visit(`?url=${PAGE}&limit=250`);
    await page.locator('.chart').first().waitFor();
    const { text, elements, links, harmed, directions } = await page.evaluate(() => ({
      text: document.querySelector('table.rows').textContent,
      elements: document.querySelectorAll('main img, main script, main iframe, main form:not(.ask), main [onerror], main [onclick], main style')
        .length,
      links: [...document.querySelectorAll('main a[href]')].map((link) => [link.protocol, link.rel, link.target, link.referrerPolicy].join(' ')),
      harmed: window.harmed,
      directions: /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(document.body.textContent),
    }));
    assert.deepEqual([elements, harmed, directions], [0, undefined, false]);
    assert.ok(text.includes(HOSTILE.markup) && text.includes('&lt;b&gt; "quotes" \' & more'), 'shown as it was written');
    assert.deepEqual([...new Set(links)], ['https: noopener noreferrer nofollow _blank no-referrer']);
    assert.deepEqual(page.trouble, []);
  });

  it('ten kilobytes of title are cut, and push nothing aside', async () => {
    const page = await visit(`?url=${PAGE}&anchor=long%20long`);
    const title = await page.locator('a.page .title').first().textContent();
    assert.ok(title.startsWith('long long') && title.endsWith('…') && title.length <= 301, String(title.length));
    const { width } = await page.locator('table.rows').boundingBox();
    assert.ok(width < 1280, String(width));
  });

  it('an address that the service would never give is no link', async () => {
    const before = (page) =>
      page.route('**/v3/links/rows?*', async (route) => {
        const reply = await route.fetch();
        const body = await reply.json();
        body.response[0].backlinkpage = 'javascript:window.harmed=1';
        body.response[1].backlinkpage = 'data:text/html,<script>window.harmed=1</script>';
        await route.fulfill({ response: reply, json: body });
      });
    const page = await visit(`?url=${SITE}`, { before });
    assert.equal(await page.locator('table.rows tbody tr').count(), 25);
    assert.deepEqual((await rowAddresses(page)).length, 23);
    await page.locator('span.page').first().click();
    assert.equal(await page.evaluate(() => window.harmed), undefined);
  });

  it('nothing can be put in as markup or run from elsewhere: the policy refuses', async () => {
    const page = await visit(`?url=${SITE}`);
    const told = await page.evaluate(async () => {
      const outcome = [];
      document.addEventListener('securitypolicyviolation', (event) => outcome.push(event.effectiveDirective));
      try {
        document.body.innerHTML = '<b>markup</b>';
      } catch (error) {
        outcome.push(error.name);
      }
      const style = document.createElement('style');
      style.textContent = 'body{display:none}';
      document.head.append(style);
      await fetch('https://elsewhere.example/').catch(() => outcome.push('not asked'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return outcome;
    });
    for (const refused of ['TypeError', 'style-src-elem', 'connect-src', 'not asked']) assert.ok(told.includes(refused), `${refused}: ${told}`);
  });
});

describe('page of the service: taking along', () => {
  it('CSV of what is in sight, and of everything: each cell is inert', async () => {
    const page = await visit(`?url=${SITE}`);
    const { count } = await (await openService()).ask(`rows?url=${SITE}`);
    for (const [name, lines] of [
      ['CSV of these 25', 25],
      [`CSV of all ${count}`, count],
    ]) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      assert.equal(download.suggestedFilename(), `backlinks-${SITE}.csv`);
      const text = await streamText(await download.createReadStream());
      assert.equal(text.trimEnd().split('\r\n').length, lines + 1);
      assert.match(text, /^\ufeffSource URL,Title,Link text,/);
      assert.doesNotMatch(text, /(^|,)"?[=+@]/m);
      if (lines === count) assert.match(text, /"'=HYPERLINK\(""https:\/\/evil\.example/);
    }
    assert.deepEqual(page.trouble, []);
  });

  it('copies an address, the rows, and the link to what is seen', async () => {
    const page = await visit(`?url=${SITE}&offset=25`);
    const [first] = await rowAddresses(page);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.locator('td.tools button').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#said').textContent === 'Address copied.');
    assert.equal(await clipboard(), first);
    await page.getByRole('button', { name: 'Copy these rows' }).click();
    await page.waitForFunction(() => document.querySelector('#said').textContent === 'Rows copied.');
    assert.equal((await clipboard()).split('\n').length, 25);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.waitForFunction(() => /Link to this view/.test(document.querySelector('#said').textContent));
    assert.equal(await clipboard(), page.url());
  });
});

describe('page of the service: something is in the way', () => {
  const routed = (pattern, answer) => ({ before: (page) => page.route(pattern, answer) });

  it('slow: says what it looks up, and can be stopped and begun again', async () => {
    let slow = true;
    const page = await visit(
      '',
      routed('**/v3/links/summaries', async (route) => {
        if (slow) await new Promise((resolve) => setTimeout(resolve, 1_500));
        await route.continue().catch(() => {});
      }),
    );
    await page.getByLabel('URL or domain').fill(SITE);
    await page.keyboard.press('Enter');
    await page.locator('.waiting:visible').waitFor();
    assert.match(await textOf(page, '.waiting'), /^Looking up handbook\.example … Cancel$/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.match(await textOf(page, '.notice'), /^Cancelled\. Try again$/);
    slow = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('table.rows').waitFor();
    assert.equal(await page.locator('.notice, .waiting').count(), 0);
  });

  it('a later question takes the place of an earlier one, whichever answer comes first', async () => {
    const page = await visit(
      '',
      routed('**/v3/links/summaries', async (route) => {
        if (route.request().postData().includes('slow')) await new Promise((resolve) => setTimeout(resolve, 600));
        await route.continue().catch(() => {});
      }),
    );
    const field = page.getByLabel('URL or domain');
    await field.fill('slow.example');
    await page.keyboard.press('Enter');
    await field.fill(SITE);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(900);
    await settled(page);
    assert.equal(await textOf(page, '.results h1'), SITE);
    assert.equal(await page.locator('.notice').count(), 0);
  });

  it('offline: what is known stays, and it goes on by itself', async () => {
    const page = await visit(`?url=${SITE}`);
    await page.context().setOffline(true);
    try {
      await page.locator('[data-focus="next"]').click();
      await page.locator('.notice').waitFor();
      assert.match(await textOf(page, '.notice'), /^Offline\. What stands here is kept until you leave\. Try again$/);
      assert.equal((await rowAddresses(page)).length, 25);
    } finally {
      await page.context().setOffline(false);
    }
    await page.waitForFunction(() => document.querySelector('.notice') === null);
    await settled(page);
    assert.match(await textOf(page, '.range'), /^26 to 50/);
  });

  for (const [what, answer, words] of [
    ['gone', (route) => route.abort('connectionrefused'), /^The service does not answer\. Is it still running\?.* Try again$/],
    [
      'down',
      (route) => route.fulfill({ status: 503, json: { error: 5001001, error_message: 'The index could not be read.' } }),
      /^The service cannot answer just now\. Its log tells why\. The index could not be read\. Try again$/,
    ],
    [
      'no service at all',
      (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to our hotel</h1>' }),
      /^The answer could not be read\./,
    ],
    [
      'another version',
      (route) => route.fulfill({ status: 200, json: { count: 1, response: [{ backlinks: 'many' }] } }),
      /^The answer could not be read\./,
    ],
    ['a proxy that is late', (route) => route.fulfill({ status: 504, body: '' }), /^No answer in time\./],
  ]) {
    it(`${String(what)}: says so`, async () => {
      const page = await visit(`?url=${SITE}`, routed('**/v3/links/summaries', answer));
      await page.locator('.notice').waitFor();
      assert.match(await textOf(page, '.notice'), words);
      assert.equal(await page.locator('.notice').getAttribute('role'), 'alert');
    });
  }

  it('busy: counts the seconds that it is asked to wait', async () => {
    let busy = true;
    const page = await visit(
      `?url=${SITE}`,
      routed('**/v3/links/rows?*', (route) =>
        busy
          ? route.fulfill({
              status: 429,
              headers: { 'retry-after': '2' },
              json: { error: 4291001, error_message: 'More than 60 calls a minute of this key.' },
            })
          : route.continue(),
      ),
    );
    assert.match(await textOf(page, '.notice'), /^The service asks to wait 2 s\. Too many questions in a short time\. More than 60/);
    assert.ok(await page.getByRole('button', { name: /^Try again in [12] s$/ }).isDisabled());
    busy = false;
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await page.locator('table.rows').waitFor();
  });

  it('built anew between two pages: begins again', async () => {
    const offsets = [];
    const page = await visit(
      `?url=${SITE}`,
      routed('**/v3/links/rows?*', async (route) => {
        const response = await route.fetch();
        const anew = offsets.push(new URL(route.request().url()).searchParams.get('offset')) > 1;
        await route.fulfill({ response, headers: { ...response.headers(), ...(anew ? { 'backlink-lens-generation': 'another' } : {}) } });
      }),
    );
    await page.locator('[data-focus="next"]').click();
    await page.waitForFunction((search) => location.search === search && history.length > 3, `?url=${SITE}`);
    await settled(page);
    assert.deepEqual(offsets, ['0', '25', '0']);
    assert.match(await textOf(page, '.range'), /^1 to 25/);
  });
});

describe('page of the service: keys', () => {
  let service;
  before(async () => {
    service = await startKeyed({ page: PAGE_FOLDER });
  });
  after(() => service.close());

  const give = async (page, key, secret) => {
    await page.getByLabel('Key', { exact: true }).fill(key);
    await page.getByLabel('Secret').fill(secret);
    await page.getByRole('button', { name: 'Use it' }).click();
  };

  it('asks for one, refuses a wrong one, keeps the token in this tab, shows what is left, forgets it', async () => {
    const id = service.addKey('page', 100);
    const page = await visit('?url=tidetables.example', { service: service.url });
    assert.match(await textOf(page, '.notice'), /^This service asks for a key\. Its operator gives keys out\./);
    await page.locator('.notice').getByRole('button', { name: 'Give a key' }).click();
    await give(page, id, 'wrong');
    await page.getByText('The service refused this key and secret.').waitFor();
    await give(page, id, SECRET);
    await page.locator('table.rows').waitFor();
    await page.locator('.chart').first().waitFor();
    await page.locator('.balance', { hasText: /^96 credits left$/ }).waitFor();
    const { kept, elsewhere } = await page.evaluate(() => ({
      kept: Object.values(sessionStorage),
      elsewhere: [document.cookie, ...Object.values(localStorage), location.href, document.body.innerHTML],
    }));
    assert.equal(kept.length, 1);
    assert.ok(elsewhere.every((text) => !text.includes(kept[0]) && !text.includes(SECRET)));
    await page.reload();
    await page.locator('table.rows').waitFor();
    const other = await visit('?url=tidetables.example', { service: service.url });
    assert.match(await textOf(other, '.notice'), /asks for a key/);
    await page.getByRole('button', { name: 'Key', exact: true }).click();
    await page.getByRole('button', { name: 'Forget the key' }).click();
    await page.locator('.notice').waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.deepEqual(
      page.trouble.filter((line) => !/401/.test(line)),
      [],
    );
  });

  it('takes a token as well, and says when credits are spent or the key is suspended', async () => {
    const id = service.addKey('spent', 2);
    const token = await service.tokenFor(id);
    const page = await visit('?url=tidetables.example', { service: service.url });
    await page.locator('#tools button').click();
    await page.getByLabel('Token').fill(token);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('dialog').open === false);
    await settled(page);
    await page.locator('#panel table').waitFor();
    await page.locator('[data-focus="next"]').click();
    await page.locator('.notice').waitFor();
    assert.match(await textOf(page, '.notice'), /^The service refuses this\..* Insufficient credits to make this service request/);
    service.clock.now += 4_000_000;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The key was refused.').waitFor();
    assert.match(await textOf(page, '.notice'), /The token has expired/);
  });

  it('the dialog can be left by Escape, and gives the focus back', async () => {
    const page = await visit('?url=tidetables.example', { service: service.url });
    const opener = page.locator('.notice').getByRole('button', { name: 'Give a key' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('dialog').open === false);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Give a key');
  });
});

async function streamText(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
