/** DataForSEO's rows: what is asked for, and how each field of a captured reply becomes one of ours. */
import assert from 'node:assert/strict';
import { blankRow } from '../../../server/src/sources/blank.ts';
import type { Backlink, InternalFilter } from '../../../shared/backlinks.ts';
import { BIG, json, linkOf, SMALL, target } from '../world.ts';
import { over } from './support.ts';
import { dataForSeo, done, envelope, wireRow } from './world.ts';

const never = () => new AbortController().signal;
const page = (internal: InternalFilter = 'exclude') => ({ limit: 10, offset: 0, internal });

/** As captured in April 2024; long texts are cut. */
const CAPTURED = {
  type: 'backlink',
  domain_from: 'coefficient.io',
  url_from: 'https://coefficient.io/convert-excel-to-google-sheets',
  url_to: 'https://workspace.google.com/marketplace/app/182621001506',
  is_new: true,
  is_lost: false,
  backlink_spam_score: 0,
  rank: 128,
  page_from_rank: 270,
  domain_from_rank: 347,
  domain_from_ip: '34.23.205.155',
  domain_from_country: 'IO',
  page_from_external_links: 10,
  page_from_internal_links: 43,
  page_from_title: 'Convert Excel to Google Sheets',
  page_from_language: 'en',
  page_from_status_code: 200,
  first_seen: '2024-03-26 02:46:50 +00:00',
  prev_seen: null,
  last_seen: '2024-03-26 02:46:50 +00:00',
  item_type: 'image',
  attributes: ['noopener', 'noreferrer'],
  dofollow: true,
  original: true,
  alt: 'Bar of review stars',
  anchor: '5.0 Stars - Top Rated',
  text_pre: null,
  text_post: null,
  semantic_location: 'article',
  links_count: 1,
  group_count: 0,
  is_broken: false,
  url_to_status_code: null,
  is_indirect_link: false,
  indirect_link_path: null,
};

/** Our row for one of theirs. */
async function rowFor(item: Record<string, unknown>): Promise<Backlink> {
  let row: Backlink | undefined;
  await over(
    dataForSeo(() => json(envelope([done({ total_count: 1, items_count: 1, items: [item] }, 0.02003)]))),
    async ({ source }) => {
      [row] = (await source.rows(target(SMALL), page(), never())).rows;
    },
  );
  assert.ok(row !== undefined);
  return row;
}

describe('DataForSEO rows', () => {
  it('become ours as captured; a country guessed from a name is no place of a server', async () => {
    assert.deepEqual(await rowFor(CAPTURED), {
      ...blankRow('https://coefficient.io/convert-excel-to-google-sheets', 'https://workspace.google.com/marketplace/app/182621001506'),
      title: 'Convert Excel to Google Sheets',
      anchorText: '5.0 Stars - Top Rated',
      externalLinks: 10,
      internalLinks: 43,
      totalLinks: 53,
      strength: { basis: 'vendor', name: 'DataForSEO rank', scale: 1000, value: 270 },
      tag: 'aimg',
      nofollow: false,
      rel: ['noopener', 'noreferrer'],
      ip: '34.23.205.155',
      firstSeen: '2024-03-26',
      lastSeen: '2024-03-26',
    });
  });

  const table: readonly (readonly [string, Record<string, unknown>, Partial<Backlink>])[] = [
    ['a link', { item_type: 'anchor', anchor: 'words', alt: null }, { tag: 'a', anchorText: 'words' }],
    ['a link without a text', { item_type: 'anchor', anchor: '' }, { tag: 'a', anchorText: '' }],
    ['a link whose text is not given', { item_type: 'anchor', anchor: null }, { tag: 'a', anchorText: null }],
    ['an image with an alternative text alone', { item_type: 'image', anchor: null }, { tag: 'aimg', anchorText: 'Bar of review stars' }],
    ['an image without any text', { item_type: 'image', anchor: '', alt: '' }, { tag: 'aimg', anchorText: '[img]' }],
    ['a redirect', { item_type: 'redirect', anchor: null, page_from_status_code: 301 }, { tag: 'redirect', anchorText: '[redirect 301]' }],
    ['a redirect of unknown status', { item_type: 'redirect', anchor: null, page_from_status_code: null }, { tag: 'redirect', anchorText: null }],
    ['a meta refresh', { item_type: 'meta', anchor: null }, { tag: 'meta', anchorText: null }],
    ['a canonical, which is no link', { item_type: 'canonical', anchor: null }, { tag: null }],
    ['an alternate, which is no link', { item_type: 'alternate', anchor: null }, { tag: null }],
    ['a kind that nobody has heard of', { item_type: 'hologram' }, { tag: null }],
    ['no kind', { item_type: null }, { tag: null }],
    ['a followed link', { dofollow: true, attributes: null }, { nofollow: false, rel: null }],
    ['a nofollow link', { dofollow: false, attributes: ['NoFollow'] }, { nofollow: true, rel: ['nofollow'] }],
    ['a link that is said to be followed, and is user-made', { dofollow: true, attributes: ['ugc'] }, { nofollow: true }],
    ['a sponsored link', { dofollow: true, attributes: ['noopener', 'sponsored'] }, { nofollow: true }],
    ['a page whose robots forbid to follow', { dofollow: false, attributes: null }, { nofollow: true, rel: null }],
    ['nothing said about following', { dofollow: null, attributes: null }, { nofollow: null, rel: null }],
    ['nothing said but a token', { dofollow: null, attributes: ['nofollow'] }, { nofollow: true }],
    ['one count of links alone', { page_from_internal_links: null }, { externalLinks: 10, internalLinks: null, totalLinks: null }],
    ['no links counted', { page_from_external_links: 0, page_from_internal_links: 0 }, { totalLinks: 0 }],
    ['no rank', { page_from_rank: null }, { strength: null }],
    ['a rank of 0', { page_from_rank: 0 }, { strength: { basis: 'vendor', name: 'DataForSEO rank', scale: 1000, value: 0 } }],
    ['no title', { page_from_title: '' }, { title: null }],
    ['no dates', { first_seen: null, last_seen: null }, { firstSeen: null, lastSeen: null }],
    ['no server', { domain_from_ip: null }, { ip: null }],
    ['a lost link', { is_lost: true, last_seen: '2026-05-01 00:00:00 +00:00' }, { lost: { on: '2026-05-01', reason: 'unknown' } }],
    ['nothing else than two addresses', Object.fromEntries(Object.keys(CAPTURED).map((name) => [name, null])), {}],
  ];
  for (const [what, fields, expected] of table) {
    it(`tell ${what}`, async () => {
      const addresses = { url_from: CAPTURED.url_from, url_to: CAPTURED.url_to };
      const row: Backlink = await rowFor({ ...CAPTURED, ...fields, ...addresses });
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(row[name as keyof Backlink], value, name);
      if (Object.keys(expected).length === 0) assert.deepEqual(row, blankRow(addresses.url_from, addresses.url_to));
    });
  }

  it('are asked for as live, as they are, on the native scale, in one order, without links from inside the site', async () => {
    await over(dataForSeo(), async ({ source, requests, tasks }) => {
      await source.rows(target(BIG), { limit: 100, offset: 300, internal: 'exclude' }, never());
      assert.deepEqual(
        requests.map(({ method, origin, path, headers }) => [method, origin, path, headers['content-type']]),
        [['POST', 'https://api.dataforseo.com', '/v3/backlinks/backlinks/live', 'application/json']],
      );
      assert.deepEqual(tasks(), [
        {
          target: BIG,
          mode: 'as_is',
          limit: 100,
          offset: 300,
          order_by: ['page_from_rank,desc', 'url_from,asc'],
          backlinks_status_type: 'live',
          include_subdomains: true,
          include_indirect_links: true,
          exclude_internal_backlinks: true,
          rank_scale: 'one_thousand',
        },
      ]);
    });
  });

  it('are asked for by kind of target: a page by its address, a site by its name with all below it', async () => {
    await over(dataForSeo(), async ({ source, tasks }) => {
      for (const text of [BIG, `www.${BIG}`, `blog.${BIG}`, `http://www.${BIG}/a?b=c&utm_source=d#e`]) {
        await source.rows(target(text), page(), never());
      }
      assert.deepEqual(
        tasks().map((task) => [task['target'], task['include_subdomains']]),
        [
          [BIG, true],
          [BIG, true],
          [`blog.${BIG}`, true],
          [`http://www.${BIG}/a?b=c`, false],
        ],
      );
    });
  });

  it('from inside the site are asked for as such', async () => {
    await over(dataForSeo(), async ({ source, tasks }) => {
      for (const internal of ['include', 'only'] as const) await source.rows(target(`https://blog.${BIG}/a`), page(internal), never());
      assert.deepEqual(
        tasks().map((task) => [task['exclude_internal_backlinks'], task['filters']]),
        [
          [false, undefined],
          [false, [['domain_from', '=', BIG], 'or', ['domain_from', 'like', `%.${BIG}`]]],
        ],
      );
    });
  });

  it('are none where a task succeeds without a result, with an empty one, or with a code of its own', async () => {
    const empties = [done(null, 0.02), { ...done(null, 0.02), ...{ result: [] } }, { ...done(null, 0.02), ...{ status_code: 40102 } }];
    const shapes = [
      { total_count: 0, items_count: 0, items: null },
      { total_count: 0, items_count: 0, items: [] },
    ].map((result) => done(result, 0.02));
    for (const task of [...empties, ...shapes]) {
      await over(
        dataForSeo(() => json(envelope([task]))),
        async ({ source }) => {
          const { rows, total } = await source.rows(target(SMALL), page(), never());
          assert.deepEqual([rows, total], [[], 0]);
        },
      );
    }
  });

  it('are no more than were asked for, and their total is unknown where the reply does not say it', async () => {
    const items = Array.from({ length: 30 }, (_, n) => wireRow(linkOf(SMALL, n)));
    await over(
      dataForSeo(() => json(envelope([done({ items_count: 30, items }, 0.02)]))),
      async ({ source }) => {
        const { rows, total } = await source.rows(target(SMALL), page(), never());
        assert.deepEqual([rows.length, total], [10, null]);
      },
    );
  });
});
