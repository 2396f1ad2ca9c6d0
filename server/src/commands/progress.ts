/** A progress bar on standard error, where somebody looks at it; elsewhere nothing, so that logs stay readable. */
import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io.ts';

export interface Progress {
  /** @param words what has been done, for people */
  update(done: number, total: number, words: string): void;
  stop(): void;
}

export function progressBar(io: Io, title: string): Progress {
  if (!io.interactive) return { update() {}, stop() {} };
  const bar = new SingleBar(
    { format: `${title} {bar} {percentage} %  {words}  {eta_formatted} left`, hideCursor: true, clearOnComplete: true, stream: process.stderr },
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
    },
  };
}
