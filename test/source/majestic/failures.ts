/** Replies of Majestic that are failures or hold one: its codes, and each field that is read, wrong. */
import type { FailureCase } from '../failures.ts';
import { json, linkOf, SMALL } from '../world.ts';
import { backLinksReply, itemOf, itemsReply, KEY, refusal, rowOf } from './world.ts';

const row = (fields: Record<string, unknown>) => () => backLinksReply([{ ...rowOf(linkOf(SMALL, 0)), ...fields }], 1);
const bad = (what: string, fields: Record<string, unknown>, says: RegExp): FailureCase => ({ what, reply: row(fields), reason: 'bad-reply', says });
const item = (fields: Record<string, unknown>, globals?: Record<string, unknown>) => () => itemsReply([{ ...itemOf(SMALL, 0), ...fields }], globals);
const badItem = (what: string, fields: Record<string, unknown>, says: RegExp): FailureCase => ({
  what,
  ask: 'summaries',
  reply: item(fields),
  reason: 'bad-reply',
  says,
});
const code = (name: string, reason: FailureCase['reason'], says: RegExp): FailureCase => ({
  what: `${name} in a reply of status 200`,
  reply: () => refusal(name, `about the key ${KEY.secret}`),
  reason,
  says,
});

export const FAILURES: readonly FailureCase[] = [
  code('InvalidAPIKey', 'auth', /InvalidAPIKey: about the key ….*another key/),
  code('InsufficientIndexItemInfoUnits', 'quota', /units are used up.*Add units/),
  code('InsufficientAnalysisResUnits', 'quota', /Add units/),
  code('RateLimitExceeded', 'throttled', /asks us to wait/),
  code('RealTimePrefixQueryNotPossible', 'refused-target', /Check the target/),
  code('MissingParameter', 'refused-target', /Check the target/),
  code('InternalError', 'unavailable', /has trouble.*asked again later/),
  code('SomethingNew', 'unavailable', /SomethingNew/),
  {
    what: 'throttled by a code, with Retry-After',
    reply: () => ({ ...refusal('RateLimitExceeded'), headers: { 'retry-after': '9' } }),
    reason: 'throttled',
    says: /wait/,
  },
  {
    what: 'an address that is not the API (404)',
    reply: () => ({ status: 404, body: '<html>' }),
    reason: 'unavailable',
    says: /address of the endpoint/,
  },
  { what: 'JSON that is no object', reply: () => json('OK'), reason: 'bad-reply', says: /an object/ },
  { what: 'no code', reply: () => json({ DataTables: {} }), reason: 'bad-reply', says: /Code/ },
  { what: 'a code that is no text', reply: () => json({ Code: 0 }), reason: 'bad-reply', says: /Code/ },
  { what: 'no tables', reply: () => json({ Code: 'OK' }), reason: 'bad-reply', says: /DataTables/ },
  {
    what: 'another table',
    reply: () => json({ Code: 'OK', DataTables: { Results: { Data: [] } } }),
    reason: 'bad-reply',
    says: /DataTables\.BackLinks/,
  },
  { what: 'no rows in the table', reply: () => json({ Code: 'OK', DataTables: { BackLinks: {} } }), reason: 'bad-reply', says: /BackLinks\.Data/ },
  {
    what: 'headers that are none',
    reply: () => json({ Code: 'OK', DataTables: { BackLinks: { Headers: 7, Data: [] } } }),
    reason: 'bad-reply',
    says: /Headers/,
  },
  { what: 'a total that is none', reply: () => backLinksReply([], 'many'), reason: 'bad-reply', says: /TotalBackLinks/ },
  { what: 'rows that are none', reply: () => backLinksReply([7], 1), reason: 'bad-reply', says: /Data\[0\]/ },
  bad('a row without its page', { SourceURL: '' }, /Data\[0\]\.SourceURL/),
  bad('a row without its target', { TargetURL: null }, /Data\[0\]\.TargetURL/),
  bad('a title that is no text', { SourceTitle: 7 }, /Data\[0\]\.SourceTitle/),
  bad('an anchor that is no text', { AnchorText: [] }, /Data\[0\]\.AnchorText/),
  bad('a kind that is no text', { LinkType: 3 }, /Data\[0\]\.LinkType/),
  bad('a nofollow of 2', { FlagNoFollow: 2 }, /Data\[0\]\.FlagNoFollow/),
  bad('a redirect of 2', { FlagRedirect: 2 }, /Data\[0\]\.FlagRedirect/),
  bad('a frame that is no flag', { FlagFrame: 'yes' }, /Data\[0\]\.FlagFrame/),
  bad('an image that is no flag', { FlagImages: {} }, /Data\[0\]\.FlagImages/),
  bad('a flow off its scale', { SourceCitationFlow: 101 }, /Data\[0\]\.SourceCitationFlow/),
  bad('a first day that is none', { FirstIndexedDate: 'soon' }, /Data\[0\]\.FirstIndexedDate/),
  bad('a last day that no calendar has', { LastSeenDate: '2026-13-01' }, /Data\[0\]\.LastSeenDate/),
  { what: 'an item that is refused', ask: 'summaries', reply: item({ ResultCode: 'InvalidItem' }), reason: 'refused-target', says: /InvalidItem/ },
  { what: 'nothing found for a batch', ask: 'summaries', reply: () => refusal('ItemNotFound'), reason: 'bad-reply', says: /DataTables/ },
  {
    what: 'a day of the index that is none',
    ask: 'summaries',
    reply: item({}, { MostRecentBackLinkDate: 20 }),
    reason: 'bad-reply',
    says: /MostRecentBackLinkDate/,
  },
  badItem('no item for the target', { ItemNum: 5 }, /left out/),
  badItem('a place that is none', { ItemNum: 'first' }, /Data\[0\]\.ItemNum/),
  badItem('a result that is no text', { ResultCode: 7 }, /Data\[0\]\.ResultCode/),
  badItem('a status that is no text', { Status: 7 }, /Data\[0\]\.Status/),
  badItem('backlinks that are no number', { ExtBackLinks: 'many' }, /Data\[0\]\.ExtBackLinks/),
  badItem('half a domain', { RefDomains: 1.5 }, /Data\[0\]\.RefDomains/),
  badItem('a flow of an item off its scale', { CitationFlow: 520 }, /Data\[0\]\.CitationFlow/),
];
