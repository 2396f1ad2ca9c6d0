/** Replies of Ahrefs that are failures or hold one: its refusals, and each field that is read, wrong. */
import type { FailureCase } from '../failures.ts';
import { json, linkOf, SMALL, type WireReply } from '../world.ts';
import { KEY, rowOf } from './world.ts';

const row = (fields: Record<string, unknown>) => () => json({ backlinks: [{ ...rowOf(linkOf(SMALL, 0)), ...fields }] });
const entry = (fields: Record<string, unknown>) => () => json({ targets: [{ index: 0, backlinks: 3, ...fields }] });

const bad = (what: string, reply: () => WireReply, says: RegExp): FailureCase => ({ what, reply, reason: 'bad-reply', says });
const badEntry = (what: string, fields: Record<string, unknown>, says: RegExp): FailureCase => ({
  what,
  ask: 'summaries',
  reply: entry(fields),
  reason: 'bad-reply',
  says,
});

export const FAILURES: readonly FailureCase[] = [
  {
    what: 'units used up (403)',
    reply: () => json({ error: 'API units limit reached' }, 403),
    reason: 'quota',
    says: /units.*used up.*wait for the next period/,
  },
  { what: 'a plan without the call (403)', reply: () => json({ error: 'Insufficient plan' }, 403), reason: 'auth', says: /plan.*another key/i },
  { what: 'a refusal without words (403)', reply: () => json({}, 403), reason: 'auth', says: /refused the key/ },
  {
    what: 'a key that is echoed (401)',
    reply: () => json({ error: `API key ${KEY.secret} has expired` }, 401),
    reason: 'auth',
    says: /API key … has expired/,
  },
  { what: 'a refused question (400)', reply: () => json({ error: 'bad target' }, 400), reason: 'refused-target', says: /bad target/ },
  {
    what: 'an address that is not the API (404)',
    reply: () => ({ status: 404, body: '<html>' }),
    reason: 'unavailable',
    says: /address of the endpoint/,
  },
  { what: 'no data for a batch (404)', ask: 'summaries', reply: () => json({ error: 'no data' }, 404), reason: 'unavailable', says: /no data/ },
  bad('JSON that is no object', () => json('yes'), /an object/),
  bad('no rows where they belong', () => json({ metrics: {} }), /as backlinks/),
  bad('rows that are none', () => json({ backlinks: [52174] }), /backlinks\[0\]/),
  bad('a row without its page', row({ url_from: null }), /backlinks\[0\]\.url_from/),
  bad('a row without its target', row({ url_to: '' }), /backlinks\[0\]\.url_to/),
  bad('a title that is no text', row({ title: 7 }), /backlinks\[0\]\.title/),
  bad('an anchor that is no text', row({ anchor: ['a'] }), /backlinks\[0\]\.anchor/),
  bad('an alt that is no text', row({ alt: {} }), /backlinks\[0\]\.alt/),
  bad('a kind that is no text', row({ link_type: 3 }), /backlinks\[0\]\.link_type/),
  bad('a redirect code that is no number', row({ redirect_code: 'x' }), /backlinks\[0\]\.redirect_code/),
  bad('external links that are no number', row({ links_external: 'many' }), /backlinks\[0\]\.links_external/),
  bad('half a link', row({ links_internal: 1.5 }), /backlinks\[0\]\.links_internal/),
  bad('a rating off its scale', row({ url_rating_source: 101 }), /backlinks\[0\]\.url_rating_source/),
  bad('a nofollow of 2', row({ is_nofollow: 2 }), /backlinks\[0\]\.is_nofollow/),
  bad('an ugc that is no flag', row({ is_ugc: 'maybe' }), /backlinks\[0\]\.is_ugc/),
  bad('a sponsored that is no flag', row({ is_sponsored: [] }), /backlinks\[0\]\.is_sponsored/),
  bad('an address that is no text', row({ ip_source: 1 }), /backlinks\[0\]\.ip_source/),
  bad('a day that no calendar has', row({ first_seen_link: '2025-02-30T00:00:00Z' }), /backlinks\[0\]\.first_seen_link/),
  bad('a date that is none', row({ last_visited: 'yesterday' }), /backlinks\[0\]\.last_visited/),
  badEntry('no entry for the target', { index: 5 }, /left out/),
  badEntry('an index that is none', { index: 'first' }, /targets\[0\]\.index/),
  badEntry('backlinks that are no number', { backlinks: 'many' }, /targets\[0\]\.backlinks /),
  badEntry('fewer than no links', { backlinks_dofollow: -1 }, /targets\[0\]\.backlinks_dofollow/),
  badEntry('nofollow links that are no number', { backlinks_nofollow: {} }, /targets\[0\]\.backlinks_nofollow/),
  badEntry('internal links that are no number', { backlinks_internal: 'x' }, /targets\[0\]\.backlinks_internal/),
  badEntry('half a domain', { refdomains: 1.5 }, /targets\[0\]\.refdomains/),
  badEntry('a page rating off its scale', { url_rating: 101 }, /targets\[0\]\.url_rating/),
  badEntry('a domain rating off its scale', { domain_rating: 720 }, /targets\[0\]\.domain_rating/),
];
