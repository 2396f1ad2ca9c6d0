/** What Moz's two APIs do wrong in their own way: their errors, and each field that may come as something else. */
import type { FailureCase } from '../failures.ts';
import { json, linkOf, SMALL } from '../world.ts';
import { metricsOf, V2_ENDS, V3_ENDS, wireLink } from './world.ts';

type Json = Record<string, unknown>;

/** One wrong field of a link, under `of` where it is one of an end's. */
const FIELDS: readonly { readonly what: string; readonly field: string; readonly value: unknown; readonly end?: 'source' | 'target' }[] = [
  { what: 'a link without its page', end: 'source', field: 'page', value: null },
  { what: 'a link without its target', end: 'target', field: 'page', value: '' },
  { what: 'a title that is no text', end: 'source', field: 'title', value: ['a'] },
  { what: 'an authority off its scale', end: 'source', field: 'page_authority', value: 101 },
  { what: 'an authority that is none', end: 'source', field: 'page_authority', value: 'high' },
  { what: 'a link text that is no text', field: 'anchor_text', value: 7 },
  { what: 'a nofollow of 2', field: 'nofollow', value: 2 },
  { what: 'a redirect that is no flag', field: 'redirect', value: 'yes' },
  { what: 'a day that is none', field: 'date_first_seen', value: '2026-02-31' },
  { what: 'a last day in words', field: 'date_last_seen', value: 'yesterday' },
  { what: 'a loss without a day', field: 'date_disappeared', value: true },
];

function linkCases(list: string, ends: typeof V2_ENDS, wrap: (links: unknown, next: unknown) => Json): FailureCase[] {
  const link = wireLink(linkOf(SMALL, 1), 1, ends);
  const rows =
    (links: unknown, next: unknown = '') =>
    () =>
      json(wrap(links, next));
  return [
    ...FIELDS.map(({ what, field, value, end }): FailureCase => {
      const holder = end === undefined ? null : ends[end];
      const changed = holder === null ? { ...link, [field]: value } : { ...link, [holder]: { ...(link[holder] as Json), [field]: value } };
      const path = [`${list}[0]`, ...(holder === null ? [] : [holder]), field].join('.');
      return { what, reply: rows([changed]), reason: 'bad-reply', says: new RegExp(path.replace(/[.[\]]/g, '\\$&')) };
    }),
    { what: 'links that are none', reply: rows([52174]), reason: 'bad-reply', says: new RegExp(`${list}\\[0\\]`) },
    { what: 'no links', reply: rows(null), reason: 'bad-reply', says: new RegExp(list) },
    { what: 'an end that is missing', reply: rows([{ ...link, [ends.source]: null }]), reason: 'bad-reply', says: new RegExp(ends.source) },
    { what: 'a token that is no text', reply: rows([link], 12), reason: 'bad-reply', says: /token/ },
    { what: 'JSON that is no object', reply: () => json('yes'), reason: 'bad-reply', says: /an object/ },
  ];
}

/** Wrong fields of metrics, of a domain. */
function metricCases(list: string, wrap: (metrics: unknown) => Json): FailureCase[] {
  const metrics = metricsOf(SMALL, 3);
  const summary = (value: unknown) => () => json(wrap(value));
  return [
    { ask: 'summaries', what: 'metrics that are none', reply: summary(null), reason: 'bad-reply', says: /an object/ },
    ...['pages', 'external_pages', 'external_nofollow_pages', 'root_domains'].map((name): FailureCase => {
      const field = `${name}_to_root_domain`;
      return {
        ask: 'summaries',
        what: `${field} that is no number`,
        reply: summary({ ...metrics, [field]: 'many' }),
        reason: 'bad-reply',
        says: new RegExp(`${list}.*${field}`),
      };
    }),
    {
      ask: 'summaries',
      what: 'a domain authority off its scale',
      reply: summary({ ...metrics, domain_authority: 400 }),
      reason: 'bad-reply',
      says: /domain_authority/,
    },
  ];
}

export const V2_FAILURES: readonly FailureCase[] = [
  { what: 'a used-up quota', reply: () => json({ error_message: 'Your quota of rows is used up' }, 403), reason: 'quota', says: /Add rows/ },
  { what: 'a key without rights (403)', reply: () => json({ error_message: 'Permission denied' }, 403), reason: 'auth', says: /another key/ },
  { what: 'throttled in its own words', reply: () => json({ error_message: 'Too many requests' }, 429), reason: 'throttled', says: /wait.*Too many/ },
  {
    what: 'a target that it does not take',
    reply: () => json({ error_message: 'Invalid target' }, 400),
    reason: 'refused-target',
    says: /Invalid target/,
  },
  { what: 'an error of status 200', reply: () => json({ error_message: 'Invalid target' }), reason: 'refused-target', says: /Invalid target/ },
  ...linkCases('results', V2_ENDS, (results, next_token) => ({ results, next_token })),
  ...metricCases('results', (metrics) => ({ results: [metrics] })),
  { ask: 'summaries', what: 'fewer entries than targets', reply: () => json({ results: [] }), reason: 'bad-reply', says: /a list of 1 entries/ },
  { ask: 'summaries', what: 'no results', reply: () => json({}), reason: 'bad-reply', says: /results/ },
];

const error = (fields: Json, status: number) => () => json({ id: 'x', jsonrpc: '2.0', error: fields }, status);
const query = { query: `https://${SMALL}`, scope: 'domain', original_site_query: { query: SMALL, scope: 'domain' }, site_query_suggestion: null };

export const V3_FAILURES: readonly FailureCase[] = [
  {
    what: 'a used-up quota',
    reply: error({ code: -32656, status: 403, message: 'Quota exceeded', data: { issue: 'quota-exceeded', key: 'api.limits.data.rows' } }, 403),
    reason: 'quota',
    says: /Add rows/,
  },
  {
    what: 'throttled in its own words',
    reply: error({ code: -32029, status: 429, message: 'Slow down', data: {} }, 429),
    reason: 'throttled',
    says: /wait.*Slow down/,
  },
  {
    what: 'a target that it does not take',
    reply: error({ code: -32652, status: 400, message: 'Please include a query.', data: { issue: 'param-is-missing', key: 'data.site_query' } }, 400),
    reason: 'refused-target',
    says: /Please include a query/,
  },
  {
    what: 'an error with its status elsewhere',
    reply: error({ code: -32600, httpStatus: 401, message: 'no' }, 200),
    reason: 'auth',
    says: /another key/,
  },
  { what: 'an error without any status', reply: error({ code: 1, message: 'no' }, 200), reason: 'refused-target', says: /no/ },
  { what: 'an error that is a text', reply: () => json({ error: 'no such thing' }), reason: 'refused-target', says: /no such thing/ },
  { what: 'neither result nor error', reply: () => json({ id: 'x', jsonrpc: '2.0' }), reason: 'bad-reply', says: /result/ },
  { what: 'links without an offset', reply: () => json({ result: { links: [] } }), reason: 'bad-reply', says: /offset/ },
  ...linkCases('links', V3_ENDS, (links, token) => ({ result: { site_query: query, links, offset: { token } } })),
  ...metricCases('results_by_site', (site_metrics) => ({ result: { results_by_site: [{ site_query: query, site_metrics }], errors_by_site: [] } })),
  { ask: 'summaries', what: 'no results', reply: () => json({ result: {} }), reason: 'bad-reply', says: /results_by_site/ },
  {
    ask: 'summaries',
    what: 'a target that is left out',
    reply: () => json({ result: { results_by_site: [], errors_by_site: [] } }),
    reason: 'bad-reply',
    says: /left out/,
  },
  {
    ask: 'summaries',
    what: 'an error about one target',
    reply: () => json({ result: { results_by_site: [], errors_by_site: [{ site_query: query, error: { name: 'BadSite', httpStatus: 400 } }] } }),
    reason: 'refused-target',
    says: /BadSite/,
  },
  {
    ask: 'summaries',
    what: 'trouble with one target',
    reply: () =>
      json({ result: { results_by_site: [], errors_by_site: [{ site_query: query, error: { name: 'UnhandledError', httpStatus: 500 } }] } }),
    reason: 'unavailable',
    says: /UnhandledError/,
  },
];
