/** How a program is told to stop: Ctrl+C and SIGTERM. */

const NAMES = ['SIGINT', 'SIGTERM'] as const;

/** Aborts at the first of them; a second one, whichever it is, ends the process at once. */
export function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  const end = () => {
    for (const name of NAMES) process.off(name, end);
    stop.abort();
  };
  for (const name of NAMES) process.on(name, end);
  return stop.signal;
}
