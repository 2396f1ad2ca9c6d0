/** Ahrefs against the one suite, and what its fields mean. */
import assert from 'node:assert/strict';
import { createAhrefsSource } from '../../../server/src/sources/ahrefs/source.ts';
import { never, overMock } from '../over.ts';
import { describeVendor } from '../vendor.ts';
import { BIG, json, linkOf, SMALL, target } from '../world.ts';
import { FAILURES } from './failures.ts';
import { ahrefs, isBatch, isRows, KEY, rowOf } from './world.ts';

describeVendor({
  id: 'ahrefs',
  key: KEY,
  secrets: [KEY.secret],
  handler: ahrefs,
  create: createAhrefsSource,
  failures: FAILURES,
  totals: 'none',
  rowsOrder: 'strength',
  kinds: ['domain', 'host', 'page', 'folder'],
  internal: ['exclude'],
});

describe('Ahrefs: what is asked and answered', () => {
  const over = overMock(createAhrefsSource, KEY);

  it('asks its own address where no other is set', () =>
    over(ahrefs(), async (source, { requests }) => {
      await source.summaries([target(SMALL)], never());
      assert.deepEqual(
        requests.map(({ origin, path }) => origin + path),
        ['https://api.ahrefs.com/v3/batch-analysis/batch-analysis'],
      );
    }));

  it('takes a 404 that speaks of the target for "no data"', () =>
    over(
      ahrefs((request) => (isRows(request) ? json({ error: 'No data found for target' }, 404) : null)),
      async (source) => {
        const page = await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
        assert.deepEqual(page.rows, []);
      },
    ));

  it('reads each kind of link in our words', () => {
    const kinds: readonly (readonly [Record<string, unknown>, Record<string, unknown>])[] = [
      [
        { link_type: 'text', anchor: 'a' },
        { tag: 'a', anchorText: 'a' },
      ],
      [
        { link_type: 'text', anchor: '' },
        { tag: 'a', anchorText: '' },
      ],
      [
        { link_type: 'text', anchor: null },
        { tag: 'a', anchorText: null },
      ],
      [
        { link_type: 'image', anchor: '', alt: 'Logo' },
        { tag: 'aimg', anchorText: 'Logo' },
      ],
      [
        { link_type: 'image', anchor: '', alt: null },
        { tag: 'aimg', anchorText: '[img]' },
      ],
      [{ link_type: 'frame' }, { tag: 'iframe' }],
      [{ link_type: 'form' }, { tag: 'form' }],
      [
        { link_type: 'redirect', redirect_code: 301 },
        { tag: 'redirect', anchorText: '[redirect 301]' },
      ],
      [
        { link_type: 'redirect', redirect_code: null },
        { tag: 'redirect', anchorText: '[redirect]' },
      ],
      [{ link_type: 'canonical' }, { tag: null }],
      [{ link_type: 'something new' }, { tag: null }],
      [
        { is_nofollow: false, is_ugc: false, is_sponsored: false },
        { nofollow: false, rel: [] },
      ],
      [
        { is_nofollow: false, is_ugc: true, is_sponsored: true },
        { nofollow: true, rel: ['ugc', 'sponsored'] },
      ],
      [
        { is_nofollow: null, is_ugc: false, is_sponsored: false },
        { nofollow: null, rel: [] },
      ],
      [
        { is_nofollow: null, is_ugc: null, is_sponsored: null },
        { nofollow: null, rel: null },
      ],
      [
        { links_external: null, links_internal: 4 },
        { externalLinks: null, internalLinks: 4, totalLinks: null },
      ],
      [{ url_rating_source: 30.7 }, { strength: { basis: 'vendor', name: 'UR', scale: 100, value: 30.7 } }],
      [{ url_rating_source: null }, { strength: null }],
      [
        { first_seen_link: '2024-05-01 09:10:00', last_visited: '' },
        { firstSeen: '2024-05-01', lastSeen: null },
      ],
    ];
    const rows = kinds.map(([fields]) => ({ ...rowOf(linkOf(SMALL, 1)), ...fields }));
    return over(
      ahrefs((request) => (isRows(request) ? json({ backlinks: rows }) : null)),
      async (source) => {
        const page = await source.rows(target(SMALL), { limit: 25, offset: 0, internal: 'exclude' }, never());
        for (const [index, [, expected]] of kinds.entries()) {
          const read: Readonly<Record<string, unknown>> = { ...page.rows[index] };
          assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, read[name]])), expected);
        }
      },
    );
  });

  it('gives UR for a page, DR for a domain, and neither for what lies between', () =>
    over(ahrefs(), async (source) => {
      const results = await source.summaries([`https://${BIG}/`, BIG, `blog.${BIG}`, `${BIG}/docs/*`, 'somebody.github.io'].map(target), never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.strength : result.error)),
        [{ basis: 'vendor', name: 'UR', scale: 100, value: 31 }, { basis: 'vendor', name: 'DR', scale: 100, value: 72.5 }, null, null, null],
      );
    }));

  it('leaves unknown what an entry does not say', () =>
    over(
      ahrefs((request) => (isBatch(request) ? json({ targets: [{ index: 0, backlinks: null, backlinks_dofollow: 3 }] }) : null)),
      async (source) => {
        const [result] = await source.summaries([target(BIG)], never());
        assert.ok(result !== undefined && 'summary' in result);
        const { backlinks, followed, internalBacklinks, referringDomains, strength } = result.summary;
        assert.deepEqual([backlinks, followed, internalBacklinks, referringDomains, strength], [null, null, null, null, null]);
      },
    ));

  it('fails only the target whose entry is wrong', () =>
    over(
      ahrefs((request) =>
        isBatch(request)
          ? json({
              targets: [
                { index: 2, backlinks: 3 },
                { index: 1, backlinks: 'x' },
                { index: 0, backlinks: 533 },
              ],
            })
          : null,
      ),
      async (source) => {
        const results = await source.summaries([BIG, 'odd-site.com', SMALL].map(target), never());
        assert.deepEqual(
          results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
          [533, 'bad-reply', 3],
        );
      },
    ));

  it('finds the target that spoils a batch, and answers the others', () =>
    over(
      ahrefs((request) => (request.body.includes('odd-site.com') ? json({ error: 'bad target' }, 400) : null)),
      async (source, wire) => {
        const sites = Array.from({ length: 100 }, (_, n) => (n === 37 ? 'odd-site.com' : `site-${n}.com`));
        const results = await source.summaries(sites.map(target), never());
        const odd = results.filter((result) => 'error' in result);
        assert.deepEqual(
          odd.map(({ target: { name }, ...result }) => [name, 'error' in result ? result.error.reason : '']),
          [['odd-site.com', 'refused-target']],
        );
        assert.ok(wire.requests.length <= 15, `${wire.requests.length} calls`);
      },
    ));
});
