/** Bing Webmaster Tools against the one suite, and what only it does: one's own sites, counts of many pages, lists of lists. */
import assert from 'node:assert/strict';
import { createBingSource } from '../../../server/src/sources/bing/source.ts';
import type { SummaryResult } from '../../../server/src/sources/source.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { never, overMock } from '../over.ts';
import { describeVendor } from '../vendor.ts';
import type { Wire } from '../wires.ts';
import { BIG, EMPTY, json, SMALL, target } from '../world.ts';
import { BING_FAILURES } from './failures.ts';
import { bing, KEY, problem } from './world.ts';

const page = (limit: number, offset = 0) => ({ limit, offset, internal: 'exclude' }) as const;

describeVendor({
  id: 'bing',
  key: KEY,
  secrets: [KEY.secret],
  handler: bing,
  create: createBingSource,
  failures: BING_FAILURES,
  totals: 'none',
  internal: ['exclude'],
  nullIsEmpty: true,
  costVaries: true,
  keyInAddress: true,
  // A hundred targets in a hundred sites, one call each for a list of counts, and two for the site that has a longer one and a blog.
  callsPerBatch: 102,
});

const over = overMock(createBingSource, KEY);

/** What was called, with the part of the list. */
function called(wire: Wire): string[] {
  return wire.requests.map(({ path }) => {
    const url = new URL(path, 'http://host');
    return [url.pathname.split('/').at(-1), url.searchParams.get('link') ?? url.searchParams.get('siteUrl'), url.searchParams.get('page')]
      .filter((part) => part != null)
      .join(' ');
  });
}

function outcomes(results: readonly SummaryResult[]): unknown[] {
  return results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason));
}

describe('Bing: whose sites', () => {
  it('answers for the sites of the account and refuses the rest, in a sentence that says so', () =>
    over(bing(), async (source, wire) => {
      const names = [BIG, `blog.${BIG}`, `https://${BIG}/none`, 'unverified-site.com', 'somebody-else.com', `https://${SMALL}/?utm_source=x`, EMPTY];
      const results = await source.summaries(names.map(target), never());
      assert.deepEqual(outcomes(results), [533, 7, 0, 'refused-target', 'refused-target', 3, 0]);
      const [, , , refused] = results;
      assert.ok(refused !== undefined && 'error' in refused);
      assert.match(refused.error.message, /verified sites of your own account only, and unverified-site\.com is in none of them/);
      assert.ok(wire.requests.every(({ path }) => !path.includes('unverified') && !path.includes('somebody-else')));
      await assert.rejects(source.rows(target('somebody-else.com'), page(10), never()), (error) =>
        BacklinkLensError.is(error, 'source.refused-target'),
      );
    }));

  it('asks the site that is nearest to a page, and none that is only a part of a domain', () => {
    const sites = ['https://a-site.com/docs/', 'https://a-site.com/', 'http://www.b-site.com/docs/', 'ftp://c-site.com/'].map((Url) => ({
      Url,
      IsVerified: true,
    }));
    const counted = (path: string) =>
      path.includes('docs') ? { Url: 'https://a-site.com/docs/a', Count: 4 } : { Url: 'https://a-site.com/', Count: 5 };
    const account = bing(({ path }) => (path.includes('GetUserSites') ? json({ d: sites }) : json({ d: { Links: [counted(path)], TotalPages: 1 } })));
    return over(account, async (source, wire) => {
      const names = ['https://a-site.com/docs/a', 'https://a-site.com/', 'a-site.com', 'https://www.b-site.com/docs/', 'b-site.com', 'c-site.com'];
      assert.deepEqual(outcomes(await source.summaries(names.map(target), never())), [4, 5, 5, 0, 'refused-target', 'refused-target']);
      assert.deepEqual(called(wire), [
        'GetUserSites',
        'GetLinkCounts https://a-site.com/docs/ 0',
        'GetLinkCounts https://a-site.com/ 0',
        'GetLinkCounts http://www.b-site.com/docs/ 0',
      ]);
    });
  });

  it('counts a page once that two sites tell of', () => {
    const sites = ['https://a-site.com/', 'http://a-site.com/'].map((Url) => ({ Url, IsVerified: true }));
    const account = bing(({ path }) =>
      path.includes('GetUserSites')
        ? json({ d: sites })
        : json({ d: { Links: [{ Url: 'https://a-site.com/', Count: path.includes('https') ? 4 : 3 }], TotalPages: 1 } }),
    );
    return over(account, async (source) => assert.deepEqual(outcomes(await source.summaries([target('a-site.com')], never())), [4]));
  });
});

describe('Bing: counts', () => {
  it('are read once for a site, part by part, and anew after ten minutes; the list of sites after one', () =>
    over(bing(), async (source, wire, tick) => {
      const ask = () => source.summaries([`https://${BIG}/`, `https://${BIG}/guide`].map(target), never());
      const [sites, counts] = ['GetUserSites', [`GetLinkCounts https://${BIG}/ 0`, `GetLinkCounts https://${BIG}/ 1`]] as const;
      const expected = [sites, ...counts];
      await Promise.all([ask(), ask()]);
      tick(59_999);
      await ask();
      assert.deepEqual(called(wire), expected);
      tick(1);
      await ask();
      assert.deepEqual(called(wire), [...expected, sites]);
      tick(540_000);
      await ask();
      assert.deepEqual(called(wire), [...expected, sites, sites, ...counts]);
      assert.deepEqual(source.spent, { calls: 7, rows: 0, amount: 7 });
    }));

  it('are there for a site that was verified just now', () => {
    let verified = false;
    const account = bing(({ path }) => (path.includes('GetUserSites') ? json({ d: [{ Url: `https://${SMALL}/`, IsVerified: verified }] }) : null));
    return over(account, async (source, _wire, tick) => {
      const ask = () => source.summaries([target(SMALL)], never());
      assert.deepEqual(outcomes(await ask()), ['refused-target']);
      verified = true;
      tick(60_000);
      assert.deepEqual(outcomes(await ask()), [3]);
    });
  });

  it('tell the forms of a page', () =>
    over(bing(), async (source) => {
      const results = await source.summaries([`https://${BIG}/`, BIG].map(target), never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? [result.summary.unit, result.summary.forms] : null)),
        [
          [
            'links',
            [
              { url: `https://${BIG}/`, backlinks: 30 },
              { url: `http://www.${BIG}/`, backlinks: 10 },
            ],
          ],
          ['links', null],
        ],
      );
    }));

  it('of a list without end are not read without end, and what was not read is not taken for none', () => {
    const endless = bing(({ path }) =>
      path.includes('GetLinkCounts') ? json({ d: { Links: [{ Url: `https://${SMALL}/a`, Count: 1 }], TotalPages: 30_000 } }) : null,
    );
    return over(endless, async (source, wire) => {
      assert.deepEqual(outcomes(await source.summaries([`https://${SMALL}/b`, SMALL].map(target), never())), [null, null]);
      assert.equal(wire.requests.length, 201);
    });
  });

  it('that promise far more than they hold end with the first empty part, and are not taken for none', () =>
    over(
      bing(({ path }) => (path.includes('GetLinkCounts') ? json({ d: { Links: null, TotalPages: 30_000 } }) : null)),
      async (source, wire) => {
        assert.deepEqual(outcomes(await source.summaries([target(SMALL)], never())), [null]);
        assert.equal(wire.requests.length, 2);
      },
    ));

  it('of one site that fail leave the others answered; a refused key does not', () =>
    over(
      bing(({ path }) => (path.includes('GetLinkCounts') && path.includes('blog') ? problem(14, 'NotAuthorized') : null)),
      async (source) => assert.deepEqual(outcomes(await source.summaries([`blog.${BIG}`, SMALL].map(target), never())), ['refused-target', 3]),
    ));

  it('keep what was answered when the service asks to wait in the middle', () =>
    over(
      bing(({ path }) => (path.includes('GetLinkCounts') && path.includes(EMPTY) ? problem(4, 'ThrottleUser') : null)),
      async (source) => assert.deepEqual(outcomes(await source.summaries([SMALL, EMPTY, BIG].map(target), never())), [3, 'throttled', 'throttled']),
    ));
});

describe('Bing: rows', () => {
  it('come from one list after another, and no part of a list is asked for twice in a row', () =>
    over(bing(), async (source, wire) => {
      for (let offset = 0; offset < 540; offset += 10) await source.rows(target(BIG), page(10, offset), never());
      const lists = called(wire).filter((call) => call.startsWith('GetUrlLinks'));
      assert.deepEqual(lists, [
        ...[0, 1, 2, 3, 4, 5].map((part) => `GetUrlLinks https://${BIG}/guide ${part}`),
        `GetUrlLinks https://${BIG}/ 0`,
        `GetUrlLinks http://www.${BIG}/ 0`,
        `GetUrlLinks http://blog.${BIG}/moved 0`,
      ]);
    }));

  it('name the page that they point to', () =>
    over(bing(), async (source) => {
      const { rows } = await source.rows(target(`https://${BIG}/`), page(50), never());
      assert.deepEqual(
        [rows.length, rows[0]?.targetUrl, rows[39]?.targetUrl, rows[1]?.anchorText],
        [40, `https://${BIG}/`, `http://www.${BIG}/`, 'words 1'],
      );
      assert.deepEqual([rows[0]?.nofollow, rows[0]?.strength, rows[0]?.tag], [null, null, null]);
    }));

  it('of a list that is empty though it is counted are those of the next', () =>
    over(
      bing(({ path }) => (path.includes('GetUrlLinks') && path.includes('guide') ? json({ d: { Details: [], TotalPages: 6 } }) : null)),
      async (source) => {
        const { rows, total } = await source.rows(target(BIG), page(100), never());
        assert.deepEqual([rows.length, total], [47, null]);
      },
    ));
});
