/**
 * Keeps a source to its documented limit: never more calls in any window than it permits, first come, first served, and none at all while the
 * other side asks to wait. A wait that a person would not sit through is no wait but a failure that says how long it is.
 */
import { abortReason } from '../util/abortable.ts';
import type { Clock } from '../util/clock.ts';
import { sourceError } from '../util/errors.ts';
import type { RateLimit } from './source.ts';

export interface Limiter {
  /**
   * Resolves when a call may go out, which is then counted.
   *
   * @param host for the message
   * @throws BacklinkLensError source.throttled, with the milliseconds left, while a longer wait is asked for; the signal's reason
   */
  admit(host: string, signal: AbortSignal): Promise<void>;
  /**
   * The other side asks to wait: nothing goes out until then. A shorter wait never cuts a longer one.
   *
   * @param milliseconds from now
   */
  pause(milliseconds: number): void;
}

export interface LimiterParts {
  readonly clock: Clock;
  /** Read before each call; null: as many as come. */
  rate(): RateLimit | null;
}

interface Waiting {
  readonly host: string;
  readonly go: () => void;
  readonly fail: (error: Error) => void;
}

/** Milliseconds of a wait that the other side asked for and that calls sit through. */
const PATIENCE = 5_000;

export function createLimiter(parts: LimiterParts): Limiter {
  return new WindowLimiter(parts);
}

class WindowLimiter implements Limiter {
  readonly #parts: LimiterParts;
  readonly #waiting = new Set<Waiting>();
  /** When the calls of the last window went out, the oldest first. */
  #sent: number[] = [];
  #pausedUntil = 0;
  #now = 0;
  #skew = 0;
  #cancelAlarm = () => {};

  constructor(parts: LimiterParts) {
    this.#parts = parts;
  }

  admit(host: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(abortReason(signal));
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        signal.removeEventListener('abort', stop);
        this.#waiting.delete(waiting);
        then();
      };
      const stop = () => {
        settle(() => reject(abortReason(signal)));
        // Where nobody waits any more, nothing rings.
        this.#admitSome();
      };
      const waiting: Waiting = { host, go: () => settle(resolve), fail: (error) => settle(() => reject(error)) };
      signal.addEventListener('abort', stop, { once: true });
      this.#waiting.add(waiting);
      this.#admitSome();
    });
  }

  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#time() + milliseconds);
    this.#admitSome();
  }

  /** Lets as many go as may; the next alarm lets the others. */
  #admitSome(): void {
    this.#cancelAlarm();
    const now = this.#time();
    if (this.#pausedUntil - now > PATIENCE) this.#refuse(this.#pausedUntil - now);
    for (const waiting of this.#waiting) {
      const free = this.#freeAt(now);
      if (free > now) {
        this.#cancelAlarm = this.#parts.clock.after(free - now, () => this.#admitSome(), true);
        return;
      }
      if (this.#parts.rate() !== null) this.#sent.push(now);
      waiting.go();
    }
  }

  #refuse(left: number): void {
    const wait = Math.ceil(left / 1000);
    for (const { host, fail } of this.#waiting) fail(sourceError('throttled', `${host} asks us to wait ${wait} s.`, { retryAfter: left }));
  }

  #freeAt(now: number): number {
    const rate = this.#parts.rate();
    if (rate === null) {
      this.#sent = [];
      return this.#pausedUntil;
    }
    const from = this.#sent.findIndex((at) => at + rate.milliseconds > now);
    this.#sent = from < 0 ? [] : from === 0 ? this.#sent : this.#sent.slice(from);
    const blocking = this.#sent[this.#sent.length - rate.calls];
    return Math.max(this.#pausedUntil, blocking === undefined ? now : blocking + rate.milliseconds);
  }

  /** A clock that is set back would make calls wait for hours: what has gone by has gone by. */
  #time(): number {
    const read = this.#parts.clock.now() + this.#skew;
    if (read < this.#now) this.#skew += this.#now - read;
    this.#now = Math.max(read, this.#now);
    return this.#now;
  }
}
