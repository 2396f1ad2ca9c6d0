/**
 * Any endpoint that speaks the contract, as a source. Whether it knows our batch call is found out by the first summaries; without it one
 * call of ten rows a target gives the total and the first rows.
 */
import { PAGE_LIMITS, type Target } from '../../../../shared/backlinks.ts';
import { forSending } from '../../urls/privacy.ts';
import { BacklinkLensError, isAbort, sourceError } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import type { PageRequest, Source, SourceCapabilities, SummaryResult } from '../source.ts';
import type { Transport } from '../transport.ts';
import { createCalls } from './calls.ts';
import { readEndpoint } from './endpoint.ts';
import { summaryOf } from './firstRows.ts';
import { readSummaries } from './summaries.ts';
import { ROW_FIELDS } from './wire.ts';

export interface SearchmetricsParts {
  /** As set by the user. */
  readonly endpoint: string;
  readonly credentials: { readonly id: string; readonly secret: string } | null;
  readonly transport: Transport;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Whether the endpoint knows the batch call: not tried yet, yes, or no. */
type Mode = 'untried' | 'batch' | 'single';

/** Targets per summary call: the first one is small, for it may have to be answered one by one. */
const BATCH: Readonly<Record<Mode, number>> = { untried: 10, batch: 1000, single: 1 };
const SINGLE_CALLS_AT_ONCE = 4;
const FIRST_ROWS = 10;

/**
 * A source over one endpoint; nothing is sent before the first question.
 *
 * @throws BacklinkLensError usage.invalid for an endpoint that readEndpoint does not accept
 */
export function createSearchmetricsSource({ endpoint: address, credentials, transport, log, clock }: SearchmetricsParts): Source {
  const endpoint = readEndpoint(address);
  if (!endpoint.ok) throw new BacklinkLensError('usage.invalid', endpoint.message);
  const { host } = endpoint;
  const calls = createCalls({ endpoint, credentials, transport, clock });
  const remote = !endpoint.loopback;
  let mode: Mode = 'untried';
  let generation: string | null = null;

  /** What goes over the wire for a target. Throws for what must not leave this machine. */
  function wireName(target: Target): string {
    if (target.kind === 'folder' && mode !== 'batch') {
      throw sourceError('refused-target', `${host} knows domains, hosts and pages, but no folders: ask for the pages of ${target.name}.`);
    }
    const sent = remote ? forSending(target) : target.name;
    if (sent === null) throw sourceError('refused-target', `A private or reserved address is not sent to ${host}.`);
    return target.kind === 'page' ? pageName(target, sent) : sent;
  }

  async function logged<T>(what: string, call: () => Promise<T>, tell: (result: T) => string): Promise<T> {
    const start = clock();
    try {
      const result = await call();
      log.info(`searchmetrics: ${what}, ${tell(result)}, ${clock() - start} ms`);
      return result;
    } catch (error) {
      log.info(
        `searchmetrics: ${what}, ${BacklinkLensError.is(error) ? error.code : isAbort(error) ? 'cancelled' : 'failed'}, ${clock() - start} ms`,
      );
      throw error;
    }
  }

  function readRows(target: Target, page: PageRequest, signal: AbortSignal) {
    return logged(
      'rows of 1 target',
      () => calls.rows(wireName(target), page, signal),
      (reply) => `${reply.rows.length} rows${reply.balance === null ? '' : `, balance ${reply.balance}`}`,
    );
  }

  async function batch(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[] | null> {
    const reply = await logged(
      `summaries of ${asked.length} targets`,
      () =>
        calls.summaries(
          asked.map(({ sent }) => sent),
          signal,
        ),
      (json) => (json === null ? 'not known to this endpoint' : 'ok'),
    );
    return reply === null ? null : readSummaries(reply, asked, calls.check);
  }

  async function single(target: Target, signal: AbortSignal): Promise<SummaryResult> {
    try {
      const reply = await readRows(target, { limit: FIRST_ROWS, offset: 0, internal: 'exclude' }, signal);
      generation = reply.generation;
      return { target, summary: summaryOf(target, reply.rows, reply.total, FIRST_ROWS) };
    } catch (error) {
      if (BacklinkLensError.is(error)) return { target, error };
      throw error;
    }
  }

  async function oneByOne(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const results: SummaryResult[] = [];
    for (let start = 0; start < targets.length; start += SINGLE_CALLS_AT_ONCE) {
      results.push(...(await Promise.all(targets.slice(start, start + SINGLE_CALLS_AT_ONCE).map((target) => single(target, signal)))));
      const stop = results.find((result) => 'error' in result && concernsAll(result.error));
      if (stop !== undefined && 'error' in stop) {
        return [...results, ...targets.slice(results.length).map((target) => ({ target, error: stop.error }))];
      }
    }
    return results;
  }

  return {
    get capabilities(): SourceCapabilities {
      return {
        id: 'searchmetrics',
        label: host,
        remote,
        experimental: false,
        targetKinds: mode === 'batch' ? ['domain', 'host', 'page', 'folder'] : ['domain', 'host', 'page'],
        pageLimits: PAGE_LIMITS,
        summaryBatch: BATCH[mode],
        concurrency: mode === 'single' ? SINGLE_CALLS_AT_ONCE : 1,
        knowsTotals: true,
        fields: ROW_FIELDS,
        cost: { perCall: 1, perRow: 0, unit: 'credits' },
      };
    },
    async summaries(targets, signal) {
      signal.throwIfAborted();
      const refused: SummaryResult[] = [];
      const asked: Sendable[] = [];
      for (const target of targets) {
        try {
          asked.push({ target, sent: wireName(target) });
        } catch (error) {
          if (!BacklinkLensError.is(error)) throw error;
          refused.push({ target, error });
        }
      }
      const answers = asked.length === 0 ? [] : await answer(asked, signal);
      const byId = new Map([...refused, ...answers].map((result) => [result.target.id, result]));
      return targets.flatMap((target) => byId.get(target.id) ?? []);
    },
    async rows(target, page, signal) {
      signal.throwIfAborted();
      if (!PAGE_LIMITS.some((limit) => limit === page.limit) || page.offset < 0 || page.offset % page.limit !== 0) {
        throw new BacklinkLensError(
          'usage.invalid',
          `Rows come 10, 25, 50, 100 or 250 at a time from a multiple of that, not ${page.limit} from ${page.offset}.`,
        );
      }
      const reply = await readRows(target, page, signal);
      generation = reply.generation;
      return { rows: reply.rows, offset: page.offset, total: reply.total, generation: reply.generation };
    },
    info: async () => ({ id: 'searchmetrics', label: host, pages: null, asOf: null, generation }),
    async close() {},
  };

  async function answer(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const targets = asked.map(({ target }) => target);
    if (mode === 'single') return await oneByOne(targets, signal);
    const answers = await batch(asked, signal);
    mode = answers === null ? 'single' : 'batch';
    return answers ?? (await oneByOne(targets, signal));
  }
}

/**
 * Host as written, path and query of the page key: without scheme and the parameters that only say where a visitor came from.
 * A page that differs from others by its fragment alone cannot be asked for: fragments are not sent, and the answer would be another page's.
 */
function pageName(target: Target, sent: string): string {
  const key = target.id.slice('page:'.length);
  if (key.includes('#')) throw sourceError('refused-target', `${target.name} is told apart by its fragment, and fragments are not sent.`);
  return new URL(sent).host + key.slice(key.indexOf('/'));
}

interface Sendable {
  readonly target: Target;
  readonly sent: string;
}

/** A failure that the next target would meet as well. */
function concernsAll(error: BacklinkLensError): boolean {
  return error.reason !== 'bad-reply' && error.reason !== 'refused-target';
}
