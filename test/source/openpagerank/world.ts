/** A stand-in for Open PageRank that scores the domains of the invented web. */
import { domainsOf, type Handler, type Instead, json, totalOf, type WireReply, type WireRequest } from '../world.ts';

export const KEY = { id: '', secret: 'opr_live_nobody-may-see' };

export function openPageRank(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request);
}

function answer(request: WireRequest): WireReply {
  if (request.method !== 'POST' || request.path !== '/v1/domains/bulk') return { status: 404, body: '<html>' };
  if (request.headers['authorization'] !== `Bearer ${KEY.secret}`) {
    return json({ error: { type: 'authentication_error', message: `Invalid API key ${request.headers['authorization']}` } }, 401);
  }
  const { domains } = JSON.parse(request.body) as { domains: readonly string[] };
  if (domains.length < 1 || domains.length > 100) return json({ error: { type: 'invalid_request_error', message: 'domains: 1 to 100' } }, 400);
  return scores(domains.map(scoreOf));
}

export function scores(results: readonly unknown[], fields: Readonly<Record<string, unknown>> = {}): WireReply {
  return json({ as_of: '2026-09-01', count: results.length, results, invalid: [], ...fields });
}

/** The entry of a domain; all null for one that the world does not know. */
export function scoreOf(domain: string): Readonly<Record<string, unknown>> {
  if (totalOf(domain) === 0) return { domain, found: false, open_page_rank: null, rank: null, referring_domains: null };
  return { domain, found: true, open_page_rank: 4.68, rank: 51_234, referring_domains: domainsOf(domain) };
}
