/**
 * Ahrefs as a source (API v3). Rows are the live links, strongest page first; summaries come a hundred targets a call. Not confirmed by a
 * captured reply: that `where` compares ratings as exactly as they are sent (guarded: a place that is not found again is walked to anew), the
 * words of a refusal by 403, and that a 404 can mean "no data".
 */
import { type Backlink, PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { accountName } from '../account.ts';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../asking.ts';
import { vendorBase } from '../base.ts';
import { createCursorPaging } from '../cursorPaging.ts';
import { createLogged } from '../logged.ts';
import type { PageRequest, Source, SourceCapabilities } from '../source.ts';
import { createSpending } from '../spending.ts';
import type { VendorParts } from '../vendorParts.ts';
import { createCalls, type Mode } from './calls.ts';
import { type Place, placeAfter, withoutGiven } from './keyset.ts';
import { UNITS_PER_TARGET } from './summaries.ts';
import { FILLED, LEAST_UNITS, readRow, UNITS_PER_ROW } from './wire.ts';

const MODES: Readonly<Record<Target['kind'], Mode>> = { domain: 'subdomains', host: 'subdomains', page: 'exact', folder: 'prefix' };
const KINDS = ['domain', 'host', 'page', 'folder'] as const;
/** Documented for the batch call. */
const MOST_TARGETS = 100;
/** What the smallest plan gives in one call, and what every call gives by default. */
const MOST_ROWS = { smallestPlan: 100, usual: 1000 };

/** A source over the account of one key; nothing is sent before the first question. */
export function createAhrefsSource({ base: address, credentials, transport, log, clock }: VendorParts): Source {
  const base = vendorBase('ahrefs', address);
  const { host } = base;
  const remote = !base.loopback;
  const spending = createSpending();
  const calls = createCalls({ base, credentials, transport, spending, clock });
  const logged = createLogged('ahrefs', log, clock);

  const capabilities: SourceCapabilities = {
    id: 'ahrefs',
    label: SOURCES.ahrefs.label,
    remote,
    experimental: true,
    targetKinds: KINDS,
    pageLimits: PAGE_LIMITS,
    summaryBatch: MOST_TARGETS,
    knowsTotals: false,
    fields: FILLED,
    cost: { unit: 'units', perCall: 0, perTarget: UNITS_PER_TARGET, perPage: 0, perRow: UNITS_PER_ROW, atLeast: LEAST_UNITS },
    rate: { calls: 60, milliseconds: 60_000 },
  };

  /** As Ahrefs takes it: without a scheme, which `protocol` leaves open; a folder by its path. */
  function form(target: Target): string {
    const sent = sentForm(target, { host, remote, kinds: KINDS });
    return sent.replace(/^https?:\/\//, '').replace(/\*$/, target.kind === 'folder' ? '' : '*');
  }

  const paging = createCursorPaging<Backlink, Place>({
    host,
    most: MOST_ROWS.smallestPlan,
    mostAnew: MOST_ROWS.usual,
    async after({ target, sent }, place, count, signal) {
      if (place?.rating === null) return null;
      const limit = count + (place?.given.length ?? 0);
      const about = { target: sent, mode: MODES[target.kind] };
      const given = await logged(
        'rows of 1 target',
        () => calls.rows(about, place, limit, signal),
        (rows) => `${rows.length} rows`,
      );
      const rows = place === null ? given : withoutGiven(given, place);
      if (rows === null) return null;
      // A plan may give fewer rows a call than were asked for: a reply as long as its limit is not the end.
      const complete = given.length < Math.min(limit, MOST_ROWS.smallestPlan);
      return {
        rows: rows.map((row) => readRow(row, calls.check)),
        next: complete ? null : placeAfter(rows, place),
      };
    },
  });

  return {
    account: remote ? accountName('ahrefs', base.base, credentials?.secret ?? '') : null,
    get spent() {
      return spending.spent;
    },
    capabilities,
    async summaries(targets, signal) {
      signal.throwIfAborted();
      return await answerEach(targets, form, (asked) => batch(asked, signal));
    },
    async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
      signal.throwIfAborted();
      checkPage(page);
      checkExternalOnly(page.internal, host);
      const rows = await paging.page({ target, sent: form(target) }, page, signal);
      return { rows, offset: page.offset, total: null, generation: null };
    },
    info: async () => ({ id: capabilities.id, label: capabilities.label, pages: null, asOf: null, generation: null }),
    balance: (signal) =>
      logged(
        'balance',
        () => calls.usage(signal),
        ({ left }) => (left === null ? 'no limit' : `${left} units`),
      ),
    async close() {},
  };

  function batch(asked: readonly Sendable[], signal: AbortSignal) {
    const modes = asked.map(({ target }) => MODES[target.kind]);
    return logged(
      `summaries of ${asked.length} targets`,
      () => calls.batch(asked, modes, signal),
      (results) => `${results.filter((result) => 'summary' in result).length} answered`,
    );
  }
}
