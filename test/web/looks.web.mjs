/** How it looks and sounds: day, night, forced colours, narrow, German; for eyes in out/web, for machines by the rules of accessibility.mjs. */
import assert from 'node:assert/strict';
import { barriers } from './accessibility.mjs';
import { move, picture, textOf, visit } from './browser.mjs';
import { PAGE, SITE } from './webOfLinks.mjs';

const LOOKS = {
  light: {},
  dark: { scheme: 'dark' },
  contrast: { scheme: 'dark', forcedColors: 'active' },
  narrow: { width: 360, height: 780 },
  'narrow-german': { width: 320, height: 780, locale: 'de-DE', scheme: 'dark' },
};
const VIEWS = {
  first: '',
  target: `?url=${SITE}`,
  page: `?url=${PAGE}&status=all&limit=50`,
  domains: `?url=${SITE}&view=domains`,
  texts: `?url=${SITE}&view=texts`,
  pages: `?url=${SITE}&view=pages`,
  none: '?url=nobody-links-here.example',
  refused: '?url=not%20a%20url',
};

describe('page of the service: looks', () => {
  for (const [look, options] of Object.entries(LOOKS)) {
    it(`${look}: nobody is kept out`, async function () {
      this.timeout(40_000);
      const page = await visit('', options);
      await page.locator('.examples li').first().waitFor();
      for (const [view, query] of Object.entries(VIEWS)) {
        await move(page, query);
        if (['target', 'page'].includes(view)) await page.locator('.chart').first().waitFor();
        await unfold(page, true);
        assert.deepEqual(await barriers(page), [], `${look}, ${view}`);
        await unfold(page, false);
        if (['first', 'target', 'none'].includes(view)) await picture(page, `${view}-${look}`);
      }
      // The target that is none is refused with 400, which a browser notes.
      assert.deepEqual(
        page.trouble.filter((line) => !/status of 400/.test(line)),
        [],
      );
    });
  }

  it('the dialog for keys', async () => {
    const before = (page) =>
      page.route('**/v3/links/**', (route) => route.fulfill({ status: 401, json: { error: 4011001, error_message: 'This service needs a token.' } }));
    for (const scheme of ['light', 'dark']) {
      const page = await visit(`?url=${SITE}`, { scheme, before });
      assert.deepEqual(await barriers(page), []);
      await page.locator('.notice button').click();
      await page.locator('dialog[open]').waitFor();
      assert.deepEqual(await barriers(page), []);
      await picture(page, `key-${scheme}`);
    }
  });

  it('speaks German to whoever reads it, numbers and days as well', async () => {
    const page = await visit(`?url=${SITE}`, { locale: 'de-AT' });
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    assert.match(
      await textOf(page, '.tiles'),
      /^Stärke 8,3 Stärke 0 bis 10 in diesem Index von 74 bekannten Seiten Backlinks 143 auf den 79 Seiten dieses Index/,
    );
    assert.match(await textOf(page, '.range'), /^1 bis 25 von 143$/);
    await page.locator('.chart').nth(2).waitFor();
    const english = /\b(the|of|and|links|page|with|by|from|is|to)\b/i;
    const words = (await page.locator('.tiles, .told, .tabs, .filters, thead, .below, footer, figcaption').allInnerTexts()).join(' ');
    assert.deepEqual(words.match(/\b(the|of|and|page|with|from|is)\b/gi) ?? [], [], words.slice(0, 300));
    assert.ok(english.test('the'));
  });

  it('moves nothing where less motion is wished', async () => {
    const page = await visit(`?url=${SITE}`, { reducedMotion: 'reduce' });
    const moving = await page.evaluate(
      () =>
        document.getAnimations().length + [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).animationName !== 'none').length,
    );
    assert.equal(moving, 0);
  });

  it('says to screen readers what has come', async () => {
    const page = await visit(`?url=${SITE}`);
    assert.equal(await page.locator('#said').textContent(), '1 to 25 of 143');
    await page.locator('[data-focus="next"]').click();
    await page.waitForFunction(() => document.querySelector('#said').textContent === '26 to 50 of 143');
  });
});

/** Everything that is folded, so that what is in it is looked at, too. */
async function unfold(page, open) {
  await page.locator('details:not(.filters)').evaluateAll((all, wanted) => {
    for (const one of all) one.open = wanted;
  }, open);
}
