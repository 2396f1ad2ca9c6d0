/** What one client may take of the service: time, bytes and connections. Slow ones are closed, so that they cannot keep others out. */

/** Times are milliseconds. */
export interface Limits {
  /** Calls a minute of one address; null for as many as it likes. */
  readonly perAddress: number | null;
  /** Until the headers of a request are there. */
  readonly headers: number;
  /** Until a request is there as a whole. */
  readonly request: number;
  /** Until a call is answered; then it is given up. */
  readonly answer: number;
  /** Without a byte in either direction: above all a reply that nobody reads. */
  readonly silence: number;
  /** A connection is kept open for another request. */
  readonly keepAlive: number;
  /** How often all that is looked at. */
  readonly check: number;
  /** Open at once; more are closed as they come. */
  readonly connections: number;
  /** Bytes of a body; the batch call has its own. */
  readonly body: number;
}

/** `keepAlive` is longer than the minute after which most proxies give up an idle connection: who ends it should be they. */
export const LIMITS: Limits = {
  perAddress: null,
  headers: 10_000,
  request: 30_000,
  answer: 30_000,
  silence: 60_000,
  keepAlive: 65_000,
  check: 2_000,
  connections: 1_000,
  body: 64 * 1024,
};
