/** One request and its reply, as they are kept. */

export type HeaderLines = readonly (readonly [name: string, value: string])[];

export interface Exchange {
  readonly url: string;
  readonly requestHeaders: HeaderLines;
  readonly status: number;
  readonly statusText: string;
  /** As they came, in their order. */
  readonly headers: HeaderLines;
  /** Without transfer coding, with its content coding. */
  readonly body: Buffer;
  /** True when the body was cut off at its bound. */
  readonly truncated: boolean;
  /** Null where a proxy made the connection. */
  readonly ip: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface Ask {
  readonly headers?: HeaderLines;
  /** Bytes of the body that are wanted, by what the head says; 0 for none. */
  readonly wanted: (status: number, header: (name: string) => string | null) => number;
}

/** The first value of a header field. */
export function headerValue(headers: HeaderLines, name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}
