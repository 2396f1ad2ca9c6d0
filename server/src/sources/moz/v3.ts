/**
 * The Moz API, for accounts with an API token: JSON-RPC 2.0 at `/jsonrpc`, methods `data.site.metrics.fetch.multiple` and `data.site.link.list`.
 * Sources: the JSON schema that Moz publishes with its methods, with examples of replies, and errors that users recorded: 404 is "no
 * record". Not captured: the words for a used-up quota.
 */
import { randomUUID } from 'node:crypto';
import type { Summary, Target } from '../../../../shared/backlinks.ts';
import { withoutScheme } from '../../urls/resolve.ts';
import { sourceError } from '../../util/errors.ts';
import { leftOut, readEach } from '../asking.ts';
import { blankSummary } from '../blank.ts';
import { createChecker, type Fields } from '../check.ts';
import { clean } from '../failures.ts';
import { withoutKey } from '../keys.ts';
import { matchReplies } from '../matching.ts';
import type { Scope } from '../scope.ts';
import { type Api, createSend, type MozParts } from './calls.ts';
import { complaintAbout, complaintOf } from './rpcErrors.ts';
import { readLinks, readMetrics, readNext, readQuota } from './wire.ts';

const SCOPES: Readonly<Record<Scope, string>> = { page: 'url', host: 'subdomain', domain: 'domain' };
const ENDS = { source: 'source_site_metrics', target: 'target_site_metrics' };

/** What came for one target: its metrics or an error, with where it stood in the reply. */
interface Entry {
  readonly name: string;
  readonly group: string;
  readonly path: string;
  readonly fields: Fields;
}

export function createV3(parts: MozParts): Api {
  const { host } = parts.base;
  const check = createChecker(host);
  const send = createSend(parts, complaintOf);

  /** Null where there is no record. */
  async function call(method: string, data: unknown, signal: AbortSignal): Promise<Fields | null> {
    // The id is the call's, not the account's, and has to have 24 characters or more.
    const body = { jsonrpc: '2.0', id: randomUUID(), method, params: { data } };
    const reply = await send('/jsonrpc', { 'x-moz-token': parts.key.secret }, body, signal);
    return reply === null ? null : check.object(check.object(reply, 'the reply')['result'], 'result');
  }

  function readEntries(result: Fields, name: string): readonly Entry[] {
    return check.list(result[name] ?? [], name).map((entry, index) => {
      const path = `${name}[${index}]`;
      const fields = check.object(entry, path);
      const query = check.object(fields['site_query'], `${path}.site_query`);
      const asked =
        query['original_site_query'] == null ? query : check.object(query['original_site_query'], `${path}.site_query.original_site_query`);
      return {
        name: check.text(asked['query'], `${path}.site_query.query`) ?? '',
        group: check.text(asked['scope'], `${path}.site_query.scope`) ?? '',
        path,
        fields,
      };
    });
  }

  function readEntry(target: Target, entry: Entry | undefined): Summary {
    if (entry === undefined) throw leftOut(target, host);
    if (entry.fields['error'] === undefined) {
      return readMetrics(target, entry.fields['site_metrics'], `${entry.path}.site_metrics`, parts.reach, check);
    }
    const { status, words, noRecord } = complaintAbout(entry.fields['error'], 400);
    // No record is not none: nothing is known.
    if (noRecord) return blankSummary(target);
    const said = words === null ? 'no reason given' : clean(withoutKey(words, parts.key));
    const reason = status >= 500 ? 'unavailable' : 'refused-target';
    throw sourceError(reason, `${host} could not answer for ${target.name} (${said}). Check the target.`);
  }

  return {
    async metrics(asked, signal) {
      const sent = asked.map(({ target, sent: text }) => ({ name: withoutScheme(text), group: SCOPES[parts.reach.scopeOf(target)] }));
      const data = { site_queries: sent.map(({ name, group }) => ({ query: name, scope: group })) };
      const result = await call('data.site.metrics.fetch.multiple', data, signal);
      if (result === null) return asked.map(({ target }) => ({ target, summary: blankSummary(target) }));
      check.list(result['results_by_site'], 'results_by_site');
      const entries = [...readEntries(result, 'results_by_site'), ...readEntries(result, 'errors_by_site')];
      parts.spending.note({ amount: entries.filter(({ fields }) => fields['error'] === undefined).length });
      const matched = matchReplies(sent, entries);
      return readEach(asked, ({ target }, index) => readEntry(target, matched[index]));
    },
    links: ({ target, sent }, place, count, signal) =>
      parts.reach.links(target, place, async (scope) => {
        const data = {
          site_query: { query: withoutScheme(sent), scope: SCOPES[scope] },
          // Where there are several filters, `external` must be one of them; without `not_deleted` links that are gone are among the others.
          options: { sort: 'source_page_authority', filters: ['external', 'not_deleted'] },
          offset: { limit: count, ...(place === null ? {} : { token: place }) },
        };
        const result = await call('data.site.link.list', data, signal);
        if (result === null) return { rows: [], next: null };
        const rows = readLinks(result['links'], 'links', ENDS, check);
        parts.spending.note({ rows: rows.length, amount: rows.length });
        return { rows, next: readNext(check.object(result['offset'], 'offset')['token'], 'offset.token', check) };
      }),
    async balance(signal) {
      const result = await call('quota.lookup', { path: 'api.limits.data.rows' }, signal);
      return result === null ? { left: null, limit: null, renews: null } : readQuota(result['quota'], check);
    },
  };
}
