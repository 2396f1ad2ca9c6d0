/**
 * DataForSEO as a source (API v3). Rows are one for each referring page, the strongest page first; summaries come a hundred targets a call.
 * Known by a captured reply and the documentation. Two counts are not the same there: a row stands for all links of its page to the target,
 * while `backlinks` of a summary counts links.
 */
import { PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { accountName } from '../account.ts';
import { answerEach, checkPage, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createLogged } from '../logged.ts';
import type { PageRequest, Source, SourceCapabilities } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { COST, createCalls, type Question } from './calls.ts';
import { createDeepRows, DEEP_FROM } from './deepRows.ts';
import { summariesOf } from './summaries.ts';
import { FILLED } from './wire.ts';

const KINDS = ['domain', 'host', 'page'] as const;
/** The bulk call takes 1,000 targets of at most 100 registrable domains: a hundred are never refused. */
const MOST_TARGETS = 100;

/** A source over one account; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createDataForSeoSource({ base: address, credentials, transport, log, clock }: VendorParts): Source {
  const base = vendorBase('dataforseo', address);
  const { host } = base;
  const remote = !base.loopback;
  const spending = createSpending();
  const calls = createCalls({ base, credentials, transport, spending, clock });
  const logged = createLogged('dataforseo', log, clock);
  const deep = createDeepRows(readRows);

  const capabilities: SourceCapabilities = {
    id: 'dataforseo',
    label: SOURCES.dataforseo.label,
    remote,
    experimental: false,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: MOST_TARGETS,
    concurrency: 4,
    knowsTotals: true,
    fields: FILLED,
    cost: COST,
    // Documented since 2026-10-19; thirty calls may run at once.
    rate: { calls: 10_000, milliseconds: 60_000 },
  };

  const form = (target: Target) => sentForm(target, { host, remote, kinds: KINDS });

  function readRows(...[question, part, signal]: Parameters<typeof calls.rows>): ReturnType<typeof calls.rows> {
    return logged(
      'rows of 1 target',
      () => calls.rows(question, part, signal),
      ({ rows }) => `${rows.length} rows`,
    );
  }

  return {
    account: remote ? accountName('dataforseo', base.base, credentials?.id ?? '') : null,
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      return await answerEach(targets, form, (asked) => summariesOf(asked, calls, logged, signal));
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      const question: Question = { target, sent: form(target), internal: page.internal };
      if (page.offset >= DEEP_FROM) return await deep.page(question, page, signal);
      const { rows, total } = await readRows(question, { limit: page.limit, offset: page.offset, token: null }, signal);
      return { rows, offset: page.offset, total, generation: null };
    },
    info: async () => ({ id: capabilities.id, label: capabilities.label, pages: null, asOf: null, generation: null }),
    async balance(signal) {
      const left = await logged(
        'balance',
        () => calls.balance(signal),
        () => 'ok',
      );
      return { left, limit: null, renews: null };
    },
    async close() {},
  };
}
