/** Final numbers of pages, hosts and domains: pages in key order, hosts by domain and name, domains by name. */
import type { Host, KnownUrls } from './knownUrls.ts';

export interface Numbering {
  /** Known URL by its place in page-key order: the page id less one. */
  readonly order: Uint32Array;
  /** Page id of each known URL; 0 for an unused one. */
  readonly pageOf: Uint32Array;
  readonly hosts: readonly Host[];
  readonly hostIds: ReadonlyMap<string, number>;
  readonly domains: readonly string[];
  readonly domainIds: ReadonlyMap<string, number>;
}

/**
 * Numbers what the index will know, from 1. Keys are ASCII, so code unit order is the byte order every store sorts by.
 *
 * @param used tells the URLs that a winning capture is or names; null when all are
 */
export function numberAll(urls: KnownUrls, used: Uint8Array | null): Numbering {
  const { keys } = urls;
  const order = Uint32Array.from(keys.keys()).filter((number) => used === null || used[number] === 1);
  order.sort((a, b) => compare(keys[a] ?? '', keys[b] ?? ''));
  const pageOf = new Uint32Array(keys.length);
  for (const [place, number] of order.entries()) pageOf[number] = place + 1;
  const hosts = allHosts(Array.from(order, (number) => urls.hostOf[number] as Host));
  const domains = [...new Set(hosts.map(({ domain }) => domain))];
  return { order, pageOf, hosts, hostIds: ids(hosts.map(({ name }) => name)), domains, domainIds: ids(domains) };
}

/** Hosts met and the hosts between them and their domains: `a.b.example.com` makes `b.example.com` one that can be asked for. */
function allHosts(met: readonly Host[]): Host[] {
  const all = new Map<string, Host>();
  for (const host of new Set(met)) {
    all.set(host.name, host);
    for (const name of hostsAbove(host)) if (!all.has(name)) all.set(name, { name, domain: host.domain });
  }
  return [...all.values()].sort((a, b) => compare(a.domain, b.domain) || compare(a.name, b.name));
}

/** The hosts above a host, nearest first, without its domain. */
export function hostsAbove({ name, domain }: Host): string[] {
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
