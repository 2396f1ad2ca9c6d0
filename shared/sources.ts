/** Every source by its id: what people call it, what it needs before it can be asked, and where it is. What it fills and costs, the source itself says. */

export type SourceId =
  | 'index'
  | 'searchmetrics'
  | 'ranks'
  | 'dataforseo'
  | 'ahrefs'
  | 'majestic'
  | 'moz'
  | 'semrush'
  | 'seranking'
  | 'openpagerank'
  | 'bing'
  | 'none';

/** Sources of vendors: each is a key, an address of its own, and one factory in the server's registry. */
export type VendorId = Exclude<SourceId, 'index' | 'searchmetrics' | 'ranks' | 'none'>;

/**
 * What is asked of the user for a key: `key` one text, `login` a name and a secret, `key-or-login` either, `optional-login` a name and a
 * secret or nothing at all (an endpoint may be open).
 */
export type KeyNeed = 'none' | 'key' | 'login' | 'key-or-login' | 'optional-login';

export interface SourceTraits {
  /** A proper name, or the English words for it. */
  readonly label: string;
  /** What must be chosen first: a file on this machine, an address, or nothing. */
  readonly needs: 'nothing' | 'file' | 'address';
  readonly key: KeyNeed;
  /** The vendor's own address, where targets are sent unless the user set another; null for what has none. */
  readonly home: string | null;
  /** A second address of the vendor, asked instead of `home` where the key is a token without a login; absent: there is none. */
  readonly tokenHome?: string;
}

/** In the order in which they are offered. */
export const SOURCES: Readonly<Record<SourceId, SourceTraits>> = {
  index: { label: 'Embedded index', needs: 'file', key: 'none', home: null },
  ranks: { label: 'Common Crawl domain ranks', needs: 'file', key: 'none', home: null },
  searchmetrics: { label: 'Contract endpoint', needs: 'address', key: 'optional-login', home: null },
  dataforseo: { label: 'DataForSEO', needs: 'nothing', key: 'login', home: 'https://api.dataforseo.com' },
  ahrefs: { label: 'Ahrefs', needs: 'nothing', key: 'key', home: 'https://api.ahrefs.com' },
  majestic: { label: 'Majestic', needs: 'nothing', key: 'key', home: 'https://api.majestic.com' },
  moz: { label: 'Moz', needs: 'nothing', key: 'key-or-login', home: 'https://lsapi.seomoz.com', tokenHome: 'https://api.moz.com' },
  semrush: { label: 'Semrush', needs: 'nothing', key: 'key', home: 'https://api.semrush.com' },
  seranking: { label: 'SE Ranking', needs: 'nothing', key: 'key', home: 'https://api.seranking.com' },
  openpagerank: { label: 'Open PageRank', needs: 'nothing', key: 'key', home: 'https://openpagerank.keywordseverywhere.com' },
  bing: { label: 'Bing Webmaster Tools', needs: 'nothing', key: 'key', home: 'https://ssl.bing.com' },
  none: { label: 'None', needs: 'nothing', key: 'none', home: null },
};

export const SOURCE_IDS = Object.keys(SOURCES) as readonly SourceId[];

/** True for the id of a source that a vendor runs. */
export function isVendor(id: SourceId): id is VendorId {
  return SOURCES[id].home !== null;
}
