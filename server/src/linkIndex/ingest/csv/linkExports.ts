/**
 * Exports that list backlinks, one link a row: which vendor's they are, and what their columns are called, in today's files, older ones and
 * API replies saved as CSV. Source: the vendors' own exports and API documentation.
 */
import { type Places, placesOf } from './columns.ts';

export type LinkRole =
  | 'source'
  | 'title'
  | 'target'
  | 'anchor'
  | 'alt'
  | 'nofollow'
  | 'ugc'
  | 'sponsored'
  | 'rel'
  | 'type'
  | 'image'
  | 'form'
  | 'frame'
  | 'redirect'
  | 'mention'
  | 'external'
  | 'firstSeen'
  | 'lastSeen'
  | 'lost'
  | 'lostAt'
  | 'lostReason'
  | 'status'
  | 'pageScore'
  | 'domainScore';

/** A score under its vendor's name. */
export interface ScoreName {
  readonly name: string;
  readonly scale: number;
}

export interface LinkExport {
  readonly vendor: string;
  /** At least one of these is there, and no other vendor has it. */
  readonly marks: readonly string[];
  readonly columns: Readonly<Record<LinkRole, readonly string[]>>;
  readonly pageScore: ScoreName | null;
  readonly domainScore: ScoreName | null;
}

const NONE: Readonly<Record<LinkRole, readonly string[]>> = {
  source: ['sourceurl', 'urlfrom', 'source', 'sourcepage', 'from', 'linkingpage', 'backlink', 'referringurl', 'referringpage'],
  title: ['sourcetitle', 'title', 'pagetitle', 'sourcepagetitle'],
  target: ['targeturl', 'urlto', 'target', 'targetpage', 'to', 'destinationurl', 'linkedpage'],
  anchor: ['anchor', 'anchortext', 'linktext', 'linkanchor', 'linkanchortext', 'text'],
  alt: ['alt', 'imagealt', 'alttext'],
  nofollow: ['nofollow', 'isnofollow'],
  ugc: ['ugc', 'isugc'],
  sponsored: ['sponsored', 'issponsored'],
  rel: ['rel', 'attributes'],
  type: ['type', 'linktype'],
  image: ['image', 'isimage'],
  form: ['form', 'isform'],
  frame: ['frame', 'isframe'],
  redirect: ['redirect', 'isredirect'],
  mention: [],
  external: ['externallinks', 'externalnum', 'linksexternal'],
  firstSeen: ['firstseen', 'datefirstseen', 'firstfound', 'firstindexed', 'firstindexeddate'],
  lastSeen: ['lastseen', 'datelastseen', 'lastvisited', 'lastcrawled', 'lastchecked', 'lastcheck'],
  lost: ['lost', 'islost', 'lostlink'],
  lostAt: ['datelost', 'lostdate', 'loston'],
  lostReason: ['lostreason', 'reasonlost', 'lostcause'],
  status: ['loststatus', 'linkstate'],
  pageScore: [],
  domainScore: [],
};

export const LINK_EXPORTS: readonly LinkExport[] = [
  {
    vendor: 'Ahrefs',
    marks: ['referringpageurl', 'urlratingsource', 'urlratingdesc'],
    columns: {
      ...NONE,
      source: ['referringpageurl', 'urlfrom'],
      title: ['referringpagetitle', 'title'],
      target: ['targeturl', 'linkurl', 'urlto'],
      anchor: ['anchor', 'linkanchor', 'anchortext'],
      type: ['type', 'linktype'],
      external: ['externallinks', 'externallinkscount', 'linksexternal'],
      firstSeen: ['firstseen', 'firstseenlink'],
      lastSeen: ['lastseen', 'lastcheck', 'lastvisited', 'found'],
      lost: ['lost', 'islost'],
      lostAt: ['daylost', 'datelost', 'lostdate'],
      lostReason: ['lostreason', 'dropreason', 'lostcause'],
      status: ['loststatus', 'backlinkstatus', 'linkstatus'],
      pageScore: ['ur', 'urlrating', 'urlratingsource', 'urlratingdesc'],
      domainScore: ['domainrating', 'dr', 'domainratingsource'],
    },
    pageScore: { name: 'UR', scale: 100 },
    domainScore: { name: 'DR', scale: 100 },
  },
  {
    vendor: 'Majestic',
    marks: ['sourcecitationflow', 'sourcetrustflow', 'sourcecrawldate', 'sourcefirstfounddate', 'flagnofollow', 'citationflow', 'acrank'],
    columns: {
      ...NONE,
      source: ['sourceurl', 'url', 'referringpage'],
      title: ['sourcetitle', 'title'],
      nofollow: ['flagnofollow', 'nofollow'],
      image: ['flagimagelink', 'flagimages', 'imagelink'],
      frame: ['flagframe', 'frame'],
      redirect: ['flagredirect', 'redirect'],
      mention: ['flagmention', 'mention'],
      type: ['linktype'],
      external: ['externaloutlinks', 'sourceexternaloutlinks', 'outlinksexternal', 'externallinks'],
      firstSeen: ['sourcefirstfounddate', 'firstindexeddate', 'firstindexed', 'firstfound', 'firstseen'],
      lastSeen: ['lastseendate', 'sourcecrawldate', 'lastseen', 'date', 'crawldate'],
      lost: ['flagdeleted', 'deleted'],
      lostAt: ['datelost', 'linklostdate', 'lostdate'],
      lostReason: ['reasonlost', 'lostreason'],
      pageScore: ['sourcecitationflow', 'citationflow'],
      domainScore: [],
    },
    pageScore: { name: 'CF', scale: 100 },
    domainScore: null,
  },
  {
    vendor: 'Semrush',
    marks: ['pageascore', 'pageauthorityscore', 'domainascore', 'sourceascore'],
    columns: {
      ...NONE,
      // Its column "Text" says whether the link is one of text.
      anchor: ['anchor', 'anchortext'],
      pageScore: ['pageascore', 'pageauthorityscore', 'sourceascore'],
      domainScore: ['domainascore'],
    },
    pageScore: { name: 'Authority Score', scale: 100 },
    domainScore: { name: 'Authority Score', scale: 100 },
  },
  {
    vendor: 'Moz',
    marks: ['pageauthority', 'pa', 'spamscore', 'sourcepageauthority', 'sourcepa', 'domainauthority', 'da'],
    columns: {
      ...NONE,
      source: ['sourceurl', 'sourcepage', 'linkingpage', 'linkingpageurl', 'url', 'source'],
      title: ['sourcetitle', 'title', 'pagetitle', 'linkingpagetitle'],
      lostAt: ['datelost', 'lostdate', 'datedisappeared'],
      pageScore: ['pageauthority', 'pa', 'sourcepageauthority', 'sourcepa', 'linkingpagepageauthority'],
      domainScore: ['domainauthority', 'da', 'sourcedomainauthority', 'sourceda', 'linkingdomaindomainauthority'],
    },
    pageScore: { name: 'PA', scale: 100 },
    domainScore: { name: 'DA', scale: 100 },
  },
  {
    vendor: 'SE Ranking',
    marks: ['inlinkrank', 'domaininlinkrank', 'pagetrust', 'domaintrust'],
    columns: { ...NONE, pageScore: ['inlinkrank', 'pagetrust'], domainScore: ['domaininlinkrank', 'domaintrust'] },
    pageScore: { name: 'InLink Rank', scale: 100 },
    domainScore: { name: 'Domain InLink Rank', scale: 100 },
  },
  // Anybody's list of links that names both ends.
  { vendor: 'links', marks: [...NONE.source], columns: NONE, pageScore: null, domainScore: null },
];

/** The export a header is of, with the places of its columns; null for one that names no links. */
export function linkExportOf(header: readonly string[]): { readonly kind: LinkExport; readonly places: Places<LinkRole> } | null {
  for (const kind of LINK_EXPORTS) {
    const places = placesOf(header, kind.columns);
    if (places.has('source') && places.has('target') && kind.marks.some((mark) => header.includes(mark))) return { kind, places };
  }
  return null;
}
