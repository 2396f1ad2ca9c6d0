/** What every command gets from its surroundings, and how it ends: exit codes and the sentence for a failure. */
import { BacklinkLensError, isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { safeText } from '../util/terminal.ts';
import type { Confirm } from './confirm.ts';

export interface Io {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Width of the terminal in columns. */
  readonly columns: number;
  readonly color: boolean;
  /** True when a progress bar has somebody to look at it. */
  readonly interactive: boolean;
  /** Asks whether to go on; absent where nobody is there to answer. */
  readonly confirm?: Confirm | undefined;
  readonly locale: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl+C and by SIGTERM. */
  readonly signal: AbortSignal;
  readonly setExitCode: (code: number) => void;
}

/** What an exit code says, for scripts. 130 is the shells' own code for Ctrl+C. */
export const EXIT = { fine: 0, findings: 1, usage: 2, unreadable: 3, sourceFailed: 4, interrupted: 130 } as const;

/** A message to standard error and the exit code that belongs to its code; a stack only for what we did not foresee. */
export function reportFailure(io: Io, error: unknown): void {
  io.setExitCode(exitCodeOf(error));
  if (isAbort(error)) io.error('Stopped.\n');
  else if (BacklinkLensError.is(error)) io.error(`${safeText(error.message)} [${error.code}]\n`);
  else
    io.error(`Something went wrong that we did not foresee; please report it: ${error instanceof Error ? error.stack : String(error)} [internal]\n`);
}

export function exitCodeOf(error: unknown): number {
  if (isAbort(error)) return EXIT.interrupted;
  if (!BacklinkLensError.is(error)) return EXIT.sourceFailed;
  if (error.code === 'usage.invalid' || error.code === 'url.invalid') return EXIT.usage;
  return /^(?:source|budget)\./.test(error.code) ? EXIT.sourceFailed : EXIT.unreadable;
}

/** Warnings and errors to standard error, the rest only with `--verbose`. */
export function logTo(io: Io, verbose: boolean): Log {
  const say = (message: string) => io.error(`${safeText(message)}\n`);
  const hush = () => {};
  return { debug: hush, info: verbose ? say : hush, warn: say, error: say };
}

/** Where the output is no terminal, the shell may still say how wide it will be drawn (COLUMNS). */
export function columnsTold(text: string | undefined): number {
  return /^[1-9]\d{0,3}$/.test(text ?? '') ? Number(text) : 120;
}
