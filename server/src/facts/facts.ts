/** The seam between what is known (factStore) and those who read it: features, reports and the service see only this. */
import type { Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { LinkedPage } from '../../../shared/queries.ts';
import type { Balance, Price, Usage } from '../../../shared/spending.ts';
import type { PageRequest, Source, SourceInfo } from '../sources/source.ts';

/** What the user looks at goes first. */
export type Priority = 'hovered' | 'visible' | 'document' | 'workspace';

export interface WantOptions {
  readonly priority: Priority;
  readonly signal: AbortSignal;
  /** True when a person asked: a remote source is then asked though `automatic` is off. */
  readonly asked: boolean;
}

export type SourceHealth =
  | { readonly state: 'ok' }
  /** No source is active; `setting` and `message` tell which setting is still empty or wrong where one was chosen. */
  | { readonly state: 'none'; readonly setting?: string; readonly message?: string }
  | {
      readonly state: 'problem';
      readonly code: string;
      /** A FailureReason, or `budget` where today's is used up. */
      readonly reason: string;
      readonly message: string;
      readonly retryAt: number | null;
      /** True after failure upon failure: it is tried with one call at a time. */
      readonly paused?: boolean;
    };

/** What the user and the folder allow. Until one is set, remote sources are not asked at all. */
export interface FactsPolicy {
  /** Ask remote sources without being told to. */
  readonly automatic: boolean;
  /** Consent was given to send this folder's targets to the chosen remote source. */
  readonly consent: boolean;
  /** True for an absolute URL that matches an ignore pattern; a domain or host is asked about as `https://name/`. */
  ignore(url: string): boolean;
  /** Likewise for what is never sent to a remote source; absent: nothing besides what privacy forbids. */
  neverSend?(url: string): boolean;
  /** What the active source may cost a day, in its own unit; null or absent: no limit. Local sources have none. */
  readonly budgetPerDay?: number | null;
}

export interface Facts {
  /** What is known now, in the same tick. */
  get(target: Target): Known<Summary>;
  /**
   * Sees to it that these targets become known. Resolves when each is fresh, failed or skipped; never rejects for a source's failure
   * (that is a state), only for an abort.
   */
  want(targets: readonly Target[], options: WantOptions): Promise<void>;
  /** One page of rows. Rejects with a SourceError or an abort. */
  rows(target: Target, page: Pick<PageRequest, 'limit' | 'offset' | 'internal' | 'changed'>, signal: AbortSignal): Promise<RowPage>;
  /** Where the data stands; null until the source said so, or when there is none. */
  info(): SourceInfo | null;
  health(): SourceHealth;
  /** Pages of a folder that have backlinks, most linked first; null where the source is not on this machine or does not tell. */
  linkedPages?(folder: Target, most: number, signal: AbortSignal): Promise<readonly LinkedPage[] | null>;
  /** Domains that link to a page by a followed link; null likewise. */
  followedDomains?(page: Target, signal: AbortSignal): Promise<number | null>;
  /** What a look-up of these targets by a person would send and cost now, estimated; asks nobody. Null without a source. */
  price(targets: readonly Target[], signal: AbortSignal): Promise<Price | null>;
  /** What the active source has cost so far, without the balance; null without a source. */
  usage(): Usage | null;
  /** What is left in the account, asked now; null where the source does not tell it. Rejects with a SourceError or an abort. */
  balance(signal: AbortSignal): Promise<Balance | null>;
  /** Targets whose state changed; batched into one call per tick. Empty: everything may have changed (source, policy, new data). */
  onDidChange(listener: (targets: readonly Target[]) => void): { dispose(): void };
  close(): Promise<void>;
}

/** The side of it that the host holds: it says where facts come from and what is allowed. */
export interface FactStore extends Facts {
  /**
   * Takes over a source and closes the one before; nothing that was known from that one stays. Wants under way go on with the new one.
   *
   * @param why where a source was chosen but is not configured: shown by `health`
   */
  setSource(source: Source | null, why?: { readonly setting: string; readonly message: string } | null): void;
  setPolicy(policy: FactsPolicy): void;
  /** Reads what other windows have spent today: `usage` knows it then. */
  recount(): Promise<void>;
  /** Forgets what was learned of every source, in memory and on disk; what was spent stays counted. */
  clear(): Promise<void>;
}
