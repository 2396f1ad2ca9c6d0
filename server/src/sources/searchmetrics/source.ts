/**
 * Any endpoint that speaks the contract, as a source. Whether it knows our batch call is found out by the first summaries; without it one
 * call of ten rows a target gives the total and the first rows.
 */
import { PAGE_LIMITS, type RowPage, type Target } from '../../../../shared/backlinks.ts';
import { BacklinkLensError, concernsEveryTarget } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import { accountName } from '../account.ts';
import { answerEach, checkPage, knownError, type Sendable } from '../asking.ts';
import { createLogged, type Logged } from '../logged.ts';
import {
  CONTRACT_FIELDS,
  type PageRequest,
  type Source,
  type SourceCapabilities,
  type SourceInfo,
  type Spent,
  type SummaryResult,
} from '../source.ts';
import { createSpending } from '../spending.ts';
import type { Transport } from '../transport.ts';
import { type Calls, createCalls, type RowsReply } from './calls.ts';
import { type Endpoint, readEndpoint } from './endpoint.ts';
import { summaryOf } from './firstRows.ts';
import { readSummaries } from './summaries.ts';
import { wireName } from './wireName.ts';

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
export function createSearchmetricsSource(parts: SearchmetricsParts): Source {
  const endpoint = readEndpoint(parts.endpoint);
  if (!endpoint.ok) throw new BacklinkLensError('usage.invalid', endpoint.message);
  return new SearchmetricsSource(endpoint, parts);
}

class SearchmetricsSource implements Source {
  readonly account: string | null;
  readonly #spending = createSpending();
  readonly #endpoint: Endpoint;
  readonly #calls: Calls;
  readonly #logged: Logged;
  #mode: Mode = 'untried';
  #generation: string | null = null;

  constructor(endpoint: Endpoint, parts: SearchmetricsParts) {
    const { credentials, log, clock } = parts;
    this.#endpoint = endpoint;
    this.#calls = createCalls({ ...parts, endpoint, spending: this.#spending });
    this.account = endpoint.loopback ? null : accountName('searchmetrics', endpoint.base, credentials?.id ?? '');
    this.#logged = createLogged('searchmetrics', log, clock);
  }

  get spent(): Spent {
    return this.#spending.spent;
  }

  get capabilities(): SourceCapabilities {
    return {
      id: 'searchmetrics',
      label: this.#endpoint.host,
      remote: !this.#endpoint.loopback,
      experimental: false,
      targetKinds: this.#mode === 'batch' ? ['domain', 'host', 'page', 'folder'] : ['domain', 'host', 'page'],
      pageLimits: PAGE_LIMITS,
      summaryBatch: BATCH[this.#mode],
      concurrency: this.#mode === 'single' ? SINGLE_CALLS_AT_ONCE : 1,
      knowsTotals: true,
      fields: CONTRACT_FIELDS,
      cost: { unit: 'credits', perCall: 1, perTarget: 0, perPage: 1, perRow: 0 },
      rate: null,
    };
  }

  async summaries(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    signal.throwIfAborted();
    return await answerEach(
      targets,
      (target) => this.#wireName(target),
      (asked) => this.#answer(asked, signal),
    );
  }

  async rows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowPage> {
    signal.throwIfAborted();
    checkPage(page);
    const { rows, total, generation } = await this.#readRows(target, page, signal);
    return { rows, offset: page.offset, total, generation };
  }

  async info(): Promise<SourceInfo> {
    return { id: 'searchmetrics', label: this.#endpoint.host, pages: null, asOf: null, generation: this.#generation };
  }

  async close(): Promise<void> {}

  #wireName(target: Target): string {
    const { host, loopback } = this.#endpoint;
    return wireName(target, { host, remote: !loopback, folders: this.#mode === 'batch' });
  }

  async #answer(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const targets = asked.map(({ target }) => target);
    if (this.#mode === 'single') return await this.#oneByOne(targets, signal);
    const reply = await this.#logged(
      `summaries of ${asked.length} targets`,
      () => this.#calls.summaries(sentOf(asked), signal),
      (json) => (json === null ? 'not known to this endpoint' : 'ok'),
    );
    this.#mode = reply === null ? 'single' : 'batch';
    return reply === null ? await this.#oneByOne(targets, signal) : readSummaries(reply, asked, this.#calls.check);
  }

  async #oneByOne(targets: readonly Target[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const results: SummaryResult[] = [];
    for (let start = 0; start < targets.length; start += SINGLE_CALLS_AT_ONCE) {
      const some = targets.slice(start, start + SINGLE_CALLS_AT_ONCE);
      results.push(...(await Promise.all(some.map((target) => this.#single(target, signal)))));
      const stop = results.flatMap((result) => ('error' in result && concernsEveryTarget(result.error) ? [result.error] : []))[0];
      if (stop !== undefined) return [...results, ...targets.slice(results.length).map((target) => ({ target, error: stop }))];
    }
    return results;
  }

  async #single(target: Target, signal: AbortSignal): Promise<SummaryResult> {
    try {
      const { rows, total } = await this.#readRows(target, { limit: FIRST_ROWS, offset: 0, internal: 'exclude' }, signal);
      return { target, summary: summaryOf(target, rows, total, FIRST_ROWS) };
    } catch (error) {
      return { target, error: knownError(error) };
    }
  }

  async #readRows(target: Target, page: PageRequest, signal: AbortSignal): Promise<RowsReply> {
    const reply = await this.#logged(
      'rows of 1 target',
      () => this.#calls.rows(this.#wireName(target), page, signal),
      ({ rows, balance }) => `${rows.length} rows${balance === null ? '' : `, balance ${balance}`}`,
    );
    this.#generation = reply.generation;
    return reply;
  }
}

function sentOf(asked: readonly Sendable[]): readonly string[] {
  return asked.map(({ sent }) => sent);
}
