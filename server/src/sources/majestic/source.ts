/**
 * Majestic as a source: the Fresh index, links that were not deleted, Citation Flow as strength. Not confirmed by a captured reply: the names of
 * codes but three, `SourceTitle`, and whether `TotalBackLinks` leaves deleted links out as the rows do. A host is answered without the hosts
 * below it, and URLs of few links by estimates.
 */
import { PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { accountName } from '../account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createLogged } from '../logged.ts';
import type { PageRequest, Source, SourceCapabilities } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { COST, createCalls } from './calls.ts';
import { FILLED } from './wire.ts';

const KINDS = ['domain', 'host', 'page'] as const;
/** Documented for GetIndexItemInfo. */
const MOST_ITEMS = 100;

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createMajesticSource({ base: address, credentials, transport, log, clock }: VendorParts): Source {
  const base = vendorBase('majestic', address);
  const { host } = base;
  const remote = !base.loopback;
  const spending = createSpending();
  const calls = createCalls({ base, credentials, transport, spending, clock });
  const logged = createLogged('majestic', log, clock);

  const capabilities: SourceCapabilities = {
    id: 'majestic',
    label: SOURCES.majestic.label,
    remote,
    experimental: true,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: MOST_ITEMS,
    knowsTotals: true,
    fields: FILLED,
    cost: COST,
    // Published for one command only; kept for all.
    rate: { calls: 3, milliseconds: 1000 },
  };

  const form = (target: Target) => sentForm(target, { host, remote, kinds: KINDS });

  const ask = (asked: readonly Sendable[], signal: AbortSignal) =>
    logged(
      `summaries of ${asked.length} targets`,
      () => calls.indexItems(asked, signal),
      (results) => `${results.filter((result) => 'summary' in result).length} answered`,
    );

  return {
    account: remote ? accountName('majestic', base.base, credentials?.secret ?? '') : null,
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      return await answerEach(targets, form, (asked) => ask(asked, signal));
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      checkExternalOnly(page.internal, host);
      const item = form(target);
      const { rows, total } = await logged(
        'rows of 1 target',
        () => calls.backLinks(item, page, signal),
        ({ rows: read }) => `${read.length} rows`,
      );
      return { rows, offset: page.offset, total, generation: null };
    },
    info: async () => ({ id: capabilities.id, label: capabilities.label, pages: null, asOf: null, generation: null }),
    async close() {},
  };
}
