/** Majestic against the one suite, and what is its own: the fresh index, codes in replies of status 200, estimates, -1. */
import assert from 'node:assert/strict';
import { createMajesticSource } from '../../../server/src/sources/majestic/source.ts';
import { never, overMock } from '../over.ts';
import { describeVendor } from '../vendor.ts';
import { BIG, linkOf, SMALL, target } from '../world.ts';
import { FAILURES } from './failures.ts';
import { backLinksReply, formOf, itemOf, itemsReply, KEY, majestic, refusal, rowOf } from './world.ts';

describeVendor({
  id: 'majestic',
  key: KEY,
  secrets: [KEY.secret],
  handler: majestic,
  create: createMajesticSource,
  failures: FAILURES,
  totals: 'rows',
  rowsOrder: 'strength',
  internal: ['exclude'],
});

describe('Majestic', () => {
  const over = overMock(createMajesticSource, KEY);

  it('asks its own address where no other is set', () =>
    over(majestic(), async (source, { requests }) => {
      await source.summaries([target(SMALL)], never());
      assert.deepEqual(
        requests.map(({ origin, path }) => origin + path),
        ['https://api.majestic.com/api/json'],
      );
    }));

  it('always asks the fresh index, for links that are not deleted, and pages by From and Count', () =>
    over(majestic(), async (source, wire) => {
      await source.summaries([target(BIG)], never());
      await source.rows(target(BIG), { limit: 25, offset: 50, internal: 'exclude' }, never());
      const forms = wire.requests.map((request) => Object.fromEntries(formOf(request)));
      for (const form of forms) assert.deepEqual([form['datasource'], form['app_api_key']], ['fresh', KEY.secret]);
      const [items, rows] = forms;
      assert.deepEqual([items?.['cmd'], items?.['items'], items?.['item0']], ['GetIndexItemInfo', '1', BIG]);
      assert.deepEqual([rows?.['cmd'], rows?.['Mode'], rows?.['From'], rows?.['Count']], ['GetBackLinkData', '1', '50', '25']);
    }));

  it('writes domains and hosts as names and pages as addresses, as they are', () =>
    over(majestic(), async (source, wire) => {
      await source.summaries([BIG, `blog.${BIG}`, 'http://www.a.com/%C3%BC?b=1&c=%26'].map(target), never());
      const form = wire.requests.map(formOf)[0];
      assert.deepEqual(
        [0, 1, 2].map((index) => form?.get(`item${index}`)),
        [BIG, `blog.${BIG}`, 'http://www.a.com/%C3%BC?b=1&c=%26'],
      );
    }));

  it('counts units of all kinds: one an item, 5,000 a call for rows, one a row', () =>
    over(majestic(), async (source) => {
      await source.summaries([BIG, SMALL].map(target), never());
      assert.deepEqual(source.spent, { calls: 1, rows: 0, amount: 2 });
      await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.deepEqual(source.spent, { calls: 2, rows: 3, amount: 5005 });
    }));

  it('counts the call, and no units, where it is refused', () =>
    over(
      majestic(() => refusal('InsufficientRetrievalResUnits')),
      async (source) => {
        await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never()).catch(() => {});
        assert.deepEqual(source.spent, { calls: 1, rows: 0, amount: 0 });
      },
    ));

  it('takes a code that says that nothing was found for no rows', () =>
    over(
      majestic(() => refusal('ItemNotFound')),
      async (source) => {
        const page = await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
        assert.deepEqual([page.rows, page.total], [[], 0]);
      },
    ));

  it('reads each kind of link in our words', () => {
    const kinds: readonly (readonly [Record<string, unknown>, Record<string, unknown>])[] = [
      [
        { LinkType: 'TextLink', AnchorText: 'a' },
        { tag: 'a', anchorText: 'a' },
      ],
      [
        { LinkType: 'TextLink', AnchorText: '' },
        { tag: 'a', anchorText: '' },
      ],
      [{ LinkType: 'TextLink', AnchorText: null }, { anchorText: null }],
      [
        { FlagImages: 1, AnchorText: 'Logo' },
        { tag: 'aimg', anchorText: 'Logo' },
      ],
      [
        { FlagImages: true, AnchorText: '' },
        { tag: 'aimg', anchorText: '[img]' },
      ],
      [{ FlagFrame: 1 }, { tag: 'iframe' }],
      [{ FlagRedirect: '1' }, { tag: 'redirect', anchorText: '[redirect]' }],
      [{ LinkType: 'Something' }, { tag: null }],
      [{ LinkType: ' ' }, { tag: null }],
      [{ FlagNoFollow: 0 }, { nofollow: false }],
      [{ FlagNoFollow: 1 }, { nofollow: true }],
      [{ FlagNoFollow: null }, { nofollow: null }],
      [{ SourceCitationFlow: 61 }, { strength: { basis: 'vendor', name: 'CF', scale: 100, value: 61 } }],
      [{ SourceCitationFlow: -1 }, { strength: null }],
      [{ SourceTitle: ' ' }, { title: null }],
      [
        { FirstIndexedDate: '2012-04-18', LastSeenDate: ' ' },
        { firstSeen: '2012-04-18', lastSeen: null },
      ],
    ];
    const rows = kinds.map(([fields]) => ({ ...rowOf(linkOf(SMALL, 1)), ...fields }));
    return over(
      majestic(() => backLinksReply(rows, rows.length)),
      async (source) => {
        const page = await source.rows(target(SMALL), { limit: 25, offset: 0, internal: 'exclude' }, never());
        for (const [index, [, expected]] of kinds.entries()) {
          const read: Readonly<Record<string, unknown>> = { ...page.rows[index] };
          assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, read[name]])), expected);
        }
      },
    );
  });

  it('tells what is known of an item, what is estimated, and what is not known', () => {
    const cases: readonly (readonly [Record<string, unknown>, readonly unknown[]])[] = [
      [{ Status: 'Found', ExtBackLinks: 7, RefDomains: 3, CitationFlow: 20 }, [7, 3, 20]],
      [{ Status: 'Found', ExtBackLinks: '7', RefDomains: '3', CitationFlow: '20' }, [7, 3, 20]],
      [{ Status: 'NotFound', ExtBackLinks: 0, RefDomains: 0, CitationFlow: 0 }, [0, 0, null]],
      [{ Status: 'MayExist', ExtBackLinks: 2, RefDomains: 1, CitationFlow: 0 }, [2, 1, null]],
      [{ Status: 'MayExist', ExtBackLinks: 0, RefDomains: 0, CitationFlow: 0 }, [null, null, null]],
      [{ Status: 'Found', ExtBackLinks: -1, RefDomains: ' ', CitationFlow: -1 }, [null, null, null]],
      [{ Status: null, ExtBackLinks: null, RefDomains: undefined }, [null, null, null]],
    ];
    return over(
      majestic(() => itemsReply(cases.map(([fields], index) => ({ ...itemOf(BIG, index), ...fields })))),
      async (source) => {
        const results = await source.summaries(
          cases.map((_, index) => target(`site-${index}.com`)),
          never(),
        );
        assert.deepEqual(
          results.map((result) =>
            'summary' in result ? [result.summary.backlinks, result.summary.referringDomains, result.summary.strength?.value ?? null] : result.error,
          ),
          cases.map(([, expected]) => expected),
        );
        for (const result of results) assert.equal('summary' in result ? result.summary.asOf : null, '2026-11-20');
      },
    );
  });

  it('says where its index stands once it was told', () =>
    over(majestic(), async (source) => {
      assert.equal((await source.info(never())).asOf, null);
      await source.summaries([target(BIG)], never());
      assert.equal((await source.info(never())).asOf, '2026-11-20');
    }));

  it('fails only the target whose item is refused or missing', () =>
    over(
      majestic((request) =>
        itemsReply(
          [itemOf(BIG, 0), { ...itemOf('x', 1), ResultCode: 'Blocked' }, { ...itemOf('y', 2), RefDomains: {} }].slice(
            0,
            Number(formOf(request).get('items')),
          ),
        ),
      ),
      async (source) => {
        const results = await source.summaries([BIG, 'blocked-site.com', 'odd-site.com', 'missing-site.com'].map(target), never());
        assert.deepEqual(
          results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
          [533, 'refused-target', 'bad-reply', 'bad-reply'],
        );
      },
    ));
});
