/** The one suite that every source passes, whatever stands behind it. Sources hand in a kit; what can fail over a network is in failures.ts. */
import assert from 'node:assert/strict';
import { pages } from '../../server/src/sources/pager.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { isAbort } from '../../server/src/util/errors.ts';
import { type Backlink, PAGE_LIMITS, type Target } from '../../shared/backlinks.ts';

/** A source that is ready, over data of which the totals are known. */
export interface Ready {
  readonly source: Source;
  /** Has more rows than two of the largest pages. */
  readonly big: { readonly target: Target; readonly total: number };
  readonly small: { readonly target: Target; readonly total: number };
  readonly empty: Target;
  close(): Promise<void>;
}

export interface SourceKit {
  readonly name: string;
  open(): Promise<Ready>;
}

const never = () => new AbortController().signal;

/** Declares the suite for one kit. */
export function describeSource(kit: SourceKit): void {
  describe(`source contract: ${kit.name}`, () => {
    let ready: Ready;
    before(async () => {
      ready = await kit.open();
    });
    after(() => ready.close());

    it('says what it can do', () => {
      const { capabilities } = ready.source;
      assert.ok(capabilities.summaryBatch >= 1);
      assert.deepEqual(
        capabilities.pageLimits,
        [...capabilities.pageLimits].sort((a, b) => a - b),
      );
      for (const kind of ['domain', 'host', 'page'] as const) assert.ok(capabilities.targetKinds.includes(kind));
    });

    it('gives totals that agree with the rows', async () => {
      const { big, small, empty, source } = ready;
      const results = await source.summaries([big.target, empty, small.target], never());
      assert.deepEqual(
        results.map((result) => result.target.id),
        [big.target.id, empty.id, small.target.id],
      );
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.message)),
        [big.total, 0, small.total],
      );
    });

    for (const limit of PAGE_LIMITS) {
      it(`pages to the end without gaps or repeats, ${limit} rows at a time`, async () => {
        const { big, source } = ready;
        const asked: number[] = [];
        const counting: Pick<Source, 'capabilities' | 'rows'> = {
          capabilities: source.capabilities,
          rows: (target, page, signal) => {
            asked.push(page.offset);
            return source.rows(target, page, signal);
          },
        };
        const rows: Backlink[] = [];
        for await (const page of pages(counting, big.target, { limit, maxRows: 100_000, internal: 'exclude' }, never())) {
          assert.equal(page.total, big.total);
          assert.equal(page.offset, rows.length);
          rows.push(...page.rows);
        }
        assert.equal(rows.length, big.total);
        assert.equal(new Set(rows.map((row) => `${row.sourceUrl} ${row.position} ${row.targetUrl}`)).size, big.total);
        assert.deepEqual(
          asked,
          Array.from({ length: Math.ceil(big.total / limit) }, (_, index) => index * limit),
        );
        const strengths = rows.map((row) => row.strength?.value ?? -1);
        assert.deepEqual(
          strengths,
          [...strengths].sort((a, b) => b - a),
        );
      });
    }

    it('fills the fields that it names and no other', async () => {
      const { big, source } = ready;
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
      const { big, source } = ready;
      const page = await source.rows(big.target, { limit: 10, offset: 10_000, internal: 'exclude' }, never());
      assert.deepEqual([page.rows, page.total], [[], big.total]);
    });

    it('answers for a target nobody links to with no rows and 0', async () => {
      const page = await ready.source.rows(ready.empty, { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.deepEqual([page.rows, page.total], [[], 0]);
    });

    it('stops when it is cancelled before it began', async () => {
      const cancelled = AbortSignal.abort();
      await assert.rejects(ready.source.summaries([ready.big.target], cancelled), isAbort);
      await assert.rejects(ready.source.rows(ready.big.target, { limit: 10, offset: 0, internal: 'exclude' }, cancelled), isAbort);
    });

    it('goes on after a cancelled call', async () => {
      const controller = new AbortController();
      const cancelled = ready.source.rows(ready.big.target, { limit: 10, offset: 0, internal: 'exclude' }, controller.signal);
      controller.abort();
      await cancelled.catch((error: unknown) => assert.ok(isAbort(error)));
      const page = await ready.source.rows(ready.small.target, { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.equal(page.rows.length, ready.small.total);
    });

    it('says where its data stand', async () => {
      const info = await ready.source.info(never());
      assert.equal(info.id, ready.source.capabilities.id);
      assert.notEqual(info.label, '');
    });
  });
}
