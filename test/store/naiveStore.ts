/**
 * The meanings of semantics.md written down as plainly as can be, over a list of captures: what every store must answer. Slow on purpose:
 * filters, sorts and counts anew for each question, and ranks with a dense matrix.
 */

import type { Capture, IntersectionQuery, RowQuery } from '../../server/src/linkIndex/store.ts';
import { pageKey } from '../../server/src/urls/keys.ts';
import { type Backlink, FOLLOWABLE_TAGS, type Strength, type Summary, type Target } from '../../shared/backlinks.ts';
import type {
  AnchorCount,
  CommonDomain,
  DayOfChanges,
  EduGovLinks,
  FollowedShare,
  LinkedPage,
  ReferringDomain,
  ReferringNetworks,
} from '../../shared/queries.ts';
import { denseRank, denseStrength } from '../unit/linkIndex/denseRank.ts';
import { domainOf, hostOf, type NaiveLink, type NaivePage, naivePages } from './naivePages.ts';

export interface NaiveRow {
  readonly row: Backlink;
  readonly sourceKey: string;
  readonly targetKey: string;
  readonly internal: boolean;
  /** In the index, whatever a list says. */
  readonly strength: number;
  readonly newSince: number | null;
  readonly more: number;
}

export class NaiveStore {
  readonly #pages: Map<string, NaivePage>;
  readonly #known: string[];
  readonly #strength = new Map<string, number>();
  readonly #domainStrength = new Map<string, number>();
  readonly #domains: string[];
  readonly #rows: NaiveRow[];

  /** @param before what it was before the latest captures were added, with the strengths of then; null where strength is computed now */
  constructor(captures: Iterable<Capture>, before: NaiveStore | null = null) {
    this.#pages = naivePages(captures);
    this.#known = this.#knownKeys();
    this.#domains = [...new Set(this.#known.map(domainOf))];
    if (before === null) this.#rank();
    else this.#takeStrength(before);
    this.#rows = [...this.#pages.values()].flatMap((page) => page.links.map((link) => this.#row(page, link))).sort(order);
  }

  rows({ target, internal, filter = {}, sort }: Omit<RowQuery, 'limit' | 'offset'>): NaiveRow[] {
    const { status = 'live', since, onePerDomain } = filter;
    const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
    const byStatus: Record<typeof status, (entry: NaiveRow) => boolean> = {
      live: ({ row }) => row.lost === null,
      new: ({ row, newSince }) => row.lost === null && newSince !== null && newSince * 1000 >= from,
      lost: ({ row }) => row.lost !== null && Date.parse(row.lost.on) >= from,
      all: ({ row }) => row.lost === null || Date.parse(row.lost.on) >= from,
    };
    const rows = this.#matching(target)
      .filter((entry) => internal === 'include' || entry.internal === (internal === 'only'))
      .filter((entry) => byStatus[status](entry) && passes(entry.row, filter));
    if (sort === 'date') rows.sort((a, b) => (b.row.firstSeen ?? '').localeCompare(a.row.firstSeen ?? ''));
    if (onePerDomain !== true) return rows;
    return [...Map.groupBy(rows, ({ sourceKey }) => domainOf(sourceKey)).values()].map((same) => ({
      ...(same[0] as NaiveRow),
      more: same.length - 1,
    }));
  }

  strength(target: Target): number | null {
    if (target.kind === 'page') return this.#strength.get(nameOf(target)) ?? null;
    return target.kind === 'domain' ? (this.#domainStrength.get(nameOf(target)) ?? null) : null;
  }

  summary(target: Target): Pick<
    Summary,
    'backlinks' | 'internalBacklinks' | 'referringPages' | 'referringHosts' | 'referringDomains' | 'followed' | 'viaRedirect'
  > & {
    forms: Summary['forms'];
    anchors: Map<string | null, number>;
    strongest: { row: Backlink; more: number }[];
    redirectsTo: string | null;
  } {
    const external = this.#live(target);
    return {
      backlinks: external.length,
      internalBacklinks: this.rows({ target, internal: 'only' }).length,
      referringPages: new Set(external.map(({ sourceKey }) => sourceKey)).size,
      referringHosts: new Set(external.map(({ sourceKey }) => hostOf(sourceKey))).size,
      referringDomains: domainsOf(external),
      followed: followedShare(external),
      forms: target.kind === 'page' ? countedForms(external) : null,
      viaRedirect: target.kind === 'page' && this.#known.includes(nameOf(target)) ? this.#viaRedirect(nameOf(target)) : null,
      anchors: counted(external.map(({ row }) => row.anchorText)),
      strongest: this.rows({ target, internal: 'exclude', filter: { onePerDomain: true } }).map(({ row, more }) => ({ row, more })),
      redirectsTo: target.kind === 'page' ? (this.#pages.get(nameOf(target))?.redirect?.url ?? null) : null,
    };
  }

  /** @param since ISO day; null where nothing can be new as yet */
  changesOf(target: Target, since: string | null): Pick<Summary, 'newBacklinks' | 'lostBacklinks' | 'changesSince'> {
    const count = (status: 'new' | 'lost'): number | null =>
      since === null ? null : this.rows({ target, internal: 'exclude', filter: { status, since } }).length;
    return { newBacklinks: count('new'), lostBacklinks: count('lost'), changesSince: since };
  }

  /** True once some page was captured at two different times. */
  get recaptured(): boolean {
    return [...this.#pages.values()].some((page) => page.recaptured);
  }

  anchors(target: Target): AnchorCount[] {
    const groups = Map.groupBy(this.#live(target), ({ row }) => row.anchorText);
    const counts = Array.from(groups, ([text, rows]) => ({ text, ...countsOf(rows) }));
    return counts.sort((a, b) => b.backlinks - a.backlinks || Buffer.compare(Buffer.from(a.text ?? ''), Buffer.from(b.text ?? '')));
  }

  referringDomains(target: Target): ReferringDomain[] {
    const groups = Map.groupBy(this.#live(target), ({ sourceKey }) => domainOf(sourceKey));
    const domains = Array.from(groups, ([domain, rows]) => ({
      domain,
      strength: this.#domainOf(domain),
      backlinks: rows.length,
      followed: followedShare(rows),
      firstSeen: rows.map(({ row }) => row.firstSeen).reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null),
    }));
    return domains.sort((a, b) => b.strength.value - a.strength.value || b.backlinks - a.backlinks || (a.domain < b.domain ? -1 : 1));
  }

  linkedPages(target: Target): Omit<LinkedPage, 'url'>[] {
    const groups = Map.groupBy(this.#live(target), ({ targetKey }) => targetKey);
    const pages = Array.from(groups, ([key, rows]) => ({ key, ...countsOf(rows), ...this.#standing(key) }));
    return pages.sort((a, b) => b.backlinks - a.backlinks || (a.key < b.key ? -1 : 1)).map(({ key: _, ...page }) => page);
  }

  strengthSpread(target: Target): number[] {
    return Array.from({ length: 11 }, (_, at) => this.#live(target).filter(({ strength }) => Math.floor(strength) === at).length);
  }

  networks(target: Target): Omit<ReferringNetworks, 'generation'> {
    const ips = [...new Map(this.#live(target).map(({ sourceKey, row }) => [sourceKey, row.ip])).values()];
    const addresses = ips.filter((ip) => ip !== null);
    const nets = (bytes: number): number => new Set(addresses.map((ip) => ip.split('.').slice(0, bytes).join('.'))).size;
    const [pages, known] = [ips.length, addresses.length];
    if (pages > 0 && known === 0) return { addresses: null, netsC: null, netsB: null, pages, known };
    return { addresses: nets(4), netsC: nets(3), netsB: nets(2), pages, known };
  }

  eduGov(target: Target): Omit<EduGovLinks, 'generation'> {
    const rows = this.#live(target).filter(({ sourceKey }) => /\.(edu|gov)$/.test(domainOf(sourceKey)));
    return { backlinks: rows.length, referringDomains: domainsOf(rows) };
  }

  linksFrom(target: Target, domains: readonly string[]): number[] {
    return domains.map((domain) => this.#live(target).filter(({ sourceKey }) => domainOf(sourceKey) === domain).length);
  }

  changes(target: Target): DayOfChanges[] {
    const rows = this.#matching(target).filter(({ internal }) => !internal);
    const fresh = counted(rows.flatMap(({ newSince }) => (newSince === null ? [] : [dayOf(newSince)])));
    const lost = counted(rows.flatMap(({ row }) => (row.lost === null ? [] : [row.lost.on])));
    const days = [...new Set([...fresh.keys(), ...lost.keys()])].sort().reverse();
    return days.map((day) => ({ day, new: fresh.get(day) ?? 0, lost: lost.get(day) ?? 0 }));
  }

  intersection({ to, butNot }: Pick<IntersectionQuery, 'to' | 'butNot'>): CommonDomain[] {
    const linking = (target: Target): Map<string, number> => counted(this.#live(target).map(({ sourceKey }) => domainOf(sourceKey)));
    const wanted = to.map(linking);
    const unwanted = butNot.map(linking);
    const own = butNot.map((target) => domainOf(target.kind === 'page' || target.kind === 'folder' ? nameOf(target) : `${nameOf(target)}/`));
    const domains = this.#domains.filter(
      (domain) =>
        wanted.length > 0 && wanted.every((links) => links.has(domain)) && !unwanted.some((links) => links.has(domain)) && !own.includes(domain),
    );
    return domains
      .map((domain) => ({ domain, strength: this.#domainOf(domain), backlinks: wanted.map((links) => links.get(domain) ?? 0) }))
      .sort((a, b) => b.strength.value - a.strength.value || (a.domain < b.domain ? -1 : 1));
  }

  get known(): number {
    return this.#known.length;
  }

  #live(target: Target): NaiveRow[] {
    return this.rows({ target, internal: 'exclude' });
  }

  #knownKeys(): string[] {
    const keys = new Set(this.#pages.keys());
    for (const { links, redirect } of this.#pages.values()) {
      for (const { link } of links) keys.add(pageKey(link.url) ?? '');
      if (redirect !== null) keys.add(pageKey(redirect.url) ?? '');
    }
    return [...keys];
  }

  /** What was not known before has none yet. */
  #takeStrength(before: NaiveStore): void {
    for (const key of this.#known) this.#strength.set(key, before.#strength.get(key) ?? 0);
    for (const domain of this.#domains) this.#domainStrength.set(domain, before.#domainStrength.get(domain) ?? 0);
  }

  #rank(): void {
    const number = new Map(this.#known.map((key, at) => [key, at]));
    const edges = [...this.#pages.values()].flatMap(({ key, passes: to }) => to.map((url) => [key, pageKey(url) ?? ''] as const));
    const pageEdges = edges.map(([from, to]) => [number.get(from) ?? -1, number.get(to) ?? -1] as const);
    for (const [at, value] of denseStrength(denseRank(this.#known.length, pageEdges)).entries()) this.#strength.set(this.#known[at] ?? '', value);
    const domainEdges = edges.map(([from, to]) => [this.#domains.indexOf(domainOf(from)), this.#domains.indexOf(domainOf(to))] as const);
    for (const [at, value] of denseStrength(denseRank(this.#domains.length, domainEdges)).entries())
      this.#domainStrength.set(this.#domains[at] ?? '', value);
  }

  #row({ key, columns, isListed, score }: NaivePage, { link, firstSeen, lastSeen, lost, newSince }: NaiveLink): NaiveRow {
    const strength = this.#strength.get(key) ?? -1;
    const targetKey = pageKey(link.url) ?? '';
    const row: Backlink = {
      ...columns,
      anchorText: link.text,
      strength:
        score !== null
          ? { basis: 'vendor', value: score.value, name: score.name, scale: score.scale }
          : // Nothing is known of a page that no captured page links to.
            isListed && strength === 0
            ? null
            : { basis: 'index', value: strength, population: this.#known.length },
      position: link.position,
      targetUrl: link.url,
      tag: link.tag,
      nofollow: link.nofollow,
      rel: link.rel,
      countryCode: null,
      country: null,
      city: null,
      firstSeen,
      lastSeen,
      lost,
    };
    return { row, sourceKey: key, targetKey, internal: domainOf(key) === domainOf(targetKey), strength, newSince, more: 0 };
  }

  #matching(target: Target): NaiveRow[] {
    const name = nameOf(target);
    const matches: Record<Target['kind'], (key: string) => boolean> = {
      page: (key) => key === name,
      domain: (key) => domainOf(key) === name,
      host: (key) => hostOf(key) === name || hostOf(key).endsWith(`.${name}`),
      folder: (key) => key.startsWith(name),
    };
    return this.#rows.filter(({ targetKey }) => matches[target.kind](targetKey));
  }

  #standing(key: string): Pick<LinkedPage, 'strength' | 'status'> {
    const page = this.#pages.get(key);
    const strength: Strength = { basis: 'index', value: this.#strength.get(key) ?? -1, population: this.#known.length };
    return { strength, status: page?.gone ?? page?.redirect?.status ?? null };
  }

  #domainOf(domain: string): Strength {
    return { basis: 'index', value: this.#domainStrength.get(domain) ?? -1, population: this.#domains.length };
  }

  /** Pages whose redirects end at the page, or pass it, with the links each has. */
  #viaRedirect(key: string): { url: string; backlinks: number }[] {
    const via = [...this.#pages.values()].filter((page) => {
      let at: NaivePage | undefined = page;
      for (let step = 0; step < 10 && at !== undefined && at.redirect !== null; step++) {
        const next: string = pageKey(at.redirect.url) ?? '';
        if (next === key) return page.key !== key;
        at = this.#pages.get(next);
      }
      return false;
    });
    const links = via.map((page) => ({
      key: page.key,
      url: page.columns.sourceUrl,
      backlinks: this.#rows.filter(({ targetKey, internal, row }) => targetKey === page.key && !internal && row.lost === null).length,
    }));
    const linked = links.filter(({ backlinks }) => backlinks > 0).sort((a, b) => b.backlinks - a.backlinks || (a.key < b.key ? -1 : 1));
    return linked.map(({ url, backlinks }) => ({ url, backlinks }));
  }
}

function passes(row: Backlink, { followed, tag, country, anchor }: NonNullable<RowQuery['filter']>): boolean {
  if (followed !== undefined && !(isFollowable(row) && row.nofollow === !followed)) return false;
  if (tag !== undefined && row.tag !== tag) return false;
  if (country !== undefined && row.countryCode !== country.toUpperCase()) return false;
  return anchor === undefined || (row.anchorText !== null && casing(row.anchorText).includes(casing(anchor)));
}

function casing(text: string): string {
  return text.toLowerCase().toUpperCase();
}

function isFollowable({ tag, nofollow }: Backlink): boolean {
  return tag !== null && nofollow !== null && FOLLOWABLE_TAGS.includes(tag);
}

function followedShare(entries: readonly NaiveRow[]): FollowedShare {
  const followable = entries.filter(({ row }) => isFollowable(row));
  return { links: followable.filter(({ row }) => row.nofollow === false).length, of: followable.length };
}

function countsOf(rows: readonly NaiveRow[]): Pick<AnchorCount, 'backlinks' | 'referringDomains' | 'followed'> {
  return { backlinks: rows.length, referringDomains: domainsOf(rows), followed: followedShare(rows) };
}

function domainsOf(rows: readonly NaiveRow[]): number {
  return new Set(rows.map(({ sourceKey }) => domainOf(sourceKey))).size;
}

function countedForms(entries: readonly NaiveRow[]): { url: string; backlinks: number }[] {
  const forms = counted(entries.map(({ row }) => row.targetUrl.replace(/#(?!!).*$/, '')));
  return Array.from(forms, ([url, backlinks]) => ({ url, backlinks })).sort((a, b) => b.backlinks - a.backlinks || (a.url < b.url ? -1 : 1));
}

function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function dayOf(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 10);
}

function order(a: NaiveRow, b: NaiveRow): number {
  return (
    b.strength - a.strength || (a.sourceKey < b.sourceKey ? -1 : a.sourceKey > b.sourceKey ? 1 : 0) || (a.row.position ?? 0) - (b.row.position ?? 0)
  );
}

function nameOf(target: Target): string {
  return target.id.slice(target.kind.length + 1);
}
