/** SE Ranking's Data API over the invented web: summaries of one mode a call, links by cursor. */
import { domainsOf, type Handler, type Instead, json, linkOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const KEY = { id: '', secret: '80cfee7d-0000-4000-8000-nobody-may-see' };

type Json = Record<string, unknown>;

export const problem = (status: number, message: string, description = '') => json({ error: { code: status, message, description } }, status);

/** @param order the word for "strongest first" that is taken */
export function seranking(instead?: Instead, order = 'inlink_rank'): Handler {
  return (request) => instead?.(request) ?? answer(request, order);
}

function answer({ method, path, headers, body }: WireRequest, order: string): WireReply {
  const url = new URL(path, 'http://host');
  if (headers['authorization'] !== `Token ${KEY.secret}`) return problem(401, 'Unauthorized');
  if (url.pathname === '/v1/backlinks/summary' && method === 'POST') return summary(JSON.parse(body) as Json);
  if (url.pathname === '/v1/backlinks/raw' && method === 'GET') return raw(url.searchParams, order);
  return problem(404, 'Not found');
}

function summary({ target, mode }: Json): WireReply {
  const names = target as string[];
  if (names.length > 100 || !['domain', 'host', 'url'].includes(String(mode))) return problem(400, 'Bad request', 'target or mode');
  if (names.some((name) => name.startsWith('refused-site.com'))) return problem(400, 'Bad request', 'Invalid target');
  return json({ summary: names.map(entryOf) });
}

export function entryOf(name: string): Json {
  const total = totalOf(name);
  return {
    target: name.replace(/\/$/, ''),
    backlinks: total,
    refdomains: domainsOf(name),
    subnets: domainsOf(name),
    ips: domainsOf(name),
    nofollow_backlinks: Math.floor(total / 2),
    dofollow_backlinks: Math.ceil(total / 2),
    inlink_rank: 24,
    domain_inlink_rank: 68,
    anchors: 3,
    pages_with_backlinks: 4,
    top_anchors_by_backlinks: total === 0 ? [] : [{ anchor: 'words 1', backlinks: 2 }],
  };
}

function raw(query: URLSearchParams, order: string): WireReply {
  const name = query.get('target') ?? '';
  const limit = Number(query.get('limit'));
  const from = query.has('next') ? Number(/^cursor\/(\d+)==$/.exec(query.get('next') ?? '')?.[1] ?? Number.NaN) : 0;
  if (Number.isNaN(from) || !(limit >= 1 && limit <= 100_000) || query.get('order_by') !== order)
    return problem(400, 'Bad request', 'next, limit or order');
  const to = Math.min(totalOf(name), from + limit);
  const links = Array.from({ length: Math.max(0, to - from) }, (_, index) => wireRow(linkOf(name, from + index)));
  return json({ backlinks: links, ...(to < totalOf(name) ? { next: `cursor/${to}==` } : {}) });
}

export function wireRow(link: WorldLink): Json {
  return {
    url_from: link.page,
    url_to: link.to,
    title: link.title,
    anchor: link.image ? '' : link.text,
    alt: link.image ? link.text : '',
    nofollow: link.nofollow,
    image: link.image,
    image_source: link.image ? `${link.page}/a.png` : '',
    inlink_rank: Math.round(link.strength * 10),
    domain_inlink_rank: 71,
    first_seen: link.firstSeen,
    last_visited: link.lastSeen,
  };
}
