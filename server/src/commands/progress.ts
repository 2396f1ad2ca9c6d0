/** Progress on standard error: a bar where somebody looks at it, elsewhere a line now and then, so that logs stay readable. */
import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io.ts';
import { duration, RateMeter } from './rate.ts';

export interface Progress {
  /**
   * @param done part of `total` in any unit; where nobody knows the total it is 0
   * @param words what has been done, for people
   */
  update(done: number, total: number, words: string): void;
  stop(): void;
}

/** Milliseconds between two lines in a log. */
const LINE_EVERY = 10_000;

export function progressBar(io: Io, title: string): Progress {
  const show = io.interactive ? drawnBar(title) : loggedLines(io, title);
  const rate = new RateMeter();
  return {
    update(done, total, words) {
      rate.mark(performance.now(), 0, done);
      const left = rate.left(total);
      show.update(done, total, left === null ? words : `${words}, ${duration(left)} left`);
    },
    stop: () => show.stop(),
  };
}

function drawnBar(title: string): Progress {
  const bar = new SingleBar(
    { format: `${title} {bar} {percentage} %  {words}`, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.rect,
  );
  let started = false;
  return {
    update(done, total, words) {
      if (!started) bar.start(total, 0, { words: '' });
      started = true;
      bar.setTotal(total);
      bar.update(done, { words });
    },
    stop() {
      if (started) bar.stop();
      // A question in between does not end it.
      started = false;
    },
  };
}

/** What is done within ten seconds says nothing. */
function loggedLines(io: Io, title: string): Progress {
  let last = performance.now();
  return {
    update(done, total, words) {
      if (performance.now() - last < LINE_EVERY) return;
      last = performance.now();
      const part = total > 0 ? `${Math.floor((100 * done) / total)} %, ` : '';
      io.error(`${title}: ${part}${words}\n`);
    },
    stop() {},
  };
}
