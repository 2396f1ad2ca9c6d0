/** Requests as a host permits them: after its robots.txt, at its pace, again after a while where it was busy. */
import type { Exchange } from './exchange.ts';
import { CrawlFailure } from './failures.ts';
import type { Host } from './host.ts';
import { finalReply, type Reply, retryAfter } from './retry.ts';
import { fetchRobots, type Robots } from './robots.ts';
import type { Web } from './web.ts';

type Ask = Parameters<Web['ask']>[1];

export class PoliteWeb {
  readonly #web: Web;
  readonly #retryDelay: number;
  readonly #signal: AbortSignal;

  /** @param retryDelay milliseconds before the first retry */
  constructor(web: Web, retryDelay: number, signal: AbortSignal) {
    this.#web = web;
    this.#retryDelay = retryDelay;
    this.#signal = signal;
  }

  /**
   * Asks for a page whose turn it is.
   *
   * @throws the signal's reason
   */
  async ask(host: Host, url: string, request: Ask): Promise<Reply> {
    return finalReply(await this.#again(host, async () => await this.#web.ask(url, request)));
  }

  /**
   * What an origin of the host permits, asked for once a day.
   *
   * @param origin like `https://example.com`
   * @param onNew called when it was just read, before anything else is asked for
   * @throws CrawlFailure where there is no telling; the signal's reason
   */
  async robots(host: Host, origin: string, onNew: (robots: Robots) => Promise<void>): Promise<Robots> {
    const known = host.robotsOf(origin);
    if (known !== null) return known;
    await host.turn(this.#signal);
    const robots = await this.#again(host, async () => await fetchRobots(this.#web, origin));
    if (robots instanceof CrawlFailure) throw robots;
    host.obey(origin, robots);
    await onNew(robots);
    return robots;
  }

  async #again<T extends Exchange | Robots>(host: Host, attempt: () => Promise<T>): Promise<T | CrawlFailure> {
    for (let tries = 1; ; tries++) {
      const reply = await attempt().catch(asFailure);
      const wait = 'allows' in reply ? null : retryAfter(reply, tries, this.#retryDelay);
      if (wait === null) return reply;
      host.pause(wait);
      await host.turn(this.#signal);
    }
  }
}

/** What is no failure of the exchange, an abort for one, ends the crawl. */
function asFailure(error: unknown): CrawlFailure {
  if (error instanceof CrawlFailure) return error;
  throw error;
}
