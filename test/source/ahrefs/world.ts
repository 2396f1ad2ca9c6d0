/** A stand-in for Ahrefs API v3 that serves the invented web: selected fields only, `where` and `order_by` as documented, units in headers. */
import { domainsOf, type Handler, type Instead, json, linksOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const KEY = { id: '', secret: 'ahrefs-key-nobody-may-see' };

type Row = Readonly<Record<string, unknown>>;

export const isRows = ({ path }: WireRequest) => path.includes('/all-backlinks');
export const isBatch = ({ path }: WireRequest) => path.includes('/batch-analysis');

export function ahrefs(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request);
}

function answer(request: WireRequest): WireReply {
  const url = new URL(request.path, 'http://host');
  if (request.headers['authorization'] !== `Bearer ${KEY.secret}`) return json({ error: 'API key is invalid' }, 401);
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /v3/site-explorer/all-backlinks':
      return backlinks(url.searchParams);
    case 'POST /v3/batch-analysis/batch-analysis':
      return batch(JSON.parse(request.body) as BatchQuestion);
    case 'GET /v3/subscription-info/limits-and-usage':
      return json(USAGE);
    default:
      return { status: 404, body: '404 page not found' };
  }
}

export const USAGE = {
  limits_and_usage: {
    subscription: 'Enterprise, billed yearly',
    usage_reset_date: '2026-12-01T00:00:00Z',
    units_limit_workspace: 2_000_000,
    units_usage_workspace: 1_250_000,
    units_limit_api_key: 100_000,
    units_usage_api_key: 90_500,
    api_key_expiration_date: '2027-06-30T00:00:00Z',
  },
};

/** The row of a link in Ahrefs' words. */
export function rowOf(link: WorldLink): Row {
  return {
    url_from: link.page,
    url_to: link.to,
    title: link.title,
    anchor: link.image ? '' : link.text,
    alt: link.image ? link.text : null,
    link_type: link.image ? 'image' : 'text',
    redirect_code: null,
    links_external: link.external,
    links_internal: link.internal,
    url_rating_source: Math.round(link.strength * 10),
    is_nofollow: link.nofollow,
    is_ugc: link.nofollow,
    is_sponsored: false,
    ip_source: link.ip,
    first_seen_link: `${link.firstSeen}T10:20:30Z`,
    last_visited: `${link.lastSeen}T00:00:00Z`,
    // Not asked for: keywords that the page ranks for, and the day that the link was lost.
    positions: 17,
    last_seen: null,
  };
}

const MODES = new Set(['exact', 'prefix', 'domain', 'subdomains']);

/** Rows of a target, as if they were a table; a folder is asked for by its path and the mode `prefix`. */
export function tableOf(target: string, mode: string): readonly Row[] {
  const name = mode === 'prefix' ? `${target}*` : target;
  return linksOf(name, totalOf(name)).map(rowOf);
}

function backlinks(parameters: URLSearchParams): WireReply {
  const at = (name: string) => parameters.get(name) ?? '';
  if (at('target') === '' || at('select') === '') return json({ error: 'missing required parameter' }, 400);
  if (!MODES.has(at('mode'))) return json({ error: 'bad mode' }, 400);
  // Anything else would bring lost links, or fold similar ones into one.
  if (at('history') !== 'live' || at('aggregation') !== 'all') return json({ error: 'this stand-in wants history=live and aggregation=all' }, 400);
  return table(tableOf(at('target'), at('mode')), parameters);
}

/** Filters, orders, cuts and selects rows, and bills them. */
export function table(all: readonly Row[], parameters: URLSearchParams): WireReply {
  const where = parameters.get('where');
  const found = where === null ? all : all.filter(filter(JSON.parse(where)));
  const rows = ordered(found, parameters.get('order_by') ?? '').slice(0, Number(parameters.get('limit') ?? 1000));
  const select = (parameters.get('select') ?? '').split(',');
  const body = { backlinks: rows.map((row) => Object.fromEntries(select.map((name) => [name, row[name]]))) };
  return json(body, 200, billed(rows.length, select.length));
}

function billed(rows: number, perRow: number): Readonly<Record<string, string>> {
  const total = String(Math.max(50, perRow * rows));
  const all = { 'x-api-rows': rows, 'x-api-units-cost-row': perRow, 'x-api-units-cost-total': total, 'x-api-units-cost-total-actual': total };
  return { ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)])), 'x-api-cache': 'no_cache' };
}

/** The part of Ahrefs' filter grammar that compares one value. */
function filter(expression: unknown): (row: Row) => boolean {
  const { and, or, field, is } = expression as { and?: unknown[]; or?: unknown[]; field?: string; is?: [string, never] };
  if (and !== undefined) return (row) => and.every((part) => filter(part)(row));
  if (or !== undefined) return (row) => or.some((part) => filter(part)(row));
  const [operator, value] = is ?? ['', null as never];
  const holds = COMPARE[operator];
  if (holds === undefined || field === undefined) throw new TypeError(JSON.stringify(expression));
  return (row) => holds(compare(row[field], value));
}

const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
};

function ordered(rows: readonly Row[], by: string): readonly Row[] {
  const keys = by.split(',').map((key) => key.split(':') as [string, string]);
  return [...rows].sort((a, b) => {
    for (const [name, direction] of keys) {
      const order = compare(a[name], b[name]) * (direction === 'asc' ? 1 : -1);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Numbers by size, text by code points. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  return (a as number) < (b as number) ? -1 : 1;
}

interface BatchQuestion {
  readonly select: readonly string[];
  readonly targets: readonly { readonly url: string; readonly mode: string; readonly protocol: string }[];
}

function batch({ select, targets }: BatchQuestion): WireReply {
  if (targets.length < 1 || targets.length > 100) return json({ error: 'targets: between 1 and 100 items' }, 400);
  const entries = targets.map(({ url, mode, protocol }, index) => {
    const total = totalOf(mode === 'prefix' ? `${url}*` : url);
    const all: Row = {
      index,
      url,
      mode,
      protocol,
      backlinks: total,
      backlinks_dofollow: Math.ceil(total / 2),
      backlinks_nofollow: Math.floor(total / 2),
      backlinks_internal: 11,
      refdomains: domainsOf(mode === 'prefix' ? `${url}*` : url),
      url_rating: 31,
      domain_rating: 72.5,
    };
    return Object.fromEntries(select.map((name) => [name, all[name]]));
  });
  // Ties are by `index`, not by the order of entries.
  const dear = select.filter((name) => name === 'refdomains').length;
  return json({ targets: entries.reverse() }, 200, billed(entries.length, select.length + 4 * dear));
}
