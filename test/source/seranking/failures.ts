/** What SE Ranking does wrong in its own way: its errors, and each field that may come as something else. */
import type { FailureCase } from '../failures.ts';
import { json, linkOf, SMALL } from '../world.ts';
import { entryOf, problem, wireRow } from './world.ts';

const row = wireRow(linkOf(SMALL, 1));
const rows = (backlinks: unknown, next?: unknown) => () => json({ backlinks, next });
const summary = (entries: unknown) => () => json({ summary: entries });

const ROW_FIELDS: readonly (readonly [field: string, value: unknown])[] = [
  ['url_from', null],
  ['url_to', ''],
  ['title', 7],
  ['anchor', ['a']],
  ['alt', {}],
  ['nofollow', 'maybe'],
  ['image', 3],
  ['inlink_rank', 101],
  ['inlink_rank', 'high'],
  ['first_seen', 'May'],
  ['last_visited', 20241209],
];

const SUMMARY_FIELDS: readonly (readonly [field: string, value: unknown])[] = [
  ['backlinks', 'many'],
  ['refdomains', -1],
  ['dofollow_backlinks', 1.5],
  ['nofollow_backlinks', []],
  ['domain_inlink_rank', 101],
  ['top_anchors_by_backlinks', 'words'],
  ['top_anchors_by_backlinks', ['words']],
  ['top_anchors_by_backlinks', [{ anchor: 'words' }]],
  ['target', 9],
];

export const SERANKING_FAILURES: readonly FailureCase[] = [
  { what: 'credits used up (403)', reply: () => problem(403, 'Insufficient funds'), reason: 'quota', says: /Add credits/ },
  { ask: 'summaries', what: 'credits used up (403)', reply: () => problem(403, 'Insufficient funds'), reason: 'quota', says: /Add credits/ },
  { what: 'a plan without the call (403)', reply: () => problem(403, 'Subscription required'), reason: 'auth', says: /another key/ },
  {
    what: 'throttled in its own words',
    reply: () => problem(429, 'Too Many Requests', 'reduce your frequency'),
    reason: 'throttled',
    says: /wait.*reduce/,
  },
  {
    what: 'a target that it does not take',
    reply: () => problem(400, 'Bad request', 'Invalid target'),
    reason: 'refused-target',
    says: /Invalid target/,
  },
  { what: 'an error of status 200', reply: () => json({ error: { code: 401, message: 'Unauthorized' } }), reason: 'auth', says: /another key/ },
  { what: 'an error that is a text', reply: () => json({ error: 'no such thing' }), reason: 'refused-target', says: /no such thing/ },
  { what: 'an error that is a number', reply: () => json({ error: 5 }), reason: 'refused-target', says: /no reason given/ },
  { what: 'JSON that is no object', reply: () => json([]), reason: 'bad-reply', says: /an object/ },
  { what: 'no links', reply: rows(null), reason: 'bad-reply', says: /backlinks/ },
  { what: 'links that are none', reply: rows([52174]), reason: 'bad-reply', says: /backlinks\[0\]/ },
  { what: 'a cursor that is no text', reply: rows([row], 12), reason: 'bad-reply', says: /next/ },
  ...ROW_FIELDS.map(
    ([field, value]): FailureCase => ({
      what: `${field} of ${JSON.stringify(value)}`,
      reply: rows([{ ...row, [field]: value }]),
      reason: 'bad-reply',
      says: new RegExp(`backlinks\\[0\\]\\.${field}`),
    }),
  ),
  { ask: 'summaries', what: 'no summary', reply: () => json({}), reason: 'bad-reply', says: /summary/ },
  { ask: 'summaries', what: 'entries that are none', reply: summary([null]), reason: 'bad-reply', says: /summary\[0\]/ },
  { ask: 'summaries', what: 'a target that is left out', reply: summary([]), reason: 'bad-reply', says: /left out/ },
  { ask: 'summaries', what: 'an entry about another', reply: summary([entryOf('other-site.com')]), reason: 'bad-reply', says: /left out/ },
  ...SUMMARY_FIELDS.map(
    ([field, value]): FailureCase => ({
      ask: 'summaries',
      what: `${field} of ${JSON.stringify(value)}`,
      reply: summary([{ ...entryOf(SMALL), [field]: value }]),
      reason: 'bad-reply',
      says: new RegExp(`summary\\[0\\]\\.${field}`),
    }),
  ),
];
