/** Everything that is known from sources, and the only place that asks them: one session for the active source, swapped as a whole. */
import type { Known, RowPage, SkipReason, Summary, Target } from '../../../shared/backlinks.ts';
import type { Price } from '../../../shared/spending.ts';
import type { PageRequest, Source } from '../sources/source.ts';
import type { Clock } from '../util/clock.ts';
import { isAbort, sourceError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { CLOSED_POLICY, createAdmission, isPrivateAndUnseen, mayAsk } from './admission.ts';
import type { FactCache } from './cache.ts';
import { createChanges } from './changes.ts';
import type { FactStore, FactsPolicy, WantOptions } from './facts.ts';
import { Session } from './session.ts';

export interface FactStoreOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** What is kept across restarts; whoever made it closes it. Absent or null: nothing is. */
  readonly cache?: FactCache | null;
  /** From 0 to below 1, for waits that are not to end everywhere at the same moment. */
  readonly random?: () => number;
  /** Milliseconds in which wants are merged into one call. */
  readonly window?: number;
  /** Targets kept at most. */
  readonly maxTargets?: number;
  /** Rows kept at most, of all targets together. */
  readonly maxRows?: number;
  /** Milliseconds after which a local index is looked at again though nobody asks. */
  readonly lookEvery?: number;
}

/** A store without a source and without consent: everything is skipped until the host says more. */
export function createFactStore(options: FactStoreOptions): FactStore {
  const { clock, log, cache = null, random = Math.random, window = 20, maxTargets = 100_000, maxRows = 50_000, lookEvery = 30_000 } = options;
  const changes = createChanges(clock, log);
  let policy: FactsPolicy = CLOSED_POLICY;
  let session: Session | null = null;
  let missing: { readonly setting: string; readonly message: string } | null = null;

  let skip = createAdmission(null, policy);
  const admitted = (targets: readonly Target[]) => targets.filter((target) => skip(target) === null);

  /** The source, where it is on this machine. */
  const local = (): Source | null => (session === null || session.source.capabilities.remote ? null : session.source);

  function admit(): void {
    skip = createAdmission(session?.source.capabilities ?? null, policy);
  }

  function swap(next: Session | null): void {
    const former = session;
    session = next;
    admit();
    void former?.close();
    changes.noteEverything();
  }

  return {
    get(target): Known<Summary> {
      const reason = skip(target);
      if (reason !== null || session === null) return { state: 'skipped', reason: reason ?? 'no-source' };
      const known = session.get(target);
      if (isPrivateAndUnseen(target, known)) return { state: 'skipped', reason: 'private' };
      if (known.state !== 'unknown' || mayAsk(session.source.capabilities, policy, false)) return known;
      return { state: 'skipped', reason: 'manual' };
    },
    async want(targets, wanted: WantOptions) {
      for (;;) {
        wanted.signal.throwIfAborted();
        const present = session;
        if (present === null) return;
        // What is kept is shown though nobody may be asked. It is not waited for where nothing is: wants of one tick belong together.
        const recalled = present.recall(admitted(targets), wanted.signal);
        if (recalled !== null) await recalled;
        if (session === present && mayAsk(present.source.capabilities, policy, wanted.asked)) await present.want(admitted(targets), wanted);
        // Another source came in the meantime: what was wanted is wanted from that one.
        if (session === present) return;
      }
    },
    async rows(target, page: PageRequest, signal): Promise<RowPage> {
      for (;;) {
        signal.throwIfAborted();
        const reason = skip(target);
        if (reason !== null || session === null) throw refusal(target, reason ?? 'no-source', missing?.message);
        if (!mayAsk(session.source.capabilities, policy, true)) throw refusal(target, 'manual');
        const present = session;
        try {
          return await present.rows(target, page, signal);
        } catch (error) {
          if (session === present || !isAbort(error)) throw error;
        }
      }
    },
    linkedPages: async (folder, most, signal) => (await local()?.linkedPages?.(folder, most, signal)) ?? null,
    followedDomains: async (page, signal) => (await local()?.followedDomains?.(page, signal)) ?? null,
    async price(targets, signal): Promise<Price | null> {
      const present = session;
      if (present === null) return null;
      await present.recall(admitted(targets), signal);
      return present.price(admitted(targets));
    },
    usage: () => session?.usage() ?? null,
    balance: async (signal) => (await session?.balance(signal)) ?? null,
    info: () => session?.info() ?? null,
    health() {
      if (session !== null) return session.health();
      return missing === null ? { state: 'none' } : { state: 'none', ...missing };
    },
    onDidChange: (listener) => changes.listen(listener),
    setSource(source, why = null) {
      missing = why;
      if (source === null) return swap(null);
      const mayRetry = (target: Target, asked: boolean) => skip(target) === null && mayAsk(source.capabilities, policy, asked);
      const budget = () => policy.budgetPerDay ?? null;
      swap(new Session({ source, clock, log, changes, cache, random, window, maxTargets, maxRows, lookEvery, budget, mayRetry }));
    },
    setPolicy(next) {
      policy = next;
      admit();
      session?.budgetChanged();
      changes.noteEverything();
    },
    async recount() {
      await session?.recount();
    },
    async clear() {
      session?.forget();
      await cache?.clear();
      // What was on its way to the disk or from it may have come back meanwhile.
      session?.forget();
      changes.noteEverything();
    },
    async close() {
      const last = session;
      session = null;
      changes.close();
      await last?.close();
    },
  };
}

/** Why rows of a target are not asked for, as an error: rows have no state of their own. */
function refusal(target: Target, reason: SkipReason, message?: string): Error {
  const why: Record<SkipReason, string> = {
    'no-source': message ?? 'No source of backlinks is chosen: choose one with "Backlinks: Choose Source".',
    private: `${target.name} is private or holds a secret and is not sent to a remote source.`,
    reserved: `${target.name} is a reserved name that does not exist on the web and is not sent to a remote source.`,
    ignored: `${target.name} matches a pattern of backlinkLens.ignore or backlinkLens.neverSend: change it to look this up.`,
    budget: `The budget for look-ups is used up: ${target.name} was not asked for.`,
    kind: `The source tells nothing about a ${target.kind} like ${target.name}: ask for its domain, or choose another source.`,
    manual: 'This folder has not been allowed to ask the remote source: allow it first.',
  };
  return sourceError(reason === 'no-source' ? 'unavailable' : 'refused-target', why[reason]);
}
