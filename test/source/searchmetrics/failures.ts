/** What the contract's endpoints do wrong in their own way: the error shape, and each field of a row that may come as something else. */
import type { FailureCase } from '../failures.ts';
import { json, SMALL } from '../world.ts';
import { wireRow } from './world.ts';

const list =
  (response: unknown, count: unknown = 1) =>
  () =>
    json({ count, response, response_time: 0.1, balance: 5 });
const rowWith = (fields: Record<string, unknown>) => list([{ ...wireRow(SMALL, 1), ...fields }]);

export const CONTRACT_FAILURES: readonly FailureCase[] = [
  {
    what: 'credits used up (403)',
    reply: () => json({ error: 4031001, error_message: 'Insufficient credits to make this service request' }, 403),
    reason: 'quota',
    says: /Add credits/,
  },
  { what: 'forbidden (403)', reply: () => json({ error: 4031002, error_message: 'No access' }, 403), reason: 'auth', says: /another key/ },
  {
    what: 'an error inside a reply of status 200',
    reply: () => json({ error: 4001003, error_message: 'parameter "url" is required!' }),
    reason: 'refused-target',
    says: /url/,
  },
  {
    what: 'throttled in its own words (429)',
    reply: () => json({ error: 4291001, error_message: 'slow down' }, 429, { 'retry-after': '40' }),
    reason: 'throttled',
    says: /wait 40 s.*slow down/,
  },
  {
    what: 'an unknown call (404)',
    reply: () => json({ error: 4001004, error_message: 'Unknown Service' }, 404),
    reason: 'unavailable',
    says: /address of the endpoint/,
  },
  { what: 'truncated JSON', reply: () => ({ status: 200, body: '{"count":533,"response":[{"backlinkpa' }), reason: 'bad-reply', says: /cut off/ },
  { what: 'JSON that is no object', reply: () => json('yes'), reason: 'bad-reply', says: /an object/ },
  { what: 'response undefined though there are rows', reply: () => json({ count: 9 }), reason: 'bad-reply', says: /response/ },
  { what: 'response null though there are rows', reply: list(null, 9), reason: 'bad-reply', says: /response/ },
  { what: 'response of scalars', reply: list([52174]), reason: 'bad-reply', says: /response\[0\]/ },
  { what: 'neither count nor response', reply: () => json({ response_time: 1 }), reason: 'bad-reply', says: /response/ },
  { what: 'a count that is none', reply: list([], 'many'), reason: 'bad-reply', says: /count/ },
  { what: 'a row without its page', reply: rowWith({ backlinkpage: null }), reason: 'bad-reply', says: /response\[0\]\.backlinkpage/ },
  { what: 'a number that is none', reply: rowWith({ extL: 'many' }), reason: 'bad-reply', says: /response\[0\]\.extL/ },
  { what: 'half a link', reply: rowWith({ sumL: 1.5 }), reason: 'bad-reply', says: /response\[0\]\.sumL/ },
  { what: 'a strength off its scale', reply: rowWith({ sr: 58 }), reason: 'bad-reply', says: /response\[0\]\.sr/ },
  { what: 'a title that is no text', reply: rowWith({ title: ['a'] }), reason: 'bad-reply', says: /response\[0\]\.title/ },
  { what: 'a nofollow of 2', reply: rowWith({ nofollow: 2 }), reason: 'bad-reply', says: /response\[0\]\.nofollow/ },
];
