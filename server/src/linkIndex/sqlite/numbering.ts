/** Final numbers of pages, hosts and domains: pages in key order, hosts by domain and name, domains by name. */
import { bump, sharedUints } from './build/grow.ts';
import { PAUSE_EVERY, type Pause } from './build/pause.ts';
import type { KnownUrls } from './knownUrls.ts';

export interface Numbering {
  /** Known URL by its place in page-key order: the page id less one. */
  readonly order: Uint32Array;
  /** Page id of each known URL; 0 for an unused one. */
  readonly pageOf: Uint32Array;
  /** Host id of each page, by page id less one. */
  readonly hostOf: Uint32Array;
  /** Domain id of each host, by host id less one. */
  readonly domainOf: Uint32Array;
  readonly hosts: readonly HostName[];
  readonly hostIds: ReadonlyMap<string, number>;
  readonly domains: readonly string[];
}

export interface HostName {
  readonly name: string;
  readonly domain: string;
}

/**
 * Numbers what the index will know, from 1. Keys are ASCII, so code unit order is the byte order every store sorts by.
 *
 * @param used tells the URLs that a capture which counts is or names
 */
export async function numberAll(urls: KnownUrls, used: Uint8Array, pause: Pause): Promise<Numbering> {
  const order = await inKeyOrder(urls, used, pause);
  const pageOf = new Uint32Array(urls.keys.length);
  const met = new Uint8Array(urls.authorities.length);
  for (let place = 0; place < order.length; place++) {
    const url = order[place] as number;
    pageOf[url] = place + 1;
    met[urls.authorityOf(url)] = 1;
  }
  const hosts = allHosts(new Set(urls.authorities.flatMap((_, authority) => (met[authority] === 1 ? urls.hostOfAuthority(authority) : []))));
  const domains = [...new Set(hosts.map(({ domain }) => domain))];
  const hostIds = ids(hosts.map(({ name }) => name));
  const domainIds = ids(domains);
  const idOfHost = Uint32Array.from(urls.authorities, (_, authority) => hostIds.get(urls.hostOfAuthority(authority).name) ?? 0);
  return {
    order,
    pageOf,
    hostOf: sharedFrom(order, (url) => idOfHost[urls.authorityOf(url)] as number),
    domainOf: sharedFrom(hosts, ({ domain }) => domainIds.get(domain) ?? 0),
    hosts,
    hostIds,
    domains,
  };
}

function sharedFrom<T>(items: ArrayLike<T>, numberOf: (item: T) => number): Uint32Array {
  const numbers = sharedUints(items.length);
  for (let at = 0; at < numbers.length; at++) numbers[at] = numberOf(items[at] as T);
  return numbers;
}

/** Sorted by what stands before the path first, which is the order of whole keys: none of these with its slash begins another. */
async function inKeyOrder(urls: KnownUrls, used: Uint8Array, pause: Pause): Promise<Uint32Array> {
  const { keys, authorities } = urls;
  const ranks = new Uint32Array(authorities.length);
  const sorted = authorities.map((text, at) => ({ text: `${text}/`, at })).sort((a, b) => compare(a.text, b.text));
  for (const [rank, { at }] of sorted.entries()) ranks[at] = rank;
  const starts = new Uint32Array(authorities.length + 1);
  for (let url = 0; url < used.length; url++) {
    if (used[url] === 1) bump(starts, (ranks[urls.authorityOf(url)] as number) + 1);
  }
  for (let rank = 0; rank < authorities.length; rank++) starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
  const order = new Uint32Array(starts[authorities.length] as number);
  const free = starts.slice();
  for (let url = 0; url < used.length; url++) {
    if (used[url] === 1) order[bump(free, ranks[urls.authorityOf(url)] as number)] = url;
  }
  let sortedKeys = 0;
  for (let rank = 0; rank < authorities.length; rank++) {
    const before = sortedKeys;
    sortedKeys = starts[rank + 1] as number;
    if (Math.floor(before / PAUSE_EVERY) < Math.floor(sortedKeys / PAUSE_EVERY)) await pause();
    // No two are equal.
    if (sortedKeys - before > 1) order.subarray(before, sortedKeys).sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : 1));
  }
  return order;
}

/** Hosts met and the hosts between them and their domains: `a.b.example.com` makes `b.example.com` one that can be asked for. */
function allHosts(met: Iterable<HostName>): HostName[] {
  const all = new Map<string, HostName>();
  for (const host of met) {
    all.set(host.name, host);
    for (const name of hostsAbove(host)) if (!all.has(name)) all.set(name, { name, domain: host.domain });
  }
  return [...all.values()].sort((a, b) => compare(a.domain, b.domain) || compare(a.name, b.name));
}

/** The hosts above a host, nearest first, without its domain. */
export function hostsAbove({ name, domain }: HostName): string[] {
  const above: string[] = [];
  let rest = name;
  while (rest.length > domain.length && rest.endsWith(`.${domain}`)) {
    if (rest !== name) above.push(rest);
    rest = rest.slice(rest.indexOf('.') + 1);
  }
  return above;
}

function ids(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, at) => [name, at + 1]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
