/** One host as a crawl treats it: how often it may be asked, what its robots.txt says, and whether it has been given up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CrawlFailure } from './failures.ts';
import type { Robots } from './robots.ts';

/** Failures one after the other that end the attempts. */
const MOST_FAILURES = 3;

export class Host {
  readonly name: string;
  /** Requests that are on their way or not settled. */
  inFlight = 0;
  /** Settles replies in the order in which they were asked for. */
  tail: Promise<void> = Promise.resolve();
  readonly robots = new Map<string, Robots>();
  /** True once it gave a reply to a request for a page. */
  answered = false;
  #delay: number;
  #notBefore = 0;
  #failures = 0;
  #givenUp: CrawlFailure | null = null;

  /** @param delay milliseconds between two requests */
  constructor(name: string, delay: number) {
    this.name = name;
    this.#delay = delay;
  }

  /** Why it is not asked any more. */
  get givenUp(): CrawlFailure | null {
    return this.#givenUp;
  }

  /** Takes the crawl-delay of its robots.txt over where that is longer. */
  obey(robots: Robots): void {
    this.#delay = Math.max(this.#delay, robots.delay ?? 0);
  }

  /** Waits until the next request may be made, and counts it. */
  async turn(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = this.#notBefore - Date.now();
      if (wait <= 0) break;
      await sleep(wait, undefined, { signal });
    }
    this.#notBefore = Date.now() + this.#delay;
  }

  /** No request before so many milliseconds have passed. */
  pause(milliseconds: number): void {
    this.#notBefore = Math.max(this.#notBefore, Date.now() + milliseconds);
  }

  replied(): void {
    this.answered = true;
    this.#failures = 0;
  }

  failed(failure: CrawlFailure): void {
    if (++this.#failures >= MOST_FAILURES || failure.lasting) this.giveUp(failure);
  }

  giveUp(failure: CrawlFailure): void {
    this.#givenUp ??= failure;
  }
}
