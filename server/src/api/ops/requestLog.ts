/** What the log says of a request: enough to find it again and to see what it cost, never what was asked for. */
import type { RequestFacts } from './requestFacts.ts';

export interface LoggedRequest extends RequestFacts {
  /** As in the header `x-request-id` of its reply. */
  readonly id: string;
  readonly method: string;
  readonly status: number;
  /** Milliseconds. */
  readonly took: number;
}

export interface RequestLog {
  request(entry: LoggedRequest): void;
}

/** The fields of one request as they stand in a line of JSON; microseconds are told, what is less is noise. */
export function requestFields({ id, method, call, status, took, rows, key, credits, error, about }: LoggedRequest): Record<string, unknown> {
  const failed = error === null ? {} : { error, ...(about === null ? {} : { about }) };
  return { event: 'request', id, method, call, status, ms: Math.round(took * 1000) / 1000, rows, key, credits, ...failed };
}

/** The same for people. */
export function requestText({ id, method, call, status, took, rows, key, error, about }: LoggedRequest): string {
  const parts = [method, call, String(status), `${took.toFixed(1)} ms`];
  if (rows !== null) parts.push(`${rows} rows`);
  if (error !== null) parts.push(`error ${error}${about === null ? '' : ` ${about}`}`);
  if (key !== null) parts.push(`key ${key}`);
  return `${parts.join(' ')} ${id}`;
}
