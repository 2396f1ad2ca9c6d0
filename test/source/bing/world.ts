/** Bing Webmaster Tools over the invented web: an account with some verified sites, link counts of their pages, links to one page at a time. */
import {
  BIG,
  EMPTY,
  type Handler,
  type Instead,
  json,
  linkOf,
  OF_KIND,
  SMALL,
  SMALL_TOTAL,
  totalOf,
  type WireReply,
  type WireRequest,
} from '../world.ts';

export const KEY = { id: '', secret: 'a-bing-key-nobody-may-see' };

type Json = Record<string, unknown>;

/** Links in one part of a list; smaller than Bing's, so that lists have several. */
const LINKS_PER_PART = 90;
/** Pages in one part of the link counts. */
const PAGES_PER_PART = 2;

const HOST_TOTAL = OF_KIND.host.total;
const PAGE_TOTAL = OF_KIND.page.total;

/** Sites of the account with their linked pages. */
const SITES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  [`https://${BIG}/`]: {
    [`https://${BIG}/`]: PAGE_TOTAL - 10,
    [`http://www.${BIG}/`]: 10,
    [`https://${BIG}/guide`]: totalOf(BIG) - PAGE_TOTAL - HOST_TOTAL,
  },
  [`http://blog.${BIG}/`]: { [`http://blog.${BIG}/moved`]: HOST_TOTAL },
  [`https://${SMALL}/`]: { [`https://${SMALL}/`]: SMALL_TOTAL },
  [`https://${EMPTY}/`]: {},
};
const UNVERIFIED = 'https://unverified-site.com/';
/** Stands for the many sites of a large account. */
const FILLER = Array.from({ length: 99 }, (_, n) => `http://filler-${n}.com/`);

export const problem = (code: number, message: string, status = 400) => json({ ErrorCode: code, Message: message }, status);

export function bing(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request);
}

function answer({ path }: WireRequest): WireReply {
  const url = new URL(path, 'http://host');
  const query = url.searchParams;
  if (query.get('apikey') !== KEY.secret) return problem(3, 'ERROR!!! InvalidApiKey');
  const method = /^\/webmaster\/api\.svc\/json\/(\w+)$/.exec(url.pathname)?.[1];
  if (method === 'GetUserSites') return json({ d: [...Object.keys(SITES), ...FILLER, UNVERIFIED].map(siteEntry) });
  const site = query.get('siteUrl') ?? '';
  const pages = SITES[site] ?? (FILLER.includes(site) ? {} : null);
  if (pages === null) return problem(14, 'ERROR!!! NotAuthorized');
  if (method === 'GetLinkCounts') return counts(pages, Number(query.get('page')));
  if (method === 'GetUrlLinks') return links(pages, query.get('link') ?? '', Number(query.get('page')));
  return problem(8, 'ERROR!!! InvalidParameter');
}

function siteEntry(url: string): Json {
  return {
    __type: 'Site:#Microsoft.Bing.Webmaster.Api',
    AuthenticationCode: '0',
    DnsVerificationCode: '0',
    IsVerified: url !== UNVERIFIED,
    Url: url,
  };
}

function counts(pages: Readonly<Record<string, number>>, part: number): WireReply {
  const all = Object.entries(pages).map(([Url, Count]) => ({ __type: 'LinkCount:#Microsoft.Bing.Webmaster.Api', Count, Url }));
  return listed('Links', 'LinkCounts', all, part, PAGES_PER_PART);
}

function links(pages: Readonly<Record<string, number>>, url: string, part: number): WireReply {
  const all = Array.from({ length: pages[url] ?? 0 }, (_, n) => {
    const link = linkOf(url, n);
    return { __type: 'LinkDetail:#Microsoft.Bing.Webmaster.Api', AnchorText: link.text, Url: link.page };
  });
  return listed('Details', 'LinkDetails', all, part, LINKS_PER_PART);
}

function listed(name: string, type: string, all: readonly Json[], part: number, size: number): WireReply {
  const some = all.slice(part * size, (part + 1) * size);
  return json({ d: { __type: `${type}:#Microsoft.Bing.Webmaster.Api`, [name]: some, TotalPages: Math.ceil(all.length / size) } });
}
