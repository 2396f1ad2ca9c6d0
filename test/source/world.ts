/** A small invented web of backlinks with known totals, and an endpoint that serves it as the contract says: the other side of the suite. */

/** What came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface WireReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Handler = (request: WireRequest) => WireReply;

export const KEY = { id: 'a-key-of-letters', secret: 'a-secret-nobody-may-see' };
export const TOKEN = 'bearer-token-nobody-may-see';

/** More than two pages at the largest limit, and no multiple of any. */
export const BIG_TOTAL = 533;
export const BIG = 'much-linked-site.com';
export const SMALL = 'little-linked-site.com';
export const EMPTY = 'never-linked-site.com';

const TOTALS: Readonly<Record<string, number>> = { [BIG]: BIG_TOTAL, [SMALL]: 3, [`${BIG}/`]: 40, [EMPTY]: 0 };

/** Row `n` (from 0) of a target, strongest first. */
export function wireRow(target: string, n: number): Record<string, unknown> {
  return {
    backlinkpage: `https://blog.linker-${n % 40}.com/post/${n}`,
    title: n % 5 === 0 ? '' : `Überschrift ${n}`,
    linktext: n % 7 === 0 ? '' : `words ${n % 3}`,
    extL: 58,
    intL: 40,
    sumL: 98,
    sr: Math.round((10 - n / 60) * 10) / 10,
    pos: (n % 90) + 1,
    linktarget: `https://${target}`,
    tag: n % 4 === 0 ? 'aimg' : 'a',
    nofollow: n % 2,
    ip: '198.51.100.7',
    ccode: 'DE',
    country: 'Germany',
    city: '',
  };
}

/** A well-behaved endpoint. Every reply can be replaced: what `instead` answers wins. */
export function endpoint(options: { readonly summaries: boolean; readonly instead?: (request: WireRequest) => WireReply | null }): Handler {
  return (request) => options.instead?.(request) ?? answer(request, options.summaries);
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): WireReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

function answer(request: WireRequest, knowsSummaries: boolean): WireReply {
  const url = new URL(request.path, 'http://host');
  if (url.pathname === '/v3/token') return tokenCall(request);
  if (request.headers['authorization'] !== `Bearer ${TOKEN}`) return json({ error: 4011001, error_message: 'The access token is not valid' }, 401);
  if (url.pathname === '/v3/ResearchLinksGetListBacklinks.json') return rowsCall(url.searchParams);
  if (url.pathname === '/v3/links/summaries' && knowsSummaries) return summariesCall(request.body);
  return json({ error: 4001004, error_message: `Unknown Service "${url.pathname.slice(4)}"` }, 404);
}

function tokenCall({ headers, body }: WireRequest): WireReply {
  const expected = `Basic ${Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')}`;
  if (headers['authorization'] !== expected) return json({ error: 'invalid_client', error_message: 'The client credentials are invalid' }, 401);
  if (body !== 'grant_type=client_credentials') return json({ error: 'unsupported_grant_type' }, 400);
  return json({ access_token: TOKEN, expires_in: 315360000, token_type: 'Bearer', scope: null });
}

function rowsCall(parameters: URLSearchParams): WireReply {
  const [url, limit, offset] = [parameters.get('url') ?? '', Number(parameters.get('limit') ?? 10), Number(parameters.get('offset') ?? 0)];
  if (url === '') return json({ error: 4001003, error_message: 'For service "ResearchLinksGetListBacklinks" parameter "url" is required!' }, 400);
  if (![10, 25, 50, 100, 250].includes(limit) || offset % limit !== 0) return json({ error: 4001005, error_message: 'limit or offset' }, 400);
  const count = TOTALS[url] ?? 0;
  const rows = Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, index) => wireRow(url, offset + index));
  return json({ count, response: rows, response_time: 0.07, balance: 52174 });
}

function summariesCall(body: string): WireReply {
  const { targets } = JSON.parse(body) as { targets: string[] };
  const response = targets.map((target) =>
    target === 'refused-site.com'
      ? { target, error: 4001005, error_message: 'not this one' }
      : {
          target,
          backlinks: TOTALS[target] ?? 0,
          internalBacklinks: 4,
          referringPages: TOTALS[target] ?? 0,
          referringHosts: 40,
          referringDomains: 40,
          followed: { links: 1, of: 2 },
          forms: [{ url: `https://${target}`, backlinks: TOTALS[target] ?? 0 }],
          strength: { basis: 'index', value: 6.2, population: 1204331 },
          topAnchors: [{ text: '', count: 2 }],
          redirectsTo: null,
          strongest: (TOTALS[target] ?? 0) > 0 ? [{ row: wireRow(target, 0), more: 12 }] : [],
          asOf: '2026-11-02',
        },
  );
  return json({ count: response.length, response, response_time: 0.1, balance: null });
}
