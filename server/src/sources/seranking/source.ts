/**
 * SE Ranking as a source (Data API). Summaries come a hundred targets a call and cost 100 credits each; a call has one mode, so that domains, hosts
 * and pages of one batch take a call each. Rows come by cursor, strongest page first, one credit each. Not confirmed by a captured reply: how `raw`
 * hands on its cursor, that a cursor goes on with a page of another size, and the price of a row.
 */
import { type Backlink, PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import { accountName } from '../account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createCursorPaging, type Stretch } from '../cursorPaging.ts';
import { answerHalves } from '../halving.ts';
import { createKnownTotals } from '../knownTotals.ts';
import { createLogged } from '../logged.ts';
import { scopeOf } from '../scope.ts';
import type { PageRequest, Source, SourceCapabilities, SummaryResult } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { CREDITS, createCalls } from './calls.ts';
import { FILLED, MODES } from './wire.ts';

const KINDS = ['domain', 'host', 'page'] as const;
const TARGETS_PER_CALL = 100;
/** Rows of one call on the way to a page far ahead. */
const ROWS_PER_CALL = 5_000;

/** A source over SE Ranking; nothing is sent before the first question. */
export function createSerankingSource({ credentials, base, transport, log, clock }: VendorParts): Source {
  const address = vendorBase('seranking', base);
  const { host, loopback } = address;
  const spending = createSpending();
  const totals = createKnownTotals();
  const logged = createLogged('seranking', log, clock);
  const calls = createCalls({ base: address, credentials, transport, spending, clock });
  const paging = createCursorPaging<Backlink, string>({ host, most: ROWS_PER_CALL, after });
  const form = (target: Target) => sentForm(target, { host, remote: !loopback, kinds: KINDS });

  /** A place that is refused is one that is no longer known. */
  async function after(asked: Sendable, place: string | null, count: number, signal: AbortSignal): Promise<Stretch<Backlink, string> | null> {
    try {
      return await logged(
        'rows of 1 target',
        () => calls.raw(asked, place, count, signal),
        ({ rows }) => `${rows.length} rows`,
      );
    } catch (error) {
      if (place !== null && BacklinkLensError.is(error, 'source.refused-target')) return null;
      throw error;
    }
  }

  /** A mode that fails fails for its own targets, unless nothing at all was answered. */
  async function ask(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const results: SummaryResult[] = [];
    for (const [mode, some] of Map.groupBy(asked, ({ target }) => MODES[scopeOf(target)])) {
      try {
        results.push(...(await answerHalves(some, (part) => summary(part, mode, signal))));
      } catch (error) {
        if (!BacklinkLensError.is(error) || results.length === 0) throw error;
        results.push(...some.map(({ target }) => ({ target, error })));
      }
    }
    return results;
  }

  async function summary(asked: readonly Sendable[], mode: string, signal: AbortSignal): Promise<readonly SummaryResult[]> {
    return await logged(
      `summaries of ${asked.length} targets`,
      () => calls.summary(asked, mode, signal),
      () => 'ok',
    );
  }

  const capabilities: SourceCapabilities = {
    id: 'seranking',
    label: SOURCES.seranking.label,
    remote: !loopback,
    experimental: true,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: TARGETS_PER_CALL,
    concurrency: 2,
    knowsTotals: false,
    fields: FILLED,
    cost: { unit: 'credits', perCall: 0, perTarget: CREDITS.target, perPage: 0, perRow: CREDITS.row },
    rate: { calls: 10, milliseconds: 1_000 },
  };

  return {
    account: loopback ? null : accountName('seranking', address.base, credentials?.secret ?? ''),
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      const results = await answerEach(targets, form, (asked) => ask(asked, signal));
      totals.learn(results);
      return results;
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      checkExternalOnly(page.internal, host);
      const rows = await paging.page({ target, sent: form(target) }, page, signal);
      return { rows, offset: page.offset, total: totals.of(target.id), generation: null };
    },
    info: async () => ({ id: 'seranking', label: SOURCES.seranking.label, pages: null, asOf: null, generation: null }),
    async close() {},
  };
}
