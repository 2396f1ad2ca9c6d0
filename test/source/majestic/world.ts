/** A stand-in for Majestic's API that serves the invented web: commands in forms, codes inside replies of status 200, -1 for what is unknown. */
import { domainsOf, type Handler, type Instead, json, linksOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const KEY = { id: '', secret: 'majestic-key-nobody-may-see' };

export function majestic(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request);
}

export const formOf = ({ body }: WireRequest) => new URLSearchParams(body);

/** A reply that is no success, as Majestic sends it: with status 200, and with the key in its words. */
export function refusal(code: string, message = `Error: ${code}`): WireReply {
  return json({ Code: code, ErrorMessage: message, FullError: `${message} at ...` });
}

function answer(request: WireRequest): WireReply {
  const form = formOf(request);
  if (request.method !== 'POST' || request.path !== '/api/json') return { status: 404, body: '<html>not here' };
  if (form.get('app_api_key') !== KEY.secret) return refusal('InvalidAPIKey', `API key ${form.get('app_api_key')} is not valid`);
  if (form.get('datasource') !== 'fresh') return refusal('InvalidParameter', 'this stand-in wants datasource=fresh');
  switch (form.get('cmd') ?? '') {
    case 'GetBackLinkData':
      return backLinks(form);
    case 'GetIndexItemInfo':
      return indexItems(form);
    default:
      return refusal('UnknownCommand');
  }
}

const GLOBALS = {
  Code: 'OK',
  ErrorMessage: '',
  FullError: '',
  FirstBackLinkDate: '2026-07-25',
  IndexBuildDate: '2026-11-21 16:23:38',
  IndexType: 1,
  MostRecentBackLinkDate: '2026-11-20',
  ServerName: 'QUACKYO',
};

function backLinks(form: URLSearchParams): WireReply {
  const [item, count, from] = [form.get('item') ?? '', Number(form.get('Count') ?? 100), Number(form.get('From') ?? 0)];
  if (item === '' || form.get('Mode') !== '1') return refusal('MissingParameter', 'this stand-in wants item and Mode=1');
  return backLinksReply(linksOf(item, count, from).map(rowOf), totalOf(item));
}

export function backLinksReply(rows: readonly unknown[], total: unknown): WireReply {
  const headers = { AvailableLines: 50_000, Count: rows.length, From: 0, ItemType: 'RootDomain', TotalBackLinks: total, TotalLines: 8_115_767 };
  return json({ ...GLOBALS, DataTables: { BackLinks: { Headers: headers, Data: rows } } });
}

/** The row of a link in Majestic's words. */
export function rowOf(link: WorldLink): Readonly<Record<string, unknown>> {
  return {
    SourceURL: link.page,
    ACRank: -1,
    AnchorText: link.text,
    Date: link.lastSeen,
    FlagRedirect: 0,
    FlagFrame: 0,
    FlagNoFollow: link.nofollow ? 1 : 0,
    FlagImages: link.image ? 1 : 0,
    FlagDeleted: 0,
    FlagAltText: 0,
    FlagMention: 0,
    TargetURL: link.to,
    DomainID: -1,
    FirstIndexedDate: link.firstSeen,
    LastSeenDate: link.lastSeen,
    DateLost: '',
    ReasonLost: '',
    LinkType: link.image ? 'ImageLink' : 'TextLink',
    LinkSubType: 'TextLink_Normal_HighContent',
    TargetCitationFlow: 12,
    TargetTrustFlow: 8,
    SourceTitle: link.title,
    SourceCitationFlow: Math.round(link.strength * 10),
    SourceTrustFlow: 3,
    SourceTopicalTrustFlow_Topic_0: ' ',
  };
}

function indexItems(form: URLSearchParams): WireReply {
  const items = Number(form.get('items'));
  if (!(items >= 1 && items <= 100)) return refusal('InvalidParameter', 'items must be from 1 to 100');
  // Ties are by ItemNum, not by the order of rows.
  return itemsReply(Array.from({ length: items }, (_, index) => itemOf(form.get(`item${index}`) ?? '', index)).reverse());
}

export function itemsReply(items: readonly unknown[], globals: Readonly<Record<string, unknown>> = {}): WireReply {
  return json({ ...GLOBALS, ...globals, DataTables: { Results: { Headers: { RowsCount: items.length }, Data: items } } });
}

/** An item of the index in Majestic's words. */
export function itemOf(item: string, index: number): Readonly<Record<string, unknown>> {
  const total = totalOf(item);
  return {
    ItemNum: index,
    Item: item,
    ResultCode: 'OK',
    Status: total > 0 ? 'Found' : 'NotFound',
    ExtBackLinks: total,
    RefDomains: domainsOf(item),
    AnalysisResUnitsCost: total,
    ACRank: -1,
    ItemType: 1,
    IndexedURLs: 12,
    RefIPs: 9,
    RefSubNets: 8,
    RefDomainsEDU: -1,
    CrawledFlag: 'False',
    LastCrawlDate: ' ',
    CitationFlow: total > 0 ? 52 : 0,
    TrustFlow: total > 0 ? 45 : 0,
    Title: ' ',
  };
}
