/** Semrush against the one suite, and what only it does: limits that may count what is skipped, two kinds of summaries, tables with loose semicolons. */
import assert from 'node:assert/strict';
import { createSemrushSource } from '../../../server/src/sources/semrush/source.ts';
import { ROW_COLUMNS } from '../../../server/src/sources/semrush/wire.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import { never, overMock } from '../over.ts';
import { describeVendor } from '../vendor.ts';
import type { Wire } from '../wires.ts';
import { BIG, EMPTY, linkOf, linksOf, SMALL, target } from '../world.ts';
import { SEMRUSH_FAILURES } from './failures.ts';
import { error, KEY, otherwise, semrush, table, text, wireRow } from './world.ts';

const first = { limit: 10, offset: 0, internal: 'exclude' } as const;

for (const [variant, handler] of [
  ['skipped lines counted', semrush],
  ['skipped lines not counted', otherwise],
] as const) {
  describeVendor({
    id: 'semrush',
    variant,
    key: KEY,
    secrets: [KEY.secret],
    handler,
    create: createSemrushSource,
    failures: variant === 'skipped lines counted' ? SEMRUSH_FAILURES : [],
    totals: 'summaries',
    rowsOrder: 'strength',
    internal: ['exclude'],
    keyInAddress: true,
  });
}

const over = overMock(createSemrushSource, KEY);

const queries = (wire: Wire) => wire.requests.map(({ origin, path }) => new URL(path, origin).searchParams);

describe('Semrush: what is asked', () => {
  const pages = async (source: Source) => {
    for (const [limit, offset] of [
      [10, 0],
      [25, 50],
      [250, 500],
      [10, 530],
      [10, 540],
    ] as const) {
      const { rows } = await source.rows(target(BIG), { limit, offset, internal: 'exclude' }, never());
      assert.deepEqual(
        rows.map(({ sourceUrl }) => sourceUrl),
        linksOf(BIG, limit, offset).map(({ page }) => page),
      );
    }
  };
  const limits = (wire: Wire) => queries(wire).map((query) => [query.get('display_limit'), query.get('display_offset')].join(' from '));

  it('always says how many lines, and finds out without cost whether the skipped ones are included', () =>
    over(semrush(), async (source, wire) => {
      await pages(source);
      assert.deepEqual(limits(wire), ['10 from 0', '25 from 50', '75 from 50', '750 from 500', '540 from 530', '550 from 540']);
      assert.deepEqual(source.spent, { calls: 6, rows: 71, amount: 71 * 40 });
      assert.ok(queries(wire).every((query) => query.get('display_sort') === 'page_ascore_desc'));
      assert.ok(wire.requests.every(({ origin }) => origin === 'https://api.semrush.com'));
    }));

  it('pays for no line twice where the skipped ones are not included', () =>
    over(otherwise(), async (source, wire) => {
      await pages(source);
      assert.deepEqual(limits(wire), ['10 from 0', '25 from 50', '250 from 500', '10 from 530', '10 from 540']);
      assert.deepEqual(source.spent, { calls: 5, rows: 71, amount: 71 * 40 });
    }));

  it('cuts and counts what comes too much', () =>
    over(
      semrush(() =>
        table(
          ROW_COLUMNS,
          Array.from({ length: 30 }, (_, n) => wireRow(linkOf(BIG, n), n)),
        ),
      ),
      async (source) => {
        const { rows } = await source.rows(target(BIG), first, never());
        assert.deepEqual([rows.length, source.spent.amount], [10, 1200]);
      },
    ));

  it('takes the overview for one target and the comparison for several', () =>
    over(semrush(), async (source, wire) => {
      await source.summaries([target(SMALL)], never());
      assert.equal(source.spent.amount, 40);
      await source.summaries([BIG, `https://${BIG}/`, `blog.${BIG}`, 'somebody.github.io'].map(target), never());
      assert.equal(source.spent.amount, 200);
      const [, several] = queries(wire);
      assert.deepEqual(several?.getAll('target_types[]'), ['root_domain', 'url', 'domain', 'domain']);
      assert.deepEqual(several?.getAll('targets[]'), [BIG, `https://${BIG}/`, `blog.${BIG}`, 'somebody.github.io']);
    }));

  it('shares addresses that are too long for one among several calls', () =>
    over(semrush(), async (source, wire) => {
      const pages = Array.from({ length: 40 }, (_, n) => `https://${BIG}/${'long-name/'.repeat(30)}${n}`);
      const results = await source.summaries(pages.map(target), never());
      assert.ok(results.every((result) => 'summary' in result));
      assert.ok(wire.requests.length > 1 && wire.requests.every(({ path }) => path.length < 8_000));
    }));

  it('one bad target leaves the others answered', () =>
    over(semrush(), async (source) => {
      const results = await source.summaries([BIG, 'refused-site.com', SMALL].map(target), never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
        [533, 'refused-target', 3],
      );
    }));
});

describe('Semrush: what is answered', () => {
  it('nothing found is none, and a target left out of a comparison is unknown', () =>
    over(semrush(), async (source) => {
      const [alone] = await source.summaries([target(EMPTY)], never());
      assert.ok(alone !== undefined && 'summary' in alone);
      assert.deepEqual([alone.summary.backlinks, alone.summary.referringDomains, alone.summary.strength], [0, 0, null]);
      const results = await source.summaries(['left-out-site.com', SMALL].map(target), never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : 'failed')),
        [null, 3],
      );
      const { rows } = await source.rows(target(EMPTY), first, never());
      assert.deepEqual(rows, []);
    }));

  it('a summary has what the report has', () =>
    over(semrush(), async (source) => {
      const [result] = await source.summaries([target(BIG)], never());
      assert.ok(result !== undefined && 'summary' in result);
      const { backlinks, unit, referringDomains, referringPages, followed, strength, internalBacklinks } = result.summary;
      assert.deepEqual(
        { backlinks, unit, referringDomains, referringPages, followed, strength, internalBacklinks },
        {
          backlinks: 533,
          unit: 'links',
          referringDomains: 40,
          referringPages: 533,
          followed: { links: 267, of: 533 },
          strength: { basis: 'vendor', name: 'AS', scale: 100, value: 37 },
          internalBacklinks: null,
        },
      );
    }));

  it('reads a row: seconds as days, flags as tags, a lost link as lost', () =>
    over(semrush(), async (source) => {
      const { rows } = await source.rows(target(BIG), first, never());
      assert.deepEqual(
        rows.map(({ tag }) => tag),
        ['aimg', 'a', 'a', 'a', 'aimg', 'a', 'form', 'iframe', 'aimg', 'a'],
      );
      const [image, link] = rows;
      assert.deepEqual(
        [image?.anchorText, image?.title, link?.anchorText, link?.firstSeen, link?.lastSeen],
        [null, null, 'words 1', '2025-02-11', '2026-10-02'],
      );
      assert.deepEqual([link?.externalLinks, link?.internalLinks, link?.totalLinks, link?.nofollow, link?.lost], [58, 40, 98, true, null]);
      assert.deepEqual(rows[9]?.lost, { on: '2026-10-02', reason: 'unknown' });
    }));

  it('puts lines with loose semicolons and quotes together again', () =>
    over(semrush(), async (source) => {
      const { rows } = await source.rows(target(BIG), first, never());
      assert.deepEqual([rows[3]?.title, rows[5]?.anchorText], ['Überschrift 3; much more; and "more"', '"quoted; at last']);
    }));

  it('reads cells that are quoted as they should be, in any order of columns', () => {
    const row = { ...wireRow(linkOf(SMALL, 1), 1), source_title: '"He said ""hi""; twice"', anchor: '""' };
    const order = [...ROW_COLUMNS].reverse();
    return over(
      semrush(() => table(order, [row, row])),
      async (source) => {
        const { rows } = await source.rows(target(SMALL), first, never());
        assert.deepEqual(
          rows.map(({ title, anchorText }) => [title, anchorText]),
          Array.from({ length: 2 }, () => ['He said "hi"; twice', '']),
        );
      },
    );
  });

  it('a quote that is never closed costs no line', () => {
    const rows = [1, 2, 3].map((n) => ({ ...wireRow(linkOf(SMALL, n), n), image: 'false', anchor: n === 3 ? 'end"' : `"""${n}` }));
    return over(
      semrush(() => table(ROW_COLUMNS, rows)),
      async (source) => {
        const read = await source.rows(target(SMALL), first, never());
        assert.deepEqual(
          read.rows.map(({ anchorText }) => anchorText),
          ['"""1', '"""2', 'end"'],
        );
      },
    );
  });

  it('a table that holds nothing but its header is empty', () =>
    over(
      semrush(() => text(`${ROW_COLUMNS.join(';')}\r\n`)),
      async (source) => assert.deepEqual((await source.rows(target(SMALL), first, never())).rows, []),
    ));

  it('does not repeat a key that the reply repeats', () =>
    over(
      semrush(() => error(120, `WRONG KEY ${KEY.secret}`)),
      async (source) => {
        await assert.rejects(source.rows(target(SMALL), first, never()), (failure) => {
          const words = failure instanceof Error ? failure.message : '';
          return words.includes('WRONG KEY …') && !words.includes(KEY.secret);
        });
      },
    ));
});
