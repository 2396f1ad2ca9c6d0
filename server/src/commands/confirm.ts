/** Asks a person at the terminal whether to go on. */
import { createInterface } from 'node:readline/promises';

/** Answers a question with yes or no; anything but yes is no. Rejects with an abort for Ctrl+C. */
export type Confirm = (question: string) => Promise<boolean>;

/**
 * Undefined where nobody can be asked: input or output is no terminal.
 *
 * @param signal aborted by Ctrl+C
 */
export function confirmOn(input: NodeJS.ReadStream, output: NodeJS.WriteStream, signal: AbortSignal): Confirm | undefined {
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  return async (question) => {
    const lines = createInterface({ input, output });
    const stop = new AbortController();
    // The interface takes Ctrl+C for itself.
    lines.once('SIGINT', () => stop.abort());
    lines.once('close', () => stop.abort());
    try {
      const answer = await lines.question(`${question} [y/N] `, { signal: AbortSignal.any([signal, stop.signal]) });
      return /^\s*y(?:es)?\s*$/i.test(answer);
    } finally {
      lines.close();
    }
  };
}
