/** An endpoint that serves the invented web as the contract says, with a token call, and with our batch call or without. */
import { type Handler, type Instead, json, linkOf, linksOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const KEY = { id: 'a-key-of-letters', secret: 'a-secret-nobody-may-see' };
export const TOKEN = 'bearer-token-nobody-may-see';

/** Row `n` (from 0) of a target, strongest first. */
export function wireRow(target: string, n: number): Record<string, unknown> {
  return rowOf(linkOf(target, n));
}

function rowOf(link: WorldLink): Record<string, unknown> {
  return {
    backlinkpage: link.page,
    title: link.title,
    linktext: link.text,
    extL: link.external,
    intL: link.internal,
    sumL: link.external + link.internal,
    sr: link.strength,
    pos: link.position,
    linktarget: link.to,
    tag: link.image ? 'aimg' : 'a',
    nofollow: link.nofollow ? 1 : 0,
    ip: link.ip,
    ccode: link.country,
    country: 'Germany',
    city: link.city,
  };
}

/** A well-behaved endpoint. Every reply can be replaced: what `instead` answers wins. */
export function endpoint(options: { readonly summaries: boolean; readonly instead?: Instead }): Handler {
  return (request) => options.instead?.(request) ?? answer(request, options.summaries);
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
  const count = totalOf(url);
  const rows = linksOf(url, limit, offset).map(rowOf);
  return json({ count, response: rows, response_time: 0.07, balance: 52174 });
}

function summariesCall(body: string): WireReply {
  const { targets } = JSON.parse(body) as { targets: string[] };
  const response = targets.map((target) =>
    target === 'refused-site.com'
      ? { target, error: 4001005, error_message: 'not this one' }
      : {
          target,
          backlinks: totalOf(target),
          internalBacklinks: 4,
          referringPages: totalOf(target),
          referringHosts: 40,
          referringDomains: 40,
          followed: { links: 1, of: 2 },
          forms: [{ url: `https://${target}`, backlinks: totalOf(target) }],
          strength: { basis: 'index', value: 6.2, population: 1204331 },
          topAnchors: [{ text: '', count: 2 }],
          redirectsTo: null,
          strongest: totalOf(target) > 0 ? [{ row: wireRow(target, 0), more: 12 }] : [],
          asOf: '2026-11-02',
        },
  );
  return json({ count: response.length, response, response_time: 0.1, balance: null });
}
