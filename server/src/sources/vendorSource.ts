/**
 * The source that every vendor's is: what is refused before anything is sent, the order of answers, the rule for pages, and all that follows
 * from its address and key. A vendor adds its calls and what it can do.
 */
import { type InternalFilter, PAGE_LIMITS, type Target } from '../../../shared/backlinks.ts';
import { SOURCES } from '../../../shared/sources.ts';
import { sourceError } from '../util/errors.ts';
import { accountName } from './account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from './asking.ts';
import { answerHalves } from './halving.ts';
import type { VendorKey } from './keys.ts';
import type { Balance, Source, SourceCapabilities, SummaryResult } from './source.ts';
import { createStretches, type ReadRows } from './stretches.ts';
import type { Vendor } from './vendorParts.ts';

export interface VendorPlan {
  /** The rest of the capabilities. */
  readonly can: Omit<SourceCapabilities, 'id' | 'label' | 'remote' | 'pageLimits'>;
  /** Links that it can tell apart by origin; absent: only those from other domains. */
  readonly internal?: readonly InternalFilter[];
  /** The form in which a target goes out, from that of `sentForm`; absent: as it is. */
  readonly form?: (sent: string, target: Target) => string;
  /**
   * Answers a batch, in any order; at least one target, at most `can.summaryBatch`. Where it rejects as `refused-target`, halves are asked
   * again, until the target that spoils the batch stands alone.
   */
  readonly ask: (asked: readonly Sendable[], signal: AbortSignal) => Promise<readonly SummaryResult[]>;
  /** One page of rows; absent: it has none. Where `can.rowsPerCall` is more than a page has, it is asked for as many. */
  readonly page?: ReadRows;
  readonly balance?: (signal: AbortSignal) => Promise<Balance>;
}

/** A source that has sent nothing yet. It counts as remote behind an address on this machine, too: a gateway there passes on what it is asked. */
export function createVendorSource({ id, base, spending, credentials }: Vendor, plan: VendorPlan): Source {
  const { can, internal = ['exclude'], balance } = plan;
  const pageOf = plan.page === undefined ? undefined : createStretches(can.rowsPerCall ?? 0, plan.page);
  const { host } = base;
  const { label } = SOURCES[id];
  let asOf: string | null = null;

  function form(target: Target): string {
    const sent = sentForm(target, { host, remote: true, kinds: can.targetKinds });
    return plan.form?.(sent, target) ?? sent;
  }

  return {
    account: accountName(id, base.base, nameOf(credentials)),
    get spent() {
      return spending.spent;
    },
    capabilities: { ...can, id, label, remote: true, pageLimits: pageOf === undefined ? [] : PAGE_LIMITS },
    async summaries(targets, signal) {
      signal.throwIfAborted();
      const results = await answerEach(targets, form, (asked) => answerHalves(asked, (some) => plan.ask(some, signal)));
      for (const result of results) if ('summary' in result) asOf = later(asOf, result.summary.asOf);
      return results;
    },
    async rows(target, page, signal) {
      signal.throwIfAborted();
      if (pageOf === undefined) throw noRows(target, host);
      checkPage(page);
      if (!internal.includes(page.internal)) checkExternalOnly(page.internal, host);
      const { rows, total } = await pageOf({ target, sent: form(target) }, page, signal);
      return { rows, offset: page.offset, total, generation: null };
    },
    info: async () => ({ id, label, pages: null, asOf, generation: null, ...(pageOf === undefined ? { rows: false } : {}) }),
    ...(balance === undefined ? {} : { balance }),
    async close() {},
  };
}

/** Whose account it is: by its name, where there is one, for a new key of the same account gets the same answers. It is kept as a hash only. */
function nameOf(key: VendorKey | null): string {
  return key === null ? '' : key.id || key.secret;
}

/** Of two ISO days the later; null where there is none. */
function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function noRows({ name }: Target, host: string): Error {
  return sourceError('refused-target', `${host} has no rows, only totals: choose another source to see who links to ${name}.`);
}
