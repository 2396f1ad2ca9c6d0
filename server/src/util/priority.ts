/** Lets whatever people wait for go first where processors are few. Work gives way; idle processors are still used in full. */
import os from 'node:os';

/** For a process of its own that does long work. */
export function yieldAsProcess(): void {
  lower();
}

/** For a thread that does long work beside others of its process. Only Linux has priorities of threads: elsewhere this would slow all of them. */
export function yieldAsThread(): void {
  if (process.platform === 'linux') lower();
}

/** Number 0 is the process, and on Linux the thread, that calls. Source: setpriority(2), "NOTES". */
function lower(): void {
  try {
    os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here: then it goes on as it is.
  }
}
