/** A contract source over a transport that answers as a test says, and notes what it was asked. */
import { createSearchmetricsSource } from '../../../server/src/sources/searchmetrics/source.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import type { HttpReply, HttpRequest, Transport } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';

export const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
export const never = () => new AbortController().signal;
export const reply = (value: unknown, status = 200, headers: Record<string, string> = {}): HttpReply => ({
  status,
  headers,
  text: JSON.stringify(value),
});
export const token = (name: string, seconds: number | null = 3600) =>
  reply({ access_token: name, ...(seconds === null ? {} : { expires_in: seconds }) });
export const NO_ROWS = reply({ count: 0, response: [] });

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly body: string | null;
}

export interface Setup {
  readonly source: Source;
  readonly asked: Asked[];
  /** Moves time on. */
  now: number;
}

export type Answer = (asked: Asked, request: HttpRequest) => HttpReply | Promise<HttpReply>;

export function setup(answer: Answer, options: { readonly endpoint?: string; readonly key?: boolean } = {}): Setup {
  const asked: Asked[] = [];
  const transport: Transport = {
    async request(url, request) {
      const { pathname, search } = new URL(url);
      const one = {
        method: request.method,
        path: pathname + search,
        authorization: request.headers?.['authorization'] ?? null,
        body: request.body ?? null,
      };
      asked.push(one);
      return await answer(one, request);
    },
    close: async () => {},
  };
  const { endpoint = 'https://api.links-service.com', key = true } = options;
  const at: Setup = {
    asked,
    now: 0,
    source: createSearchmetricsSource({
      endpoint,
      credentials: key ? { id: 'id', secret: 's:e c' } : null,
      transport,
      log: silentLog,
      clock: () => at.now,
    }),
  };
  return at;
}

export const isToken = ({ path }: Asked) => path === '/v3/token';
export const reasonOf = (error: unknown) => (BacklinkLensError.is(error) ? error.reason : String(error));
