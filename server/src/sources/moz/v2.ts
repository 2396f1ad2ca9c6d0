/**
 * Moz's Links API v2, for accounts with an access id and a secret key: `POST /v2/url_metrics` and `POST /v2/links`. Sources: Moz's help pages
 * (Links V2, URL Metrics V2, Overview & Authentication). Its metrics were captured; its links were not, their fields are those of the Moz API.
 */
import { withoutScheme } from '../../urls/resolve.ts';
import { readEach } from '../asking.ts';
import { createChecker } from '../check.ts';
import { basicAuth } from '../keys.ts';
import type { Scope } from '../scope.ts';
import { type Api, type Complaint, createSend, type MozParts } from './calls.ts';
import { readLinks, readMetrics, readNext } from './wire.ts';

const SCOPES: Readonly<Record<Scope, string>> = { page: 'page', host: 'subdomain', domain: 'root_domain' };
const ENDS = { source: 'source', target: 'target' };

export function createV2(parts: MozParts): Api {
  const check = createChecker(parts.base.host);
  const send = createSend(parts, complaintOf);
  const headers = { authorization: basicAuth(parts.key) };

  return {
    async metrics(asked, signal) {
      const json = await send('/v2/url_metrics', headers, { targets: asked.map(({ sent }) => withoutScheme(sent)) }, signal);
      const results = check.list(check.object(json, 'the reply')['results'], 'results');
      // Entries repeat their target in another form, so that only their place tells whose they are.
      if (results.length !== asked.length) throw check.wrong(results, `a list of ${asked.length} entries`, 'results');
      parts.spending.note({ amount: results.length });
      return readEach(asked, ({ target }, index) => readMetrics(target, results[index], `results[${index}]`, parts.reach, check));
    },
    links: ({ target, sent }, place, count, signal) =>
      parts.reach.links(target, place, async (scope) => {
        const body = {
          target: withoutScheme(sent),
          target_scope: SCOPES[scope],
          // Without it links that are gone are among the others.
          filter: 'external+not_deleted',
          sort: 'source_page_authority',
          limit: count,
          ...(place === null ? {} : { next_token: place }),
        };
        const reply = check.object(await send('/v2/links', headers, body, signal), 'the reply');
        const rows = readLinks(reply['results'], 'results', ENDS, check);
        parts.spending.note({ rows: rows.length, amount: rows.length });
        return { rows, next: readNext(reply['next_token'], 'next_token', check) };
      }),
  };
}

/** Errors come with a status of their own; the words stand in one of several fields. */
function complaintOf(json: unknown, status: number): Complaint | null {
  if (typeof json !== 'object' || json === null) return null;
  const said = json as Readonly<Record<string, unknown>>;
  const words = [said['error_message'], said['message'], said['error']].find((text) => typeof text === 'string' && text !== '');
  if (typeof words !== 'string') return null;
  return { status: status >= 400 ? status : 400, words, noRecord: false };
}
