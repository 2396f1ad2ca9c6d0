/** Open PageRank against the one suite, and what is its own: domains only, no rows, null for what is not in its graph. */
import assert from 'node:assert/strict';
import { createOpenPageRankSource } from '../../../server/src/sources/openpagerank/source.ts';
import type { FailureCase } from '../failures.ts';
import { never, overMock } from '../over.ts';
import { describeVendor } from '../vendor.ts';
import { BIG, EMPTY, json, SMALL, target } from '../world.ts';
import { KEY, openPageRank, scoreOf, scores } from './world.ts';

const bad = (what: string, fields: Record<string, unknown>, says: RegExp): FailureCase => ({
  what,
  reply: () => scores([{ ...scoreOf(SMALL), ...fields }]),
  reason: 'bad-reply',
  says,
});
const error = (type: string, message: string, status: number) => () => json({ error: { type, message } }, status);

const FAILURES: readonly FailureCase[] = [
  { what: 'too many calls', reply: error('rate_limit_error', 'Slow down', 429), reason: 'throttled', says: /asks us to wait.*Slow down/ },
  { what: 'the month used up (429)', reply: error('rate_limit_error', 'Monthly quota exceeded', 429), reason: 'quota', says: /next month/ },
  { what: 'the month used up (403)', reply: error('quota_error', 'No domains left', 403), reason: 'quota', says: /No domains left/ },
  { what: 'payment wanted (402)', reply: () => json({}, 402), reason: 'quota', says: /Add credits/ },
  {
    what: 'a key that is echoed',
    reply: error('authentication_error', `${KEY.secret} is revoked`, 401),
    reason: 'auth',
    says: /… is revoked.*another key/,
  },
  { what: 'a question that is refused', reply: error('invalid_request_error', 'domains', 400), reason: 'refused-target', says: /domains/ },
  { what: 'words that are only text', reply: () => json({ error: 'nope' }, 400), reason: 'refused-target', says: /nope/ },
  {
    what: 'an address that is not the API (404)',
    reply: () => ({ status: 404, body: '<html>' }),
    reason: 'unavailable',
    says: /address of the endpoint/,
  },
  { what: 'a domain that is taken for none', reply: () => scores([], { invalid: [SMALL] }), reason: 'refused-target', says: /no domain/ },
  { what: 'JSON that is no object', reply: () => json('yes'), reason: 'bad-reply', says: /an object/ },
  { what: 'no results', reply: () => json({ as_of: '2026-09-01' }), reason: 'bad-reply', says: /results/ },
  { what: 'results that are none', reply: () => scores([7]), reason: 'bad-reply', says: /results\[0\]/ },
  { what: 'a day that is none', reply: () => scores([scoreOf(SMALL)], { as_of: 'September' }), reason: 'bad-reply', says: /as_of/ },
  { what: 'an invalid that is no list', reply: () => scores([scoreOf(SMALL)], { invalid: 'none' }), reason: 'bad-reply', says: /invalid/ },
  bad('another domain', { domain: 'another-site.com' }, /left out/),
  bad('no domain', { domain: null }, /left out/),
  bad('a domain that is no text', { domain: 7 }, /results\[0\]\.domain/),
  bad('a found that is no flag', { found: 'perhaps' }, /results\[0\]\.found/),
  bad('a score off its scale', { open_page_rank: 46.8 }, /results\[0\]\.open_page_rank/),
  bad('a score that is no number', { open_page_rank: [] }, /results\[0\]\.open_page_rank/),
  bad('half a domain', { referring_domains: 1.5 }, /results\[0\]\.referring_domains/),
];

describeVendor({
  id: 'openpagerank',
  key: KEY,
  secrets: [KEY.secret],
  handler: openPageRank,
  create: createOpenPageRankSource,
  failures: FAILURES,
  totals: 'none',
  rows: 'none',
  backlinks: 'none',
  kinds: ['domain'],
});

describe('Open PageRank', () => {
  const over = overMock(createOpenPageRankSource, KEY);

  it('asks its own address where no other is set, and for no history', () =>
    over(openPageRank(), async (source, { requests }) => {
      await source.summaries([BIG, SMALL].map(target), never());
      assert.deepEqual(
        requests.map(({ origin, path, body }) => [origin + path, JSON.parse(body)]),
        [['https://openpagerank.keywordseverywhere.com/v1/domains/bulk', { domains: [BIG, SMALL], include_history: false }]],
      );
    }));

  it('gives the score under its own name, and nothing of a domain that is not in the graph', () =>
    over(openPageRank(), async (source) => {
      const results = await source.summaries([BIG, EMPTY].map(target), never());
      assert.deepEqual(
        results.map((result) =>
          'summary' in result ? [result.summary.strength, result.summary.referringDomains, result.summary.asOf] : result.error,
        ),
        [
          [{ basis: 'vendor', name: 'OPR', scale: 10, value: 4.68 }, 40, '2026-09-01'],
          [null, null, '2026-09-01'],
        ],
      );
    }));

  it('does not take the score of a registered domain for that of one below it', () =>
    over(
      openPageRank(() => scores([{ ...scoreOf(BIG), domain: 'github.io' }, scoreOf(SMALL)])),
      async (source) => {
        const results = await source.summaries(['somebody.github.io', SMALL].map(target), never());
        assert.deepEqual(
          results.map((result) => ('summary' in result ? result.summary.strength?.value : result.error.reason)),
          ['refused-target', 4.68],
        );
      },
    ));

  it('finds its domains whatever the order and the case of the reply', () =>
    over(
      openPageRank(() =>
        scores(
          [
            { ...scoreOf(SMALL), domain: SMALL.toUpperCase() },
            { ...scoreOf(BIG), open_page_rank: '9.5' },
          ],
          { invalid: null },
        ),
      ),
      async (source) => {
        const results = await source.summaries([BIG, SMALL].map(target), never());
        assert.deepEqual(
          results.map((result) => ('summary' in result ? result.summary.strength?.value : result.error.reason)),
          [9.5, 4.68],
        );
      },
    ));
});
