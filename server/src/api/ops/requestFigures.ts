/** What is counted of requests. Labels are names of calls, statuses and ids of keys: few, whatever is asked. */
import type { Family } from './exposition.ts';
import { Histogram } from './histogram.ts';
import type { RequestFacts } from './requestFacts.ts';

/** The status of a request whose caller went before it was answered, as nginx logs it. */
export const CALLER_GONE = 499;

const TOO_MANY = 429;

export class RequestFigures {
  readonly #requests = new Map<string, { readonly call: string; readonly status: number; count: number }>();
  readonly #durations = new Map<string, Histogram>();
  readonly #credits = new Map<string, number>();
  #inFlight = 0;
  #rows = 0;
  #limited = 0;

  get inFlight(): number {
    return this.#inFlight;
  }

  begin(): void {
    this.#inFlight++;
  }

  /** @param milliseconds from the first byte of the request to the end of the reply */
  end({ call, rows, key, credits }: RequestFacts, status: number, milliseconds: number): void {
    this.#inFlight--;
    this.#rows += rows ?? 0;
    if (key !== null && credits > 0) this.#credits.set(key, (this.#credits.get(key) ?? 0) + credits);
    this.count(call, status);
    this.#durationsOf(call).observe(milliseconds / 1000);
  }

  #durationsOf(call: string): Histogram {
    const known = this.#durations.get(call);
    if (known !== undefined) return known;
    const histogram = new Histogram();
    this.#durations.set(call, histogram);
    return histogram;
  }

  /** Counts what never became a request, too. */
  count(call: string, status: number): void {
    if (status === TOO_MANY) this.#limited++;
    const name = `${call} ${status}`;
    const known = this.#requests.get(name);
    if (known === undefined) this.#requests.set(name, { call, status, count: 1 });
    else known.count++;
  }

  families(): Family[] {
    return [
      {
        name: 'backlink_lens_requests_total',
        type: 'counter',
        help: `Requests by call and HTTP status; ${CALLER_GONE} where the caller went before the answer.`,
        samples: Array.from(this.#requests.values(), ({ call, status, count }) => ({ labels: { call, status: String(status) }, value: count })),
      },
      {
        name: 'backlink_lens_request_duration_seconds',
        type: 'histogram',
        help: 'Time from the arrival of a request to the end of its reply.',
        samples: Array.from(this.#durations, ([call, histogram]) => histogram.samples({ call })).flat(),
      },
      {
        name: 'backlink_lens_requests_in_flight',
        type: 'gauge',
        help: 'Requests that are being answered.',
        samples: [{ value: this.#inFlight }],
      },
      { name: 'backlink_lens_rows_served_total', type: 'counter', help: 'Rows in replies.', samples: [{ value: this.#rows }] },
      {
        name: 'backlink_lens_rate_limited_total',
        type: 'counter',
        help: `Requests refused with ${TOO_MANY}.`,
        samples: [{ value: this.#limited }],
      },
      {
        name: 'backlink_lens_credits_spent_total',
        type: 'counter',
        help: 'Credits spent by the id of the key, since the start of this process.',
        samples: Array.from(this.#credits, ([key, value]) => ({ labels: { key }, value })),
      },
    ];
  }
}
