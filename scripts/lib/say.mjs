/** What the person at the terminal sees of the scripts: one line a step, and failures that say which step and what to do. */

/** The command may have been run again with another Node: the clock then goes on. */
const started = Number(process.env.BACKLINK_LENS_STARTED) || Date.now();

/** Says a step that is about to begin, with the seconds since the command was given. */
export function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
  process.stderr.write(`${seconds} s  ${text}\n`);
}

/** For the environment of a second process of the same command. */
export const clock = { BACKLINK_LENS_STARTED: String(started) };

/** A step that failed for a reason a person can act on: printed without a stack. */
export class StepError extends Error {
  /**
   * @param step what was being done, as a noun: `installing the dependencies`
   * @param reason what happened
   * @param advice what to do about it
   * @param code exit code of the whole command
   */
  constructor(step, reason, advice, code = 1) {
    super(`Failed at ${step}: ${reason}\n  What to do: ${advice}`);
    this.name = 'StepError';
    this.code = code;
  }
}
