/** What Semrush does wrong in its own way: numbered errors of any status, errors in JSON, tables that are none, and each column that may be wrong. */
import { COMPARISON_COLUMNS, OVERVIEW_COLUMNS, ROW_COLUMNS } from '../../../server/src/sources/semrush/wire.ts';
import type { FailureCase } from '../failures.ts';
import { json, linkOf, SMALL } from '../world.ts';
import { error, table, text, wireRow } from './world.ts';

const row = wireRow(linkOf(SMALL, 1), 1);
const overview = { ascore: '37', total: '3', domains_num: '3', urls_num: '3', follows_num: '2', nofollows_num: '1' };
const NAMES = [...OVERVIEW_COLUMNS, ...COMPARISON_COLUMNS];

function numbered(number: number, words: string, expected: Pick<FailureCase, 'reason' | 'says'>, status = 200): FailureCase {
  return { what: `ERROR ${number} :: ${words} (${status})`, reply: () => error(number, words, status), ...expected };
}

const KEY = { reason: 'auth', says: /refused the key.*another key/ } as const;
const USED_UP = { reason: 'quota', says: /Add units/ } as const;

const ERRORS: readonly FailureCase[] = [
  numbered(44, 'MANDATORY PARAMETER "key" NOT SET OR EMPTY', KEY),
  numbered(70, 'API KEY HASH FAILURE', KEY),
  numbered(120, 'WRONG KEY - ID PAIR', KEY, 403),
  numbered(121, 'WRONG FORMAT OR EMPTY HASH', KEY),
  numbered(122, 'WRONG FORMAT OR EMPTY KEY', KEY),
  numbered(130, 'API DISABLED', { reason: 'auth', says: /refused the key for this report.*Change the plan/ }, 403),
  numbered(133, 'DB ACCESS DENIED', { reason: 'auth', says: /Change the plan/ }),
  numbered(135, 'API REPORT DISABLED', { reason: 'auth', says: /Change the plan/ }),
  numbered(131, 'LIMIT EXCEEDED', USED_UP),
  numbered(132, 'API UNITS BALANCE IS ZERO', USED_UP, 403),
  numbered(134, 'TOTAL LIMIT EXCEEDED', USED_UP, 403),
  numbered(42, 'QUERY TYPE NOT FOUND', { reason: 'refused-target', says: /42: QUERY TYPE NOT FOUND/ }, 400),
  numbered(999, 'SOMETHING NEW', { reason: 'refused-target', says: /999: SOMETHING NEW/ }),
  numbered(60, 'TOO MANY REQUESTS', { reason: 'throttled', says: /asks us to wait/ }, 429),
  numbered(500, 'INTERNAL', { reason: 'unavailable', says: /asked again later/ }, 500),
  { what: 'an error of the newer service (403)', reply: () => json({ error: { code: 403, message: 'Not enough API units' } }, 403), ...USED_UP },
  { what: 'a refusal of the newer service', reply: () => json({ error: { code: 403, message: 'No access' } }), reason: 'auth', says: /another key/ },
  { what: 'an error in JSON without a number', reply: () => json({ error: { message: 'odd' } }), reason: 'refused-target', says: /odd/ },
  { what: 'JSON that says nothing', reply: () => json({ meta: {} }), reason: 'bad-reply', says: /cut off or damaged/ },
  { what: 'a status without words', reply: () => text('', 404), reason: 'unavailable', says: /does not know the call/ },
];

const TABLES: readonly FailureCase[] = [
  { what: 'a header of other columns', reply: () => text('Keyword;Position\r\nseo;1\r\n'), reason: 'bad-reply', says: /cut off or damaged/ },
  {
    what: 'a line with too few cells',
    reply: () => text(`${ROW_COLUMNS.join(';')}\r\nA title;https://a-site.com/;here\r\n`),
    reason: 'bad-reply',
    says: /cut off or damaged in line 2/,
  },
  {
    what: 'a line with too many cells and no address',
    reply: () => text(`${ROW_COLUMNS.join(';')}\r\n${'x;'.repeat(20)}\r\n`),
    reason: 'bad-reply',
    says: /line 2/,
  },
  {
    what: 'too many cells where the columns come in another order',
    reply: () => text(`${[...ROW_COLUMNS].reverse().join(';')}\r\n${[...Object.values(row), 'more', 'more'].join(';')}\r\n`),
    reason: 'bad-reply',
    says: /line 2/,
  },
];

const WRONG: readonly (readonly [column: string, value: string])[] = [
  ['source_url', ''],
  ['source_url', 'not an address'],
  ['target_url', 'ftp://somewhere'],
  ['page_ascore', '101'],
  ['page_ascore', 'high'],
  ['external_num', '1.5'],
  ['internal_num', '-1'],
  ['first_seen', 'May'],
  ['last_seen', '99999999999999'],
  ['nofollow', 'maybe'],
  ['form', '2'],
  ['frame', 'x'],
  ['image', 'yes'],
  ['lostlink', 'perhaps'],
];

export const SEMRUSH_FAILURES: readonly FailureCase[] = [
  ...ERRORS,
  ...ERRORS.slice(0, 4).map((one): FailureCase => ({ ...one, ask: 'summaries' })),
  ...TABLES,
  ...WRONG.map(
    ([column, value]): FailureCase => ({
      what: `${column} of "${value}"`,
      reply: () => table(ROW_COLUMNS, [{ ...row, [column]: value }]),
      reason: 'bad-reply',
      says: new RegExp(`line 2\\.${column}`),
    }),
  ),
  ...[...new Set(NAMES)].flatMap((column): FailureCase[] =>
    OVERVIEW_COLUMNS.includes(column)
      ? [
          {
            ask: 'summaries',
            what: `${column} that is no number`,
            reply: () => table(OVERVIEW_COLUMNS, [{ ...overview, [column]: 'many' }]),
            reason: 'bad-reply',
            says: new RegExp(column),
          },
        ]
      : [],
  ),
];
