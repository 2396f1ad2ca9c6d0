/** What went wrong in a crawl, gathered by host and kind: a host with a thousand broken pages is one line. */
import type { CrawlFailure } from './failures.ts';
import type { CrawlProblem } from './options.ts';

/** Hosts that are named one by one. */
const MOST_PROBLEMS = 1000;

export class CrawlProblems {
  readonly #found = new Map<string, { readonly host: string; readonly failure: CrawlFailure; readonly url: string; urls: number; left: number }>();

  /** A URL that failed. */
  add(host: string, failure: CrawlFailure, url: string): void {
    const key = `${host} ${failure.code}`;
    const known = this.#found.get(key);
    if (known !== undefined) known.urls++;
    else if (this.#found.size < MOST_PROBLEMS) this.#found.set(key, { host, failure, url, urls: 1, left: 0 });
  }

  /** URLs of a host that was given up: they were not even tried. */
  leave(host: string, failure: CrawlFailure, urls: number): void {
    const known = this.#found.get(`${host} ${failure.code}`);
    if (known !== undefined) known.left += urls;
  }

  list(): CrawlProblem[] {
    return [...this.#found.values()].map(({ host, failure, url, urls, left }) => {
      const others = urls === 1 ? '' : ` and ${(urls - 1).toLocaleString('en')} more`;
      const rest = left === 0 ? '' : ` ${left.toLocaleString('en')} further URLs of it were not fetched.`;
      return { input: host, code: failure.code, message: `${failure.message} Not read: ${url}${others}.${rest}` };
    });
  }
}
