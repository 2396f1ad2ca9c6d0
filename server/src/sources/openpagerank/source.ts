/**
 * Open PageRank as a source: a score from 0 to 10 and referring domains, of domains alone, for a free key. It knows neither backlinks nor rows.
 * Its referring domains are those of Common Crawl's graph, as it counts them.
 */
import type { Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { sourceError } from '../../util/errors.ts';
import { accountName } from '../account.ts';
import { answerEach, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createLogged } from '../logged.ts';
import type { Source, SourceCapabilities } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { createCalls } from './calls.ts';

const KINDS = ['domain'] as const;
/** Documented for the bulk call. */
const MOST_DOMAINS = 100;

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createOpenPageRankSource({ base: address, credentials, transport, log, clock }: VendorParts): Source {
  const base = vendorBase('openpagerank', address);
  const { host } = base;
  const remote = !base.loopback;
  const spending = createSpending();
  const calls = createCalls({ base, credentials, transport, spending, clock });
  const logged = createLogged('openpagerank', log, clock);

  const capabilities: SourceCapabilities = {
    id: 'openpagerank',
    label: SOURCES.openpagerank.label,
    remote,
    experimental: false,
    targetKinds: KINDS,
    pageLimits: [],
    summaryBatch: MOST_DOMAINS,
    knowsTotals: false,
    fields: [],
    cost: null,
    rate: null,
  };

  const form = (target: Target) => sentForm(target, { host, remote, kinds: KINDS });

  const ask = (asked: readonly Sendable[], signal: AbortSignal) =>
    logged(
      `summaries of ${asked.length} targets`,
      () => calls.bulk(asked, signal),
      (results) => `${results.filter((result) => 'summary' in result).length} answered`,
    );

  return {
    account: remote ? accountName('openpagerank', base.base, credentials?.secret ?? '') : null,
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      return await answerEach(targets, form, (asked) => ask(asked, signal));
    },
    async rows(target, _page, signal) {
      signal.throwIfAborted();
      throw sourceError('refused-target', `${host} has no rows, only scores of domains: choose another source to see who links to ${target.name}.`);
    },
    info: async () => ({ id: capabilities.id, label: capabilities.label, pages: null, asOf: null, generation: null }),
    async close() {},
  };
}
