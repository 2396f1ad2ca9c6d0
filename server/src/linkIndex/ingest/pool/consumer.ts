/** Who takes in what is read. Inputs have their place in the order the user named them in; several may be open at a time. */
import type { Capture } from '../../store.ts';
import type { PlannedInput } from '../inputs/plan.ts';
import type { InputOutcome } from '../inputs/readInput.ts';

export interface InputConsumer {
  /** Called in the order of the inputs. */
  begin(input: PlannedInput, at: number): void;
  take(capture: Capture, at: number): void;
  end(outcome: InputOutcome, at: number): void;
  /** Stored bytes of an input that were read since the last call. */
  onBytes(bytes: number, at: number): void;
  /** Size of an input that was not known before. */
  onSize(bytes: number, at: number): void;
}
