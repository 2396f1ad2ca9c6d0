/** The seam between what is known (factStore) and those who read it: features, reports and the service see only this. */
import type { InternalFilter, Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type { SourceInfo } from '../sources/source.ts';

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
  | { readonly state: 'none' }
  | { readonly state: 'problem'; readonly code: string; readonly reason: string; readonly message: string; readonly retryAt: number | null };

export interface Facts {
  /** What is known now, in the same tick. */
  get(target: Target): Known<Summary>;
  /**
   * Sees to it that these targets become known. Resolves when each is fresh, failed or skipped; never rejects for a source's failure
   * (that is a state), only for an abort.
   */
  want(targets: readonly Target[], options: WantOptions): Promise<void>;
  /** One page of rows. Rejects with a SourceError or an abort. */
  rows(
    target: Target,
    page: { readonly limit: number; readonly offset: number; readonly internal: InternalFilter },
    signal: AbortSignal,
  ): Promise<RowPage>;
  /** Where the data stands; null until the source said so, or when there is none. */
  info(): SourceInfo | null;
  health(): SourceHealth;
  /** Targets whose state changed; batched into one call per tick. */
  onDidChange(listener: (targets: readonly Target[]) => void): { dispose(): void };
  close(): Promise<void>;
}
