/**
 * Bing Webmaster Tools as a source: free, and only about the verified sites of one's own account. A summary is read out of the link counts of the
 * target's site, which take a call for each page of that list and are remembered for ten minutes; rows take a call for each page that has links.
 * Documented, with examples, but not confirmed by a captured reply; users report empty lists for sites that have links.
 */
import { type Backlink, PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { BacklinkLensError, concernsEveryTarget, sourceError } from '../../util/errors.ts';
import { accountName } from '../account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createCursorPaging } from '../cursorPaging.ts';
import { createLogged } from '../logged.ts';
import type { PageRequest, Source, SourceCapabilities, SummaryResult } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { createCalls } from './calls.ts';
import { createCounts } from './counts.ts';
import { sitesOf } from './sites.ts';
import { type Counted, listsOf, summaryOf } from './summary.ts';
import { createWalk, type Place } from './walk.ts';
import { FILLED } from './wire.ts';

const KINDS = ['domain', 'host', 'page'] as const;
const TARGETS_PER_BATCH = 100;

/** A source over one account; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createBingSource({ credentials, base: given, transport, log, clock }: VendorParts): Source {
  const base = vendorBase('bing', given);
  const { host, loopback } = base;
  const spending = createSpending();
  const logged = createLogged('bing', log, clock);
  const calls = createCalls({ base, credentials, transport, spending, clock });
  const counts = createCounts(calls, clock);
  const walk = createWalk(calls, clock);
  const form = (target: Target) => sentForm(target, { host, remote: !loopback, kinds: KINDS });
  const paging = createCursorPaging<Backlink, Place>({
    host,
    most: Number.MAX_SAFE_INTEGER,
    after: async ({ target }, place, _count, signal) => await walk.after(listsOf(target, await countedOf(target, signal)), place, signal),
  });

  /** Counts of the sites that a target lies in. Throws `source.refused-target` where there is none. */
  async function countedOf(target: Target, signal: AbortSignal): Promise<readonly Counted[]> {
    const sites = sitesOf(target, await counts.sites(signal));
    if (sites.length === 0) throw outside(target);
    const counted: Counted[] = [];
    for (const site of sites) counted.push({ site, counts: await counts.of(site, signal) });
    return counted;
  }

  function outside({ name }: Target): BacklinkLensError {
    return sourceError(
      'refused-target',
      `${host} tells about the verified sites of your own account only, and ${name} is in none of them. Verify its site in Bing Webmaster Tools, or choose another source.`,
    );
  }

  /** One after another: targets of one site share its counts. What concerns every target ends the batch. */
  async function answer(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const results: SummaryResult[] = [];
    for (const { target } of asked) {
      try {
        results.push({ target, summary: summaryOf(target, await countedOf(target, signal)) });
      } catch (error) {
        if (!BacklinkLensError.is(error)) throw error;
        if (concernsEveryTarget(error) && results.length === 0) throw error;
        if (concernsEveryTarget(error))
          return [...results, ...asked.slice(results.length).map(({ target: unasked }) => ({ target: unasked, error }))];
        results.push({ target, error });
      }
    }
    return results;
  }

  const capabilities: SourceCapabilities = {
    id: 'bing',
    label: SOURCES.bing.label,
    remote: !loopback,
    experimental: true,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: TARGETS_PER_BATCH,
    concurrency: 1,
    knowsTotals: false,
    fields: FILLED,
    // The list of sites and the first page of one site's counts: a large site takes more, and a site that was asked of late takes none.
    cost: { unit: 'calls', perCall: 2, perTarget: 0, perPage: 1, perRow: 0 },
    rate: null,
  };

  return {
    account: loopback ? null : accountName('bing', base.base, credentials?.secret ?? ''),
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      return await answerEach(targets, form, (asked) =>
        logged(
          `summaries of ${asked.length} targets`,
          () => answer(asked, signal),
          () => 'ok',
        ),
      );
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      checkExternalOnly(page.internal, host);
      const asked = { target, sent: form(target) };
      const rows = await logged(
        'rows of 1 target',
        () => paging.page(asked, page, signal),
        (read) => `${read.length} rows`,
      );
      return { rows, offset: page.offset, total: null, generation: null };
    },
    info: async () => ({ id: 'bing', label: SOURCES.bing.label, pages: null, asOf: null, generation: null }),
    async close() {},
  };
}
