/**
 * Semrush as a source (Analytics API v3). One target is asked for by its overview (40 units), several by a comparison (100 units, forty targets of
 * the 200 that it takes, so that their addresses fit into one). Rows cost 40 units each; the report lists links that were lost of late, too, which
 * are marked. Documented, with examples, but not confirmed by a captured reply: that `display_limit` includes what `display_offset` skips, and what
 * a comparison does with a target of which nothing is known.
 */
import { PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { accountName } from '../account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { answerHalves } from '../halving.ts';
import { createKnownTotals } from '../knownTotals.ts';
import { createLogged } from '../logged.ts';
import type { PageRequest, Source, SourceCapabilities, SummaryResult } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { createCalls, tooLong, UNITS } from './calls.ts';
import { FILLED } from './wire.ts';

const KINDS = ['domain', 'host', 'page'] as const;
const TARGETS_PER_CALL = 40;

/** A source over Semrush; nothing is sent before the first question. */
export function createSemrushSource({ credentials, base, transport, log, clock }: VendorParts): Source {
  const address = vendorBase('semrush', base);
  const { host, loopback } = address;
  const spending = createSpending();
  const totals = createKnownTotals();
  const logged = createLogged('semrush', log, clock);
  const calls = createCalls({ base: address, credentials, transport, spending, clock });
  const form = (target: Target) => sentForm(target, { host, remote: !loopback, kinds: KINDS });

  async function ask(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const [only] = asked;
    if (asked.length > 1 && tooLong(asked)) {
      const middle = asked.length >> 1;
      return [...(await ask(asked.slice(0, middle), signal)), ...(await ask(asked.slice(middle), signal))];
    }
    return await logged(
      `summaries of ${asked.length} targets`,
      () => (asked.length === 1 && only !== undefined ? calls.overview(only, signal) : calls.comparison(asked, signal)),
      () => 'ok',
    );
  }

  const capabilities: SourceCapabilities = {
    id: 'semrush',
    label: SOURCES.semrush.label,
    remote: !loopback,
    experimental: true,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: TARGETS_PER_CALL,
    concurrency: 2,
    knowsTotals: false,
    fields: FILLED,
    cost: { unit: 'units', perCall: UNITS.comparison, perTarget: 0, perPage: 0, perRow: UNITS.line },
    rate: { calls: 10, milliseconds: 1_000 },
  };

  return {
    account: loopback ? null : accountName('semrush', address.base, credentials?.secret ?? ''),
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      const results = await answerEach(targets, form, (asked) => answerHalves(asked, (some) => ask(some, signal)));
      totals.learn(results);
      return results;
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      checkExternalOnly(page.internal, host);
      const asked = { target, sent: form(target) };
      const rows = await logged(
        'rows of 1 target',
        () => calls.rows(asked, page, signal),
        (read) => `${read.length} rows`,
      );
      return { rows, offset: page.offset, total: totals.of(target.id), generation: null };
    },
    info: async () => ({ id: 'semrush', label: SOURCES.semrush.label, pages: null, asOf: null, generation: null }),
    async close() {},
  };
}
