/**
 * Moz as a source: with an access id its Links API v2, with a token alone the Moz API. Both count rows: one for each target of a summary and one
 * for each link. Totals are pages and not links, so that rows have none. Not confirmed by a captured reply: links of v2, that a token of one
 * page goes on with a page of another size, and how a used-up quota is said.
 */
import { type Backlink, PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import { accountName } from '../account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createCursorPaging, type Stretch } from '../cursorPaging.ts';
import { answerHalves } from '../halving.ts';
import { requireKey } from '../keys.ts';
import { createLogged } from '../logged.ts';
import type { PageRequest, Source, SourceCapabilities, SummaryResult } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { type Api, LINKS_PER_CALL, TARGETS_PER_CALL } from './calls.ts';
import { createPatience } from './patience.ts';
import { createV2 } from './v2.ts';
import { createV3 } from './v3.ts';
import { FILLED } from './wire.ts';

/** Of the Moz API; v2 is at the address that shared/sources.ts has. */
const HOME_V3 = 'https://api.moz.com';
const KINDS = ['domain', 'host', 'page'] as const;

/** A source over Moz; nothing is sent before the first question. */
export function createMozSource({ credentials, base, transport, log, clock }: VendorParts): Source {
  const legacy = credentials !== null && credentials.id !== '';
  const address = vendorBase('moz', base ?? (legacy ? undefined : HOME_V3));
  const { host, loopback } = address;
  const spending = createSpending();
  const patience = createPatience(clock);
  const logged = createLogged('moz', log, clock);
  const paging = createCursorPaging<Backlink, string>({ host, most: LINKS_PER_CALL, after });
  const form = (target: Target) => sentForm(target, { host, remote: !loopback, kinds: KINDS });

  function api(): Api {
    const key = requireKey(credentials, 'moz', host);
    return (legacy ? createV2 : createV3)({ base: address, key, transport, spending, patience, clock });
  }

  /** A place that is refused is one that Moz has forgotten. */
  async function after(asked: Sendable, place: string | null, count: number, signal: AbortSignal): Promise<Stretch<Backlink, string> | null> {
    try {
      return await logged(
        'rows of 1 target',
        () => api().links(asked, place, count, signal),
        ({ rows }) => `${rows.length} rows`,
      );
    } catch (error) {
      if (place !== null && BacklinkLensError.is(error, 'source.refused-target')) return null;
      throw error;
    }
  }

  async function metrics(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    return await logged(
      `summaries of ${asked.length} targets`,
      () => api().metrics(asked, signal),
      () => 'ok',
    );
  }

  const capabilities: SourceCapabilities = {
    id: 'moz',
    label: SOURCES.moz.label,
    remote: !loopback,
    experimental: true,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: TARGETS_PER_CALL,
    concurrency: 1,
    knowsTotals: false,
    fields: FILLED,
    cost: { unit: 'rows', perCall: 0, perTarget: 1, perPage: 0, perRow: 1 },
    // The limit of the free plan, and nobody tells which plan a key has.
    rate: { calls: 1, milliseconds: 10_000 },
  };

  return {
    account: loopback ? null : accountName('moz', address.base, credentials?.id ?? '', credentials?.secret ?? ''),
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      return await answerEach(targets, form, (asked) => answerHalves(asked, (some) => metrics(some, signal)));
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      checkExternalOnly(page.internal, host);
      const rows = await paging.page({ target, sent: form(target) }, page, signal);
      return { rows, offset: page.offset, total: null, generation: null };
    },
    info: async () => ({ id: 'moz', label: SOURCES.moz.label, pages: null, asOf: null, generation: null }),
    async close() {},
  };
}
