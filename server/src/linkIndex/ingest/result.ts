/** What became of a build or an addition. */
import type { IndexInfo } from '../store.ts';
import type { BuildProblem, SkippedInput } from './progress.ts';

export interface BuildResult {
  readonly file: string;
  readonly generation: string;
  readonly info: IndexInfo;
  readonly problems: readonly BuildProblem[];
  /** Inputs that were there already and changed nothing. */
  readonly skipped: readonly SkippedInput[];
  /** Inputs whose content is in the index now and was not before. */
  readonly added: number;
  /** True when reading was stopped before the last input was read. */
  readonly stopped: boolean;
}
