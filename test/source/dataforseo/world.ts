/** A stand-in for DataForSEO over the invented web: envelope and rows as captured in 2024, bulk calls and statuses as its documentation has them. */
import { domainsOf, EMPTY, type Handler, type Instead, json, linksOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const KEY = { id: 'login-of-letters', secret: 'a-password-nobody-may-see' };
export const BASIC = Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64');

/** As far as an offset reaches. */
const MOST_OFFSET = 20_000;

export function dataForSeo(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request);
}

function answer(request: WireRequest): WireReply {
  if (request.headers['authorization'] !== `Basic ${BASIC}`) {
    return json(envelope([], 40100, 'You are not authorized to access this resource.'), 401);
  }
  if (request.path === '/v3/appendix/user_data') return json(envelope([done({ login: KEY.id, money: { total: 60, balance: 41.25 } }, 0)]));
  const [task] = JSON.parse(request.body) as Record<string, unknown>[];
  if (task === undefined) return json(envelope([], 40502, 'POST Data Is Empty.'));
  switch (request.path) {
    case '/v3/backlinks/backlinks/live':
      return json(envelope([rowsTask(task)]));
    case '/v3/backlinks/bulk_pages_summary/live':
      return json(envelope([bulkTask(task['targets'] as string[])]));
    default:
      return json(envelope([], 40402, 'Invalid Path.'), 404);
  }
}

/** The reply around its tasks. */
export function envelope(tasks: readonly { readonly cost?: unknown }[], status_code = 20000, status_message = 'Ok.'): Record<string, unknown> {
  const cost = tasks.reduce((sum, task) => sum + (typeof task.cost === 'number' ? task.cost : 0), 0);
  const failed = tasks.filter((task) => 'status_code' in task && task.status_code !== 20000).length;
  return { version: '0.1.20260717', status_code, status_message, time: '0.1566 sec.', cost, tasks_count: tasks.length, tasks_error: failed, tasks };
}

/** A task that succeeded; `result` null where there is no data. */
export function done(result: unknown, cost: number): { readonly cost: number } {
  return { ...head(20000, 'Ok.', cost), ...{ result_count: result === null ? 0 : 1, result: result === null ? null : [result] } };
}

export function refused(status_code: number, status_message: string): { readonly cost: number } {
  return { ...head(status_code, status_message, 0), ...{ result_count: 0, result: null } };
}

function head(status_code: number, status_message: string, cost: number) {
  const path = ['v3', 'backlinks'];
  return { id: '04241333-1535-0576-0000-a7b281e5516b', status_code, status_message, time: '0.0989 sec.', cost, path, data: { api: 'backlinks' } };
}

/** Every field that a captured row has. */
export function wireRow(link: WorldLink): Record<string, unknown> {
  const rank = Math.round(link.strength * 100);
  return {
    type: 'backlink',
    domain_from: link.domain,
    url_from: link.page,
    url_from_https: true,
    domain_to: new URL(link.to).hostname,
    url_to: link.to,
    url_to_https: true,
    tld_from: 'com',
    is_new: false,
    is_lost: false,
    backlink_spam_score: 0,
    rank: Math.round(rank / 2),
    page_from_rank: rank,
    domain_from_rank: 347,
    domain_from_platform_type: ['blogs'],
    domain_from_is_ip: false,
    domain_from_ip: link.ip,
    domain_from_country: 'IO',
    page_from_external_links: link.external,
    page_from_internal_links: link.internal,
    page_from_size: 28553,
    page_from_encoding: 'utf-8',
    page_from_language: 'en',
    page_from_title: link.title,
    page_from_status_code: 200,
    first_seen: `${link.firstSeen} 02:46:50 +00:00`,
    prev_seen: null,
    last_seen: `${link.lastSeen} 02:46:50 +00:00`,
    item_type: link.image ? 'image' : 'anchor',
    attributes: link.nofollow ? ['noopener', 'nofollow'] : null,
    dofollow: !link.nofollow,
    original: true,
    alt: link.image ? 'Bar of review stars' : null,
    image_url: null,
    anchor: link.text,
    text_pre: null,
    text_post: null,
    semantic_location: 'article',
    links_count: 1,
    group_count: 0,
    is_broken: false,
    url_to_status_code: null,
    url_to_spam_score: null,
    url_to_redirect_target: null,
    ranked_keywords_info: null,
    is_indirect_link: false,
    indirect_link_path: null,
  };
}

function rowsTask(task: Record<string, unknown>): { readonly cost: number } {
  const { target, limit, offset, mode, order_by: order, rank_scale: scale, backlinks_status_type: status } = task;
  if (typeof target !== 'string' || typeof limit !== 'number' || typeof offset !== 'number') return refused(40501, "Invalid Field: 'target'.");
  if (limit > 1000) return refused(40501, "Invalid Field: 'limit'.");
  if (offset > MOST_OFFSET) return refused(40501, "Invalid Field: 'offset'.");
  // Without these the reply would be another one: in another scale and order, with lost links.
  if (mode !== 'as_is' || scale !== 'one_thousand' || status !== 'live') return refused(40501, "Invalid Field: 'mode'.");
  if (JSON.stringify(order) !== '["page_from_rank,desc","url_from,asc"]') return refused(40501, "Invalid Field: 'order_by'.");
  if (target === EMPTY) return done(null, price(0));
  const items = linksOf(target, limit, offset).map(wireRow);
  const token = items.length === limit ? `after-${offset + limit}` : null;
  const result = { target, mode, custom_mode: null, total_count: totalOf(target), items_count: items.length, items, search_after_token: token };
  return done(result, price(items.length));
}

function bulkTask(targets: readonly string[]): { readonly cost: number } {
  const domains = new Set(targets.map((target) => (/^https?:/.test(target) ? new URL(target).hostname : target)));
  if (targets.length > 1000 || domains.size > 100) return refused(40501, "Invalid Field: 'targets'.");
  if (targets.includes('refused-site.com')) return refused(40501, "Invalid Field: 'targets'.");
  const items = targets.map(summaryItem);
  return done({ total_count: items.length, items_count: items.length, items }, price(items.length));
}

export function summaryItem(url: string): Record<string, unknown> {
  const total = totalOf(url);
  return {
    type: 'backlinks_bulk_pages_summary',
    url,
    rank: total === 0 ? 0 : 312,
    main_domain_rank: total === 0 ? 0 : 588,
    backlinks: total,
    first_seen: total === 0 ? null : '2019-01-19 12:08:12 +00:00',
    lost_date: null,
    backlinks_spam_score: 8,
    broken_backlinks: 0,
    broken_pages: 0,
    referring_domains: domainsOf(url) + (total === 0 ? 0 : 2),
    referring_domains_nofollow: 7,
    referring_main_domains: domainsOf(url),
    referring_main_domains_nofollow: 6,
    referring_ips: domainsOf(url),
    referring_subnets: domainsOf(url),
    referring_pages: total,
    referring_pages_nofollow: Math.floor(total / 2),
    referring_links_tld: { com: total },
    referring_links_types: { anchor: total },
    referring_links_attributes: { nofollow: Math.floor(total / 2) },
    referring_links_platform_types: { blogs: total },
    referring_links_semantic_locations: { article: total },
    referring_links_countries: { US: total },
  };
}

export function price(rows: number): number {
  return 0.024 + 0.000036 * rows;
}
