/** What Bing does wrong in its own way: numbered errors of any status, and each field that may come as something else. */
import type { FailureReason } from '../../../shared/backlinks.ts';
import type { FailureCase } from '../failures.ts';
import { json, SMALL, type WireReply } from '../world.ts';
import { problem } from './world.ts';

/** Replaces the reply to one method, and leaves the calls before it alone. */
const of =
  (method: string, reply: () => WireReply): FailureCase['reply'] =>
  (request) =>
    request.path.includes(`/${method}?`) ? reply() : null;
const sites = (d: unknown) => of('GetUserSites', () => json({ d }));
const counts = (d: unknown) => of('GetLinkCounts', () => json({ d }));
const links = (d: unknown) => of('GetUrlLinks', () => json({ d }));

const CODES: readonly (readonly [code: number, words: string, reason: FailureReason, says: RegExp])[] = [
  [1, 'InternalError', 'unavailable', /asked again later/],
  [2, 'UnknownError', 'unavailable', /asked again later/],
  [3, 'InvalidApiKey', 'auth', /refused the key.*another key/],
  [4, 'ThrottleUser', 'throttled', /asks us to wait/],
  [5, 'ThrottleHost', 'throttled', /asks us to wait/],
  [6, 'UserBlocked', 'auth', /blocked.*another key/],
  [7, 'InvalidUrl', 'refused-target', /InvalidUrl.*Check the target/],
  [8, 'InvalidParameter', 'refused-target', /InvalidParameter/],
  [10, 'UserNotFound', 'auth', /another key/],
  [11, 'NotFound', 'refused-target', /Verify it/],
  [13, 'NotAllowed', 'refused-target', /Verify it/],
  [14, 'NotAuthorized', 'refused-target', /Verify it in Bing Webmaster Tools/],
  [15, 'UnexpectedState', 'unavailable', /asked again later/],
  [16, 'Deprecated', 'unavailable', /newer version/],
];

const page = { Url: `https://${SMALL}/`, Count: 3 };
const link = { Url: 'https://blog.linker-1.com/', AnchorText: 'words' };

export const BING_FAILURES: readonly FailureCase[] = [
  ...CODES.flatMap(([code, words, reason, says]): FailureCase[] => [
    { what: `${code} ${words}`, reply: of('GetLinkCounts', () => problem(code, words)), reason, says },
    {
      what: `${code} ${words} in a reply of status 200`,
      ask: 'summaries',
      reply: of('GetLinkCounts', () => problem(code, words, 200)),
      reason,
      says,
    },
  ]),
  {
    what: 'an error under d',
    reply: of('GetUserSites', () => json({ d: { ErrorCode: 3, Message: 'InvalidApiKey' } })),
    reason: 'auth',
    says: /another key/,
  },
  { what: 'an error that is not known (400)', reply: () => problem(99, 'SomethingNew'), reason: 'refused-target', says: /SomethingNew/ },
  { what: 'a daily limit (429)', reply: of('GetUrlLinks', () => problem(99, 'Quota', 429)), reason: 'throttled', says: /Quota/ },
  { what: 'an account without sites', reply: sites([]), reason: 'refused-target', says: /verified sites of your own account/ },
  {
    what: 'an account without sites, as null',
    ask: 'summaries',
    reply: sites(null),
    reason: 'refused-target',
    says: /verified sites of your own account/,
  },
  {
    what: 'a site that is not verified',
    reply: sites([{ Url: `https://${SMALL}/`, IsVerified: false }]),
    reason: 'refused-target',
    says: /is in none of them/,
  },
  { what: 'a site that does not say', reply: sites([{ Url: `https://${SMALL}/` }]), reason: 'refused-target', says: /is in none of them/ },
  { what: 'sites that are none', reply: sites('many'), reason: 'bad-reply', says: /\bd\b.*list/ },
  { what: 'a site without its address', reply: sites([{ IsVerified: true }]), reason: 'bad-reply', says: /d\[0\]\.Url/ },
  {
    what: 'a verification that is none',
    reply: sites([{ Url: `https://${SMALL}/`, IsVerified: 'maybe' }]),
    reason: 'bad-reply',
    says: /d\[0\]\.IsVerified/,
  },
  { what: 'no counts', reply: counts(null), reason: 'bad-reply', says: /\bd\b/ },
  { what: 'counts that are none', reply: counts({ Links: 7 }), reason: 'bad-reply', says: /d\.Links/ },
  { what: 'a page without its address', reply: counts({ Links: [{ Count: 3 }] }), reason: 'bad-reply', says: /d\.Links\[0\]\.Url/ },
  {
    what: 'a page without its count',
    ask: 'summaries',
    reply: counts({ Links: [{ ...page, Count: null }] }),
    reason: 'bad-reply',
    says: /d\.Links\[0\]\.Count/,
  },
  { what: 'half a link', ask: 'summaries', reply: counts({ Links: [{ ...page, Count: 1.5 }] }), reason: 'bad-reply', says: /d\.Links\[0\]\.Count/ },
  { what: 'a number of pages that is none', reply: counts({ Links: [page], TotalPages: 'many' }), reason: 'bad-reply', says: /d\.TotalPages/ },
  { what: 'no links', reply: links(undefined), reason: 'bad-reply', says: /\bd\b/ },
  { what: 'links that are none', reply: links({ Details: [52174], TotalPages: 1 }), reason: 'bad-reply', says: /d\.Details\[0\]/ },
  { what: 'a link without its page', reply: links({ Details: [{ ...link, Url: '' }] }), reason: 'bad-reply', says: /d\.Details\[0\]\.Url/ },
  {
    what: 'a link text that is no text',
    reply: links({ Details: [{ ...link, AnchorText: 7 }] }),
    reason: 'bad-reply',
    says: /d\.Details\[0\]\.AnchorText/,
  },
  { what: 'JSON that is no object', reply: () => json('yes'), reason: 'bad-reply', says: /an object/ },
];
