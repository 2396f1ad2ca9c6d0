/** SE Ranking against the one suite, and what only it does: a call for each mode, cursors, credits. */
import assert from 'node:assert/strict';
import { createSerankingSource } from '../../../server/src/sources/seranking/source.ts';
import type { Source, SummaryResult } from '../../../server/src/sources/source.ts';
import { createTransport } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { describeVendor } from '../vendor.ts';
import { mockWire, type Wire } from '../wires.ts';
import { BIG, type Handler, json, SMALL, target } from '../world.ts';
import { SERANKING_FAILURES } from './failures.ts';
import { entryOf, KEY, problem, seranking } from './world.ts';

const never = () => new AbortController().signal;

describeVendor({
  id: 'seranking',
  key: KEY,
  secrets: [KEY.secret],
  handler: seranking,
  create: createSerankingSource,
  failures: SERANKING_FAILURES,
  totals: 'summaries',
  rowsOrder: 'strength',
  internal: ['exclude'],
});

async function over(handler: Handler, test: (source: Source, wire: Wire) => Promise<void>): Promise<void> {
  const wire = await mockWire(handler);
  const transport = createTransport({ env: {}, ...wire.options });
  const source = createSerankingSource({ credentials: KEY, transport, log: silentLog, clock: Date.now });
  try {
    await test(source, wire);
  } finally {
    await source.close();
    await wire.close();
  }
}

function outcomes(results: readonly SummaryResult[]): unknown[] {
  return results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason));
}

describe('SE Ranking: summaries', () => {
  const mixed = [BIG, `https://${BIG}/`, SMALL, `blog.${BIG}`, 'https://a-site.com/a', 'https://a-site.com/a/', 'somebody.github.io'];

  it('take a call for each mode, and cost a hundred credits a target', () =>
    over(seranking(), async (source, wire) => {
      const results = await source.summaries(mixed.map(target), never());
      assert.deepEqual(outcomes(results), [533, 40, 3, 7, 0, 0, 0]);
      const asked = wire.requests.map(({ body }) => JSON.parse(body) as unknown);
      assert.deepEqual(asked, [
        { target: [BIG, SMALL], mode: 'domain' },
        { target: [`https://${BIG}/`, 'https://a-site.com/a', 'https://a-site.com/a/'], mode: 'url' },
        { target: [`blog.${BIG}`, 'somebody.github.io'], mode: 'host' },
      ]);
      assert.deepEqual(source.spent, { calls: 3, rows: 0, amount: 700 });
      assert.ok(wire.requests.every(({ origin }) => origin === 'https://api.seranking.com'));
    }));

  it('have what the reply has', () =>
    over(seranking(), async (source) => {
      const results = await source.summaries([BIG, `https://${BIG}/`, `blog.${BIG}`].map(target), never());
      const [domain, page, host] = results.map((result) => ('summary' in result ? result.summary : null));
      assert.deepEqual([domain?.unit, domain?.referringDomains, domain?.followed], ['links', 40, { links: 267, of: 533 }]);
      assert.deepEqual(domain?.topAnchors, [{ text: 'words 1', count: 2 }]);
      assert.deepEqual(domain?.strength, { basis: 'vendor', name: 'Domain InLink Rank', scale: 100, value: 68 });
      assert.deepEqual(page?.strength, { basis: 'vendor', name: 'InLink Rank', scale: 100, value: 24 });
      assert.equal(host?.strength, null);
    }));

  it('know no number that is not given', () =>
    over(
      seranking(() => json({ summary: [{ target: SMALL, backlinks: null, top_anchors_by_backlinks: null }] })),
      async (source) => {
        const [result] = await source.summaries([target(SMALL)], never());
        assert.ok(result !== undefined && 'summary' in result);
        const { backlinks, referringDomains, followed, strength, topAnchors } = result.summary;
        assert.deepEqual([backlinks, referringDomains, followed, strength, topAnchors], [null, null, null, null, null]);
      },
    ));

  it('one bad target leaves the others answered, and costs nothing', () =>
    over(seranking(), async (source) => {
      assert.deepEqual(outcomes(await source.summaries([BIG, 'refused-site.com', SMALL].map(target), never())), [533, 'refused-target', 3]);
      assert.equal(source.spent.amount, 200);
    }));

  it('keep what was answered when a later mode fails', () =>
    over(
      seranking(({ body }) => (body.includes('"url"') ? problem(403, 'Insufficient funds') : null)),
      async (source) => {
        assert.deepEqual(outcomes(await source.summaries(mixed.slice(0, 4).map(target), never())), [533, 'quota', 3, 7]);
      },
    ));

  it('fail together when the first call does', () =>
    over(
      seranking(() => problem(401, 'Unauthorized')),
      async (source) => {
        await assert.rejects(source.summaries(mixed.map(target), never()), (error) => BacklinkLensError.is(error, 'source.auth'));
      },
    ));

  it('are found whatever their order', () =>
    over(
      seranking(({ body }) =>
        json({ summary: (JSON.parse(body) as { target: string[] }).target.map((name) => entryOf(name.toUpperCase())).reverse() }),
      ),
      async (source) => {
        assert.deepEqual(outcomes(await source.summaries(['a-site.com', 'b-site.com', 'c-site.com'].map(target), never())), [0, 0, 0]);
      },
    ));
});

describe('SE Ranking: rows', () => {
  it('take one call a page, and go on by the cursor', () =>
    over(seranking(), async (source, wire) => {
      for (const offset of [0, 250, 500]) await source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
      const queries = wire.requests.map(({ path }) => new URL(path, 'http://host').searchParams);
      assert.deepEqual(
        queries.map((query) => [query.get('mode'), query.get('limit'), query.get('next')]),
        [
          ['domain', '250', null],
          ['domain', '250', 'cursor/250=='],
          ['domain', '250', 'cursor/500=='],
        ],
      );
      assert.deepEqual(source.spent, { calls: 3, rows: 533, amount: 533 });
    }));

  it('a cursor that is forgotten costs a walk, not the rows', () => {
    let forgetful = true;
    const once = seranking(({ path }) => {
      const refused = forgetful && path.includes('next=');
      forgetful = forgetful && !refused;
      return refused ? problem(400, 'Bad request', 'next is unknown') : null;
    });
    return over(once, async (source) => {
      await source.rows(target(BIG), { limit: 100, offset: 0, internal: 'exclude' }, never());
      const { rows } = await source.rows(target(BIG), { limit: 100, offset: 100, internal: 'exclude' }, never());
      assert.deepEqual([rows.length, rows[0]?.sourceUrl], [100, 'https://blog.linker-20.com/post/100']);
    });
  });

  it('are asked for by the other word for their order where the first is not taken, and by it from then on', () =>
    over(
      seranking(({ path }) => (path.includes('order_by=inlink_rank') ? problem(400, 'Bad request', 'order_by') : null), 'first.inlink_rank'),
      async (source, wire) => {
        for (const offset of [0, 250]) await source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
        const orders = wire.requests.map(({ path }) => new URL(path, 'http://host').searchParams.get('order_by'));
        assert.deepEqual(orders, ['inlink_rank', 'first.inlink_rank', 'first.inlink_rank']);
      },
    ));

  it('are asked for once where the target is refused and the order is known', () =>
    over(
      seranking(({ path }) => (path.includes('bad-site') ? problem(400, 'Bad request', 'Invalid target') : null)),
      async (source, wire) => {
        const ask = (name: string) => source.rows(target(name), { limit: 10, offset: 0, internal: 'exclude' }, never());
        await assert.rejects(ask('bad-site.com'), (error) => BacklinkLensError.is(error, 'source.refused-target'));
        assert.equal(wire.requests.length, 2);
        await ask(SMALL);
        await assert.rejects(ask('bad-site.com'), (error) => BacklinkLensError.is(error, 'source.refused-target'));
        assert.equal(wire.requests.length, 4);
      },
    ));

  it('read the text of an image from its alternative text', () =>
    over(seranking(), async (source) => {
      const { rows } = await source.rows(target(BIG), { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.deepEqual(
        rows.slice(0, 5).map(({ tag, anchorText }) => [tag, anchorText]),
        [
          ['aimg', '[img]'],
          ['a', 'words 1'],
          ['a', 'words 2'],
          ['a', 'words 0'],
          ['aimg', 'words 1'],
        ],
      );
      assert.deepEqual(rows[1]?.strength, { basis: 'vendor', name: 'InLink Rank', scale: 100, value: 100 });
    }));
});
