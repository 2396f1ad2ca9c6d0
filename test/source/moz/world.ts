/** Moz over the invented web: the Links API v2 and the Moz API, with the fields and the forms of address of Moz's own examples. */
import { type Handler, type Instead, json, linkOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const LOGIN = { id: 'mozscape-access-id', secret: 'a-secret-nobody-may-see' };
export const TOKEN = { id: '', secret: 'a-token-nobody-may-see' };

type Json = Record<string, unknown>;

export const V2_ENDS = { source: 'source', target: 'target' };
export const V3_ENDS = { source: 'source_site_metrics', target: 'target_site_metrics' };

/** A link as both APIs write it. */
export function wireLink(link: WorldLink, n: number, ends: { readonly source: string; readonly target: string }): Json {
  return {
    [ends.source]: { ...metricsOf(bare(link.page), 0), title: link.title, page_authority: Math.round(link.strength * 10) },
    [ends.target]: metricsOf(bare(link.to), 0),
    anchor_text: link.text,
    date_first_seen: link.firstSeen,
    date_last_seen: link.lastSeen,
    date_disappeared: n === 8 ? link.lastSeen : n === 9 ? link.firstSeen : '',
    nofollow: link.nofollow,
    redirect: n === 6,
    rel_canonical: false,
    via_redirect: false,
    via_rel_canonical: false,
  };
}

/** Metrics of an address: counters end in what they count links to. */
export function metricsOf(name: string, total: number): Json {
  const [host = ''] = name.split('/');
  const counters = ['page', 'subdomain', 'root_domain'].flatMap((scope) => [
    [`pages_to_${scope}`, total + 5],
    [`nofollow_pages_to_${scope}`, Math.floor(total / 2)],
    [`external_pages_to_${scope}`, total],
    [`external_nofollow_pages_to_${scope}`, Math.floor(total / 2)],
    [`root_domains_to_${scope}`, Math.min(40, total)],
  ]);
  return {
    page: name.includes('/') ? name : `${name}/`,
    subdomain: host,
    root_domain: host,
    title: '',
    last_crawled: '2026-10-02',
    http_code: 200,
    page_authority: 41,
    domain_authority: 37,
    spam_score: 3,
    ...Object.fromEntries(counters),
  };
}

/** API v2. */
export function v2(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answerV2(request);
}

function answerV2({ path, headers, body }: WireRequest): WireReply {
  const expected = `Basic ${Buffer.from(`${LOGIN.id}:${LOGIN.secret}`).toString('base64')}`;
  if (headers['authorization'] !== expected) return json({ status_code: 401, error_message: 'Permission denied' }, 401);
  const asked = JSON.parse(body) as Json;
  if (path === '/v2/url_metrics') {
    const targets = asked['targets'] as string[];
    if (targets.length > 50 || targets.some((name) => name.includes('://') || name.startsWith('refused-site.com'))) return refusal('targets');
    return json({ results: targets.map((name) => metricsOf(name, totalOf(name))) });
  }
  if (path !== '/v2/links') return json({ error_message: 'Unknown endpoint' }, 404);
  const problem = ['filter', 'sort', 'target_scope'].find((name) => typeof asked[name] !== 'string');
  if (problem !== undefined || asked['filter'] !== 'external+not_deleted') return refusal(problem ?? 'filter');
  const page = pageOf(asked['target'], asked['limit'], asked['next_token']);
  return page === null ? refusal('next_token') : json({ results: page.links(V2_ENDS), next_token: page.next ?? '' });
}

function refusal(what: string): WireReply {
  return json({ error_message: `Invalid value for ${what}` }, 400);
}

/** The Moz API. */
export function v3(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answerV3(request);
}

function answerV3({ path, headers, body }: WireRequest): WireReply {
  const { id, jsonrpc, method, params } = JSON.parse(body) as { id: string; jsonrpc: string; method: string; params: { data: Json } };
  const fail = (code: number, status: number, message: string, data: Json = {}) =>
    json({ id, jsonrpc, error: { code, status, message, data } }, status);
  if (path !== '/jsonrpc' || jsonrpc !== '2.0') return fail(-32600, 400, 'jsonrpc must be "2.0"');
  if (id.length < 24) return fail(-32654, 400, 'Minimum Request ID length is 24.');
  if (headers['x-moz-token'] !== TOKEN.secret) return fail(-32651, 401, 'Missing or invalid authentication');
  const { data } = params;
  if (method === 'data.site.metrics.fetch.multiple') return json({ id, jsonrpc, result: metricsResult(data['site_queries'] as Query[]) });
  if (method === 'quota.lookup') return json({ id, jsonrpc, result: { quota: quotaOf(data['path']) } });
  if (method !== 'data.site.link.list') return fail(-32601, 400, `Action not found: ${method}`);
  const query = data['site_query'] as Query;
  const offset = data['offset'] as Json;
  const page = pageOf(query.query, offset['limit'], offset['token']);
  if (page === null) return fail(-32602, 400, 'Invalid token.', { issue: 'param-is-invalid', key: 'data.offset.token' });
  const answered = { provided_token: offset['token'] ?? null, token: page.next, limit: offset['limit'] };
  return json({ id, jsonrpc, result: { site_query: echoOf(query), offset: answered, links: page.links(V3_ENDS), options: data['options'] } });
}

/** With the fields of Moz's example. */
function quotaOf(path: unknown): Json {
  const period = { period_start: 1_793_491_200, period_reset: 1_796_083_200 };
  return { path, account_id: 10_011_659, allotted: 75_000, used: 4, reset: 'month', report: 'month', overage: false, ...period };
}

interface Query {
  readonly query: string;
  readonly scope: string;
}

/** In another order than asked, and with another form of the address, as in Moz's example. */
export function metricsResult(queries: readonly Query[]): Json {
  const bad = queries.filter(({ query }) => query.startsWith('refused-site.com'));
  const good = queries.filter((query) => !bad.includes(query)).reverse();
  return {
    results_by_site: good.map((query) => ({ site_query: echoOf(query), site_metrics: metricsOf(query.query, totalOf(query.query)) })),
    errors_by_site: bad.map((query) => ({
      site_query: echoOf(query),
      error: { name: 'BadSiteError', data: { key: 'site_queries.1.query', value: query.query }, httpStatus: 400, jsonrpcCode: -32602 },
    })),
  };
}

function echoOf({ query, scope }: Query): Json {
  return { query: `https://${query.replace(/\/$/, '')}`, scope, original_site_query: { query, scope }, site_query_suggestion: null };
}

interface LinkPage {
  links(ends: { readonly source: string; readonly target: string }): Json[];
  readonly next: string | null;
}

/** Null for a token that was never given, and for too many links. */
function pageOf(target: unknown, limit: unknown, token: unknown): LinkPage | null {
  const name = String(target);
  const from = token === undefined ? 0 : Number(/^token-(\d+)$/.exec(typeof token === 'string' ? token : '')?.[1] ?? Number.NaN);
  if (Number.isNaN(from) || typeof limit !== 'number' || limit < 1 || limit > 50 || name.includes('://')) return null;
  const to = Math.min(totalOf(name), from + limit);
  return {
    links: (ends) => Array.from({ length: Math.max(0, to - from) }, (_, index) => wireLink(linkOf(name, from + index), from + index, ends)),
    next: to < totalOf(name) ? `token-${to}` : null,
  };
}

function bare(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
