/** The one suite that every source passes, whatever stands behind it. Sources hand in a kit; what can fail over a network is in failures.ts. */
import assert from 'node:assert/strict';
import { pages } from '../../server/src/sources/pager.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { BacklinkLensError, isAbort } from '../../server/src/util/errors.ts';
import {
  type Backlink,
  INTERNAL_FILTERS,
  type InternalFilter,
  PAGE_LIMITS,
  type RowPage,
  type Target,
  type TargetKind,
} from '../../shared/backlinks.ts';

/** A source that is ready, over data of which the totals are known. */
export interface Ready {
  readonly source: Source;
  /** Has more rows than two of the largest pages. */
  readonly big: { readonly target: Target; readonly total: number };
  readonly small: { readonly target: Target; readonly total: number };
  readonly empty: Target;
  close(): Promise<void>;
}

/** What a source cannot do by its nature. It is said here, once, so that everything else is demanded of every source alike. */
export interface Shape {
  /** `none`: it has no rows, so it permits no page of them and refuses to be asked. */
  readonly rows: 'all' | 'none';
  /**
   * Where the total beside rows comes from. `rows`: every page has it. `summaries`: every page has it once the summary was asked for.
   * Else, and with `none`, it is null or right, never wrong.
   */
  readonly totals: 'rows' | 'summaries' | 'none';
  /** `strength`: strongest first. `own`: the vendor's order, which is only held to have neither gaps nor repeats. */
  readonly order: 'strength' | 'own';
  readonly kinds: readonly TargetKind[];
  /** `none`: its summaries say nothing of backlinks, not even 0. */
  readonly backlinks: 'counted' | 'none';
  /** Which links it can tell apart by origin; what it cannot, it refuses. */
  readonly internal: readonly InternalFilter[];
}

/** A source that lacks nothing. */
export const FULL: Shape = {
  rows: 'all',
  totals: 'rows',
  order: 'strength',
  kinds: ['domain', 'host', 'page'],
  backlinks: 'counted',
  internal: INTERNAL_FILTERS,
};

export interface SourceKit {
  readonly name: string;
  /** Absent: FULL. */
  readonly shape?: Shape;
  open(): Promise<Ready>;
}

const never = () => new AbortController().signal;

/** Declares the suite for one kit. */
export function describeSource(kit: SourceKit): void {
  const shape = kit.shape ?? FULL;
  describe(`source contract: ${kit.name}`, () => {
    let ready: Ready;
    before(async () => {
      ready = await kit.open();
    });
    after(() => ready.close());

    it('says what it can do', () => {
      const { capabilities } = ready.source;
      assert.ok(capabilities.summaryBatch >= 1);
      assert.deepEqual(capabilities.pageLimits, shape.rows === 'none' ? [] : PAGE_LIMITS);
      assert.equal(capabilities.knowsTotals, shape.totals === 'rows');
      for (const kind of shape.kinds) assert.ok(capabilities.targetKinds.includes(kind), kind);
    });

    it(shape.backlinks === 'none' ? 'says nothing of backlinks, not even 0' : 'gives totals that agree with the rows', async () => {
      const { big, small, empty, source } = ready;
      const results = await source.summaries([big.target, empty, small.target], never());
      assert.deepEqual(
        results.map((result) => result.target.id),
        [big.target.id, empty.id, small.target.id],
      );
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.message)),
        shape.backlinks === 'none' ? [null, null, null] : [big.total, 0, small.total],
      );
    });

    if (shape.rows === 'all') describeRows(shape, () => ready);
    else describeNoRows(() => ready);

    it('stops when it is cancelled before it began', async () => {
      const cancelled = AbortSignal.abort();
      await assert.rejects(ready.source.summaries([ready.big.target], cancelled), isAbort);
      await assert.rejects(ready.source.rows(ready.big.target, { limit: 10, offset: 0, internal: 'exclude' }, cancelled), isAbort);
    });

    it('goes on after a cancelled call', async () => {
      const controller = new AbortController();
      const cancelled = ready.source.summaries([ready.big.target], controller.signal);
      controller.abort();
      await cancelled.catch((error: unknown) => assert.ok(isAbort(error)));
      const results = await ready.source.summaries([ready.small.target], never());
      assert.ok(results[0] !== undefined && 'summary' in results[0]);
    });

    it('says where its data stand', async () => {
      const info = await ready.source.info(never());
      assert.equal(info.id, ready.source.capabilities.id);
      assert.notEqual(info.label, '');
    });
  });
}

function describeRows(shape: Shape, given: () => Ready): void {
  const isTotal = (page: RowPage, total: number) => {
    if (shape.totals !== 'none' || page.total !== null) assert.equal(page.total, total);
  };

  for (const limit of PAGE_LIMITS) {
    it(`pages to the end without gaps or repeats, ${limit} rows at a time`, async () => {
      const { big, source } = given();
      if (shape.totals === 'summaries') await source.summaries([big.target], never());
      const asked: number[] = [];
      const rows: Backlink[] = [];
      for await (const page of pages(noting(source, asked), big.target, { limit, maxRows: 100_000, internal: 'exclude' }, never())) {
        isTotal(page, big.total);
        assert.equal(page.offset, rows.length);
        rows.push(...page.rows);
      }
      assert.equal(rows.length, big.total);
      assert.equal(new Set(rows.map((row) => `${row.sourceUrl} ${row.position} ${row.targetUrl}`)).size, big.total);
      assert.deepEqual(
        asked,
        Array.from({ length: Math.ceil(big.total / limit) }, (_, index) => index * limit),
      );
      if (shape.order === 'strength') descends(rows);
    });
  }

  it('gives the same rows when a page is asked for out of order', async () => {
    const { big, source } = given();
    const page = (offset: number) => source.rows(big.target, { limit: 50, offset, internal: 'exclude' }, never());
    const far = await page(500);
    assert.equal(far.rows.length, big.total - 500);
    const near = await page(50);
    assert.equal(near.rows.length, 50);
    assert.deepEqual((await page(500)).rows, far.rows);
    assert.deepEqual(
      near.rows.filter(({ sourceUrl }) => far.rows.some((row) => row.sourceUrl === sourceUrl)),
      [],
    );
  });

  it('fills the fields that it names and no other', async () => {
    const { big, source } = given();
    const page = await source.rows(big.target, { limit: 250, offset: 0, internal: 'exclude' }, never());
    for (const row of page.rows) {
      const filled = Object.entries(row).flatMap(([name, value]) => (value === null ? [] : [name]));
      const named: readonly string[] = source.capabilities.fields;
      assert.deepEqual(
        filled.filter((name) => !named.includes(name)),
        [],
      );
    }
  });

  it('answers beyond the end with no rows and the true total', async () => {
    const { big, source } = given();
    if (shape.totals === 'summaries') await source.summaries([big.target], never());
    const page = await source.rows(big.target, { limit: 10, offset: 10_000, internal: 'exclude' }, never());
    assert.deepEqual(page.rows, []);
    isTotal(page, big.total);
  });

  it('answers for a target nobody links to with no rows and 0', async () => {
    const { empty, source } = given();
    if (shape.totals === 'summaries') await source.summaries([empty], never());
    const page = await source.rows(empty, { limit: 10, offset: 0, internal: 'exclude' }, never());
    assert.deepEqual(page.rows, []);
    isTotal(page, 0);
  });

  it('goes on after a cancelled page', async () => {
    const { big, small, source } = given();
    const controller = new AbortController();
    const cancelled = source.rows(big.target, { limit: 10, offset: 0, internal: 'exclude' }, controller.signal);
    controller.abort();
    await cancelled.catch((error: unknown) => assert.ok(isAbort(error)));
    const page = await source.rows(small.target, { limit: 10, offset: 0, internal: 'exclude' }, never());
    assert.equal(page.rows.length, small.total);
  });

  for (const internal of INTERNAL_FILTERS) {
    const able = shape.internal.includes(internal);
    it(`${able ? 'answers' : 'refuses'} the question for rows with internal=${internal}`, async () => {
      const { small, source } = given();
      const call = source.rows(small.target, { limit: 10, offset: 0, internal }, never());
      if (able) await call;
      else await assert.rejects(call, (error) => BacklinkLensError.is(error, 'source.refused-target'));
    });
  }
}

function describeNoRows(given: () => Ready): void {
  it('refuses to be asked for rows', async () => {
    const { big, source } = given();
    const call = source.rows(big.target, { limit: 10, offset: 0, internal: 'exclude' }, never());
    await assert.rejects(call, (error) => BacklinkLensError.is(error, 'source.refused-target') && /no (?:rows|backlinks)/.test(error.message));
  });

  it('names no field of a row', () => {
    assert.deepEqual(given().source.capabilities.fields, []);
  });
}

/** The source, with the offsets that it is asked for written down. */
function noting(source: Source, asked: number[]): Pick<Source, 'capabilities' | 'rows'> {
  return {
    capabilities: source.capabilities,
    rows: (target, page, signal) => {
      asked.push(page.offset);
      return source.rows(target, page, signal);
    },
  };
}

function descends(rows: readonly Backlink[]): void {
  const strengths = rows.map((row) => row.strength?.value ?? -1);
  assert.deepEqual(
    strengths,
    [...strengths].sort((a, b) => b - a),
  );
}
