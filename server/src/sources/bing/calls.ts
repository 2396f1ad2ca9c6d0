/** The calls of the Bing Webmaster API. The key can only go into the address, which is made at the last moment. */
import type { Backlink, FailureReason } from '../../../../shared/backlinks.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import { createChecker } from '../check.ts';
import { clean, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { requireKey, type VendorKey, withoutKey } from '../keys.ts';
import type { HttpReply } from '../transport.ts';
import type { Vendor } from '../vendorParts.ts';
import { type LinkedPage, type Part, readCounts, readLinks, readSites, type Site } from './wire.ts';

/** Pages of lists count from 0. Every call rejects with a SourceError or an abort. */
export interface Calls {
  sites(signal: AbortSignal): Promise<readonly Site[]>;
  counts(site: Site, page: number, signal: AbortSignal): Promise<Part<LinkedPage>>;
  links(site: Site, url: string, page: number, signal: AbortSignal): Promise<Part<Backlink>>;
}

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);

  async function send(method: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<unknown> {
    const key = requireKey(credentials, 'bing', host);
    spending.note({ calls: 1, amount: 1 });
    const query = new URLSearchParams({ ...parameters, apikey: key.secret });
    const address = `${base.base}/webmaster/api.svc/json/${method}?${query}`;
    const reply = await transport.request(address, { method: 'GET', headers: { accept: 'application/json' }, signal });
    const json = parseJson(reply);
    const complaint = complaintOf(json);
    if (complaint !== null || reply.status < 200 || reply.status > 299) throw failure(reply, complaint, key);
    if (json === undefined) throw notJson(reply, host);
    return json;
  }

  function failure(reply: HttpReply, complaint: Complaint | null, key: VendorKey): BacklinkLensError {
    const meaning = complaint === null ? undefined : MEANINGS[complaint.code];
    if (complaint === null || meaning === undefined) return statusFailure(reply, host, complaint?.words ?? null, clock());
    const said = `${complaint.code}: ${clean(withoutKey(complaint.words, key)) || 'no reason given'}`;
    return sourceError(meaning.reason, `${host} ${meaning.what} (${said}). ${meaning.todo}`);
  }

  return {
    sites: async (signal) => readSites(await send('GetUserSites', {}, signal), check),
    counts: async (site, page, signal) => readCounts(await send('GetLinkCounts', { siteUrl: site.url, page: String(page) }, signal), check),
    async links(site, url, page, signal) {
      const part = readLinks(await send('GetUrlLinks', { siteUrl: site.url, link: url, page: String(page) }, signal), url, check);
      spending.note({ rows: part.items.length });
      return part;
    },
  };
}

interface Complaint {
  readonly code: number;
  readonly words: string;
}

interface Meaning {
  readonly reason: FailureReason;
  readonly what: string;
  readonly todo: string;
}

const KEY: Meaning = { reason: 'auth', what: 'refused the key', todo: 'Set another key.' };
const SLOWLY: Meaning = { reason: 'throttled', what: 'asks us to wait', todo: 'It is asked again later.' };
const TROUBLE: Meaning = { reason: 'unavailable', what: 'has trouble', todo: 'It is asked again later.' };
const QUESTION: Meaning = { reason: 'refused-target', what: 'refused the question', todo: 'Check the target.' };
const SITE: Meaning = { reason: 'refused-target', what: 'does not let this account ask for the site', todo: 'Verify it in Bing Webmaster Tools.' };
const GONE: Meaning = { reason: 'unavailable', what: 'no longer knows the call', todo: 'Look for a newer version of Backlink Lens.' };

/** By number of ApiErrorCode: 3 key, 4 and 5 throttled, 6 blocked, 7 and 8 question, 10 unknown user, 11 to 14 site, 16 withdrawn. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  1: TROUBLE,
  2: TROUBLE,
  3: KEY,
  4: SLOWLY,
  5: SLOWLY,
  6: { ...KEY, what: 'has blocked the account of the key' },
  7: QUESTION,
  8: QUESTION,
  10: KEY,
  11: SITE,
  13: SITE,
  14: SITE,
  15: TROUBLE,
  16: GONE,
};

/** `{"ErrorCode": 7, "Message": "InvalidUrl"}`, bare or under `d`; code 0 is none. */
function complaintOf(json: unknown): Complaint | null {
  if (typeof json !== 'object' || json === null) return null;
  const inner = 'd' in json && typeof json.d === 'object' && json.d !== null ? json.d : {};
  const { ErrorCode: code, Message: words } = { ...inner, ...json } as Readonly<Record<string, unknown>>;
  if (typeof code !== 'number' || code === 0) return null;
  return { code, words: typeof words === 'string' ? words : '' };
}
