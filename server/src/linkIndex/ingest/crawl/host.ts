/** One host as a crawl treats it: how often it may be asked, what its robots.txt says, and whether it has been given up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CrawlFailure } from './failures.ts';
import type { Robots } from './robots.ts';
import { Turnstile } from './turnstile.ts';

/** A robots.txt is asked for again after this long (RFC 9309, section 2.4). */
const ROBOTS_AGE = 86_400_000;
/** Failures one after the other that end the attempts. */
const MOST_FAILURES = 3;

export class Host {
  readonly name: string;
  /** Requests that are on their way or not settled. */
  inFlight = 0;
  /** Settles replies in the order in which they were asked for. */
  tail: Promise<void> = Promise.resolve();
  /** Turns when a reply is settled, and when URLs are added. */
  readonly changed = new Turnstile();
  /** True once it gave a reply to a request for a page. */
  answered = false;
  readonly #robots = new Map<string, { readonly robots: Robots; readonly at: number }>();
  readonly #leastDelay: number;
  #delay: number;
  #notBefore = 0;
  #failures = 0;
  #givenUp: CrawlFailure | null = null;

  /** @param delay milliseconds between two requests */
  constructor(name: string, delay: number) {
    this.name = name;
    this.#leastDelay = delay;
    this.#delay = delay;
  }

  /** Why it is not asked any more. */
  get givenUp(): CrawlFailure | null {
    return this.#givenUp;
  }

  /**
   * The robots.txt of one of its origins; null when it is to be asked for.
   *
   * @param origin like `https://example.com`
   */
  robotsOf(origin: string): Robots | null {
    const known = this.#robots.get(origin);
    return known !== undefined && Date.now() - known.at < ROBOTS_AGE ? known.robots : null;
  }

  /** Takes a robots.txt over, with its crawl-delay where that is longer than ours. */
  obey(origin: string, robots: Robots): void {
    this.#robots.set(origin, { robots, at: Date.now() });
    const delays = [...this.#robots.values()].map((known) => known.robots.delay ?? 0);
    this.#delay = Math.max(this.#leastDelay, ...delays);
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
