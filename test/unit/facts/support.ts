/** Time that stands still until it is told to move, and a source that answers when it is told to. */

import { createFactStore } from '../../../server/src/facts/factStore.ts';
import type { FactStore, FactsPolicy } from '../../../server/src/facts/facts.ts';
import { rowsCost, summariesCost } from '../../../server/src/facts/price.ts';
import type { PageRequest, Source, SourceCapabilities, SourceInfo, Spent, SummaryResult } from '../../../server/src/sources/source.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { Clock } from '../../../server/src/util/clock.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import type { Summary, Target } from '../../../shared/backlinks.ts';

export interface FakeClock extends Clock {
  /** Moves time on, rings what is due in order, and lets promises settle in between. */
  advance(milliseconds: number): Promise<void>;
  /** Alarms that have not rung. */
  readonly waiting: number;
}

export function fakeClock(start = 1_000_000): FakeClock {
  let now = start;
  let alarms: { readonly at: number; readonly run: () => void }[] = [];
  const due = (until: number) => alarms.filter((alarm) => alarm.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after(milliseconds, run) {
      const alarm = { at: now + Math.max(0, milliseconds), run };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    get waiting() {
      return alarms.length;
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (let alarm = due(until); alarm !== undefined; alarm = due(until)) {
        now = alarm.at;
        const rung = alarm;
        alarms = alarms.filter((other) => other !== rung);
        alarm.run();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

/** Lets every promise that can go on do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

export function target(text: string): Target {
  const parsed = parseTarget(text);
  if (parsed === null) throw new TypeError(text);
  return parsed;
}

export function targets(count: number, from = 0): Target[] {
  return Array.from({ length: count }, (_, index) => target(`https://site-${from + index}.com/page`));
}

export function summary(of: Target, backlinks: number): Summary {
  const nothing = { internalBacklinks: null, referringPages: null, referringHosts: null, referringDomains: null, followed: null, forms: null };
  return { target: of, backlinks, unit: 'links', ...nothing, strength: null, topAnchors: null, redirectsTo: null, strongest: null, asOf: null };
}

export interface FakeSource extends Source {
  /** Every call counts one and costs what the formula says. */
  spent: Spent;
  /** Targets of each summary call. */
  readonly calls: (readonly Target[])[];
  readonly rowCalls: PageRequest[];
  readonly signals: AbortSignal[];
  closed: boolean;
  generation: string | null;
  /** Answers each target; by default with 1 backlink at once. */
  answer: (targets: readonly Target[], signal: AbortSignal) => Promise<readonly SummaryResult[]>;
  /** Called before info and rows; may throw. */
  check: () => void;
}

export function fakeSource(capabilities: Partial<SourceCapabilities> = {}): FakeSource {
  const spend = (amount: number) => {
    const { calls, rows, amount: before } = source.spent;
    source.spent = { calls: calls + 1, rows, amount: source.capabilities.cost === null ? 0 : before + amount };
  };
  const source: FakeSource = {
    account: null,
    spent: { calls: 0, rows: 0, amount: 0 },
    capabilities: {
      id: 'fake',
      label: 'Fake',
      remote: false,
      experimental: false,
      targetKinds: ['domain', 'host', 'page'],
      pageLimits: [10, 25, 50, 100, 250],
      summaryBatch: 100,
      knowsTotals: true,
      fields: [],
      cost: null,
      rate: null,
      ...capabilities,
    },
    calls: [],
    rowCalls: [],
    signals: [],
    closed: false,
    generation: null,
    answer: async (asked) => asked.map((of) => ({ target: of, summary: summary(of, 1) })),
    check: () => {},
    summaries(asked, signal) {
      spend(summariesCost(source.capabilities.cost, asked.length));
      source.calls.push(asked);
      source.signals.push(signal);
      return source.answer(asked, signal);
    },
    async rows(_target, page, signal) {
      spend(rowsCost(source.capabilities.cost, page.limit));
      source.rowCalls.push(page);
      source.signals.push(signal);
      source.check();
      await settle();
      signal.throwIfAborted();
      return { rows: [], offset: page.offset, total: 0, generation: source.generation };
    },
    async info(): Promise<SourceInfo> {
      source.check();
      return { id: 'fake', label: 'Fake', pages: 7, asOf: null, generation: source.generation };
    },
    async close() {
      source.closed = true;
    },
  };
  return source;
}

export const OPEN_POLICY: FactsPolicy = { automatic: true, consent: true, ignore: () => false };

export interface Bench {
  readonly facts: FactStore;
  readonly clock: FakeClock;
  readonly source: FakeSource;
  /** What listeners were told: the number of targets of each call. */
  readonly told: number[];
  readonly want: (asked: readonly Target[], options?: { readonly asked?: boolean; readonly signal?: AbortSignal }) => Promise<void>;
}

/** A store over a fake source, its first look over. */
export async function bench(
  capabilities: Partial<SourceCapabilities> = {},
  policy: FactsPolicy = OPEN_POLICY,
  lookEvery = Number.POSITIVE_INFINITY,
): Promise<Bench> {
  const clock = fakeClock();
  const facts = createFactStore({ clock, log: silentLog, window: 20, lookEvery, random: () => 0 });
  const source = fakeSource(capabilities);
  const told: number[] = [];
  facts.setPolicy(policy);
  facts.setSource(source);
  await clock.advance(1);
  facts.onDidChange((changed) => told.push(changed.length));
  const never = new AbortController().signal;
  const want: Bench['want'] = (wanted, options = {}) =>
    facts.want(wanted, { priority: 'document', asked: options.asked ?? false, signal: options.signal ?? never });
  return { facts, clock, source, told, want };
}
