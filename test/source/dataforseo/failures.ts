/** What DataForSEO does wrong in its own way: two levels of status inside HTTP 200, and each field that may come as something else. */
import type { FailureReason } from '../../../shared/backlinks.ts';
import type { FailureCase, Question } from '../failures.ts';
import { json, linkOf, SMALL } from '../world.ts';
import { done, envelope, refused, summaryItem, wireRow } from './world.ts';

/** Code, the vendor's words, what it is to us, and what our message must say. */
const STATUSES: readonly (readonly [number, string, FailureReason, RegExp])[] = [
  [40100, 'You are not authorized to access this resource.', 'auth', /refused the key.*40100.*another key/],
  [40101, 'Internal SE Server Error.', 'unavailable', /asked again later/],
  [40103, 'Task execution failed, please try to resubmit the task.', 'unavailable', /asked again later/],
  [40104, 'Please verify your account before using the API.', 'auth', /Verify it/],
  [40200, 'Payment Required.', 'quota', /Add money/],
  [40201, 'It has been temporarily blocked.', 'auth', /support/],
  [40202, 'The rate-limit per minute has been exceeded.', 'throttled', /wait 60 s/],
  [40203, 'The cost limit has been exceeded.', 'quota', /cost limit.*Raise it/],
  [40204, 'Access denied. Visit Plans and Subscriptions.', 'auth', /Activate the Backlinks API/],
  [40205, 'The duplicate task limit per hour has been exceeded.', 'throttled', /this hour/],
  [40206, 'The duplicate task limit per day has been exceeded.', 'throttled', /today/],
  [40207, 'Access denied. Your IP is not whitelisted.', 'auth', /whitelist/],
  [40209, 'Too many simultaneous queries.', 'throttled', /fewer calls/],
  [40210, 'Insufficient Funds.', 'quota', /Add money/],
  [40301, 'A code that no list names.', 'auth', /another key/],
  [40402, 'Invalid Path.', 'unavailable', /address of the endpoint/],
  [40501, "Invalid Field: 'target'.", 'refused-target', /'target'.*Check the target/],
  [50000, 'Internal Error.', 'unavailable', /asked again later/],
  [50100, 'Not Implemented.', 'unavailable', /another source/],
  [50301, '3rd Party API Service Unavailable.', 'unavailable', /asked again later/],
  [50401, 'Internal Error - Timeout.', 'timeout', /asked again later/],
];

const STATUS_CASES = STATUSES.flatMap(([code, words, reason, says]): FailureCase[] => [
  { what: `${code} of the task, in HTTP 200,`, reply: () => json(envelope([refused(code, words)])), reason, says },
  { what: `${code} of the envelope, in HTTP 200,`, ask: 'summaries', reply: () => json(envelope([], code, words)), reason, says },
]);

const HTTP_CASES: readonly FailureCase[] = [
  {
    what: 'HTTP 402 with its words',
    reply: () => json(envelope([], 40200, 'Payment Required.'), 402),
    reason: 'quota',
    says: /Add money/,
  },
  { what: 'HTTP 402 without words', reply: () => ({ status: 402, body: '' }), reason: 'quota', says: /Add credits/ },
  { what: 'HTTP 403 for an account to verify', reply: () => json(envelope([], 40104, 'Verify.'), 403), reason: 'auth', says: /Verify it/ },
  { what: 'HTTP 404', reply: () => json({}, 404), reason: 'unavailable', says: /address of the endpoint/ },
];

const reply = (result: unknown) => () => json(envelope([done(result, 0.02)]));
const rowWith = (fields: Record<string, unknown>) => reply({ total_count: 3, items_count: 1, items: [{ ...wireRow(linkOf(SMALL, 1)), ...fields }] });
const itemWith = (fields: Record<string, unknown>) => reply({ items_count: 1, items: [{ ...summaryItem(SMALL), ...fields }] });

/** What is asked, what the case is, the reply, and the field that the message must name. */
const SHAPES: readonly (readonly [Question, string, ReturnType<typeof reply>, RegExp])[] = [
  ['rows', 'JSON that is no object', () => json('yes'), /an object/],
  ['rows', 'a list', () => json([]), /an object/],
  ['rows', 'no status', () => json({ tasks: [] }), /status_code/],
  ['rows', 'a status that is none', () => json({ ...envelope([]), status_code: 'fine' }), /status_code/],
  ['rows', 'no tasks', () => json({ ...envelope([]), tasks: null }), /tasks/],
  ['rows', 'an empty list of tasks', () => json(envelope([])), /tasks\[0\]/],
  ['rows', 'a task without a status', () => json(envelope([{}])), /tasks\[0\]\.status_code/],
  ['rows', 'a result that is no list', () => json(envelope([{ ...done(null, 0), ...{ result: { items: [] } } }])), /tasks\[0\]\.result/],
  ['rows', 'a result of scalars', reply(7), /tasks\[0\]\.result\[0\]/],
  ['rows', 'items that are none', reply({ total_count: 3, items: 'many' }), /items/],
  ['rows', 'no items though there are some', reply({ total_count: 3, items_count: 3, items: null }), /items/],
  ['rows', 'an item that is none', reply({ total_count: 3, items: [null] }), /items\[0\]/],
  ['rows', 'a total that is none', reply({ total_count: 'many', items: [] }), /total_count/],
  ['rows', 'a token that is none', reply({ total_count: 3, items: [], search_after_token: 5 }), /search_after_token/],
  ['rows', 'a row without its page', rowWith({ url_from: null }), /items\[0\]\.url_from/],
  ['rows', 'a row without its target', rowWith({ url_to: '' }), /items\[0\]\.url_to/],
  ['rows', 'a title that is no text', rowWith({ page_from_title: ['a'] }), /page_from_title/],
  ['rows', 'half a link', rowWith({ page_from_external_links: 1.5 }), /page_from_external_links/],
  ['rows', 'fewer than no links', rowWith({ page_from_internal_links: -1 }), /page_from_internal_links/],
  ['rows', 'a rank off its scale', rowWith({ page_from_rank: 1001 }), /page_from_rank/],
  ['rows', 'a kind that is no text', rowWith({ item_type: 3 }), /item_type/],
  ['rows', 'a dofollow of 2', rowWith({ dofollow: 2 }), /dofollow/],
  ['rows', 'attributes that are no list', rowWith({ attributes: 'nofollow' }), /attributes/],
  ['rows', 'an attribute that is no text', rowWith({ attributes: [3] }), /attributes\[0\]/],
  ['rows', 'an address that is no text', rowWith({ domain_from_ip: 1 }), /domain_from_ip/],
  ['rows', 'a text that is none', rowWith({ anchor: {} }), /anchor/],
  ['rows', 'a day that is none', rowWith({ first_seen: 'yesterday' }), /first_seen/],
  ['rows', 'a day that no calendar has', rowWith({ last_seen: '2026-02-30 00:00:00 +00:00' }), /last_seen/],
  ['rows', 'lost that is neither yes nor no', rowWith({ is_lost: 'perhaps' }), /is_lost/],
  ['summaries', 'items that are none', reply({ items: 5 }), /items/],
  ['summaries', 'an item without its target', itemWith({ url: null }), /items\[0\]\.url/],
  ['summaries', 'backlinks that are no number', itemWith({ backlinks: 'many' }), /items\[0\]\.backlinks/],
  ['summaries', 'pages that are no number', itemWith({ referring_pages: {} }), /referring_pages/],
  ['summaries', 'hosts that are no number', itemWith({ referring_domains: true }), /referring_domains/],
  ['summaries', 'domains that are no number', itemWith({ referring_main_domains: -1 }), /referring_main_domains/],
  ['summaries', 'a rank off its scale', itemWith({ rank: 5000 }), /items\[0\]\.rank/],
  ['summaries', 'a rank of the domain off its scale', itemWith({ main_domain_rank: '1e9' }), /main_domain_rank/],
];

const SHAPE_CASES = SHAPES.map(([ask, what, bad, says]): FailureCase => ({ ask, what, reply: bad, reason: 'bad-reply', says }));

export const DATAFORSEO_FAILURES: readonly FailureCase[] = [...STATUS_CASES, ...HTTP_CASES, ...SHAPE_CASES];
