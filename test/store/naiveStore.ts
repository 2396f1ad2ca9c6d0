/**
 * The meanings of semantics.md written down as plainly as can be, over a list of captures: what every store must answer. Slow on purpose:
 * filters, sorts and counts anew for each question, and ranks with a dense matrix.
 */

import type { Capture as AnyCapture, CrawledLink } from '../../server/src/linkIndex/store.ts';
import { registrableDomain } from '../../server/src/urls/domains.ts';
import { pageKey } from '../../server/src/urls/keys.ts';
import type { Backlink, InternalFilter, LinkTag, Summary, Target } from '../../shared/backlinks.ts';
import { denseRank, denseStrength } from '../unit/linkIndex/denseRank.ts';

type Capture = Extract<AnyCapture, { kind: 'page' | 'redirect' }>;

interface NaiveRow {
  readonly row: Backlink;
  readonly sourceKey: string;
  readonly targetKey: string;
  readonly internal: boolean;
}

export class NaiveStore {
  readonly #winners = new Map<string, Capture>();
  /** Captures of each page that followed each other in time; of equally old ones the last. */
  readonly #timelines = new Map<string, Capture[]>();
  readonly #known: string[];
  readonly #strength = new Map<string, number>();
  readonly #domainStrength = new Map<string, number>();
  readonly #rows: NaiveRow[];

  constructor(captures: Iterable<AnyCapture>) {
    for (const capture of captures) if (capture.kind === 'page' || capture.kind === 'redirect') this.#take(capture);
    this.#known = this.#knownKeys();
    this.#rank();
    this.#rows = [...this.#winners.values()].flatMap((capture) => this.#rowsOf(capture)).sort(order);
  }

  rows(target: Target, internal: InternalFilter): Backlink[] {
    return this.#matching(target)
      .filter((entry) => internal === 'include' || entry.internal === (internal === 'only'))
      .map(({ row }) => row);
  }

  strength(target: Target): number | null {
    if (target.kind === 'page') return this.#strength.get(nameOf(target)) ?? null;
    return target.kind === 'domain' ? (this.#domainStrength.get(nameOf(target)) ?? null) : null;
  }

  summary(target: Target): Pick<
    Summary,
    'backlinks' | 'internalBacklinks' | 'referringPages' | 'referringHosts' | 'referringDomains' | 'followed'
  > & {
    forms: Summary['forms'];
    anchors: Map<string, number>;
    strongest: { row: Backlink; more: number }[];
    redirectsTo: string | null;
  } {
    const all = this.#matching(target);
    const external = all.filter((entry) => !entry.internal);
    const followable = external.filter(({ row }) => row.tag === 'a' || row.tag === 'aimg' || row.tag === 'area');
    const byDomain = Map.groupBy(external, ({ sourceKey }) => domainOf(sourceKey));
    return {
      backlinks: external.length,
      internalBacklinks: all.length - external.length,
      referringPages: new Set(external.map(({ sourceKey }) => sourceKey)).size,
      referringHosts: new Set(external.map(({ sourceKey }) => hostOf(sourceKey))).size,
      referringDomains: byDomain.size,
      followed: { links: followable.filter(({ row }) => row.nofollow === false).length, of: followable.length },
      forms: target.kind === 'page' ? countedForms(external) : null,
      anchors: counted(external.map(({ row }) => row.anchorText ?? '')),
      strongest: [...byDomain.values()].map((entries) => ({ row: (entries[0] as NaiveRow).row, more: entries.length - 1 })),
      redirectsTo: this.#redirectOf(target),
    };
  }

  get known(): number {
    return this.#known.length;
  }

  #take(capture: Capture): void {
    const key = keyOf(capture);
    if (key === null || (capture.kind === 'redirect' && pageKey(capture.redirect.target) === key)) return;
    if (capture.kind === 'redirect' && pageKey(capture.redirect.target) === null) return;
    const held = this.#winners.get(key);
    if (held !== undefined && timeOf(capture) < timeOf(held)) return;
    this.#winners.set(key, capture);
    const timeline = this.#timelines.get(key) ?? [];
    this.#timelines.set(key, [...timeline.filter((one) => timeOf(one) < timeOf(capture)), capture]);
  }

  #knownKeys(): string[] {
    const keys = new Set(this.#winners.keys());
    for (const capture of this.#winners.values()) for (const url of targetsOf(capture)) keys.add(pageKey(url) ?? '');
    for (const timeline of this.#timelines.values()) for (const url of lostTargets(timeline)) keys.add(pageKey(url) ?? '');
    return [...keys];
  }

  #rank(): void {
    const number = new Map(this.#known.map((key, at) => [key, at]));
    const edges = [...this.#winners].flatMap(([key, capture]) => passing(capture).map((url) => [key, pageKey(url) ?? ''] as const));
    const pageEdges = edges.map(([from, to]) => [number.get(from) ?? -1, number.get(to) ?? -1] as const);
    for (const [at, value] of denseStrength(denseRank(this.#known.length, pageEdges)).entries()) this.#strength.set(this.#known[at] ?? '', value);
    const domains = [...new Set(this.#known.map(domainOf))];
    const domainEdges = edges.map(([from, to]) => [domains.indexOf(domainOf(from)), domains.indexOf(domainOf(to))] as const);
    for (const [at, value] of denseStrength(denseRank(domains.length, domainEdges)).entries()) this.#domainStrength.set(domains[at] ?? '', value);
  }

  #rowsOf(capture: Capture): NaiveRow[] {
    if (capture.kind === 'page') return capture.page.links.map((link) => this.#row(capture, link));
    const { target, status } = capture.redirect;
    const redirect = this.#row(capture, { url: target, text: `[redirect ${status}]`, tag: 'redirect', position: null, nofollow: false, rel: [] });
    return redirect.internal ? [] : [redirect];
  }

  #row(capture: Capture, link: CrawledLink): NaiveRow {
    const sourceKey = keyOf(capture) ?? '';
    const targetKey = pageKey(link.url) ?? '';
    const counts =
      capture.kind === 'page' ? linkCounts(sourceKey, capture.page.links) : { externalLinks: null, internalLinks: null, totalLinks: null };
    const { url, capturedAt, ip } = capture.kind === 'page' ? capture.page : capture.redirect;
    const day = capturedAt === null ? null : new Date(capturedAt).toISOString().slice(0, 10);
    const row: Backlink = {
      sourceUrl: url,
      title: capture.kind === 'page' ? capture.page.title : null,
      anchorText: link.text,
      ...counts,
      strength: { basis: 'index', value: this.#strength.get(sourceKey) ?? -1, population: this.#known.length },
      position: link.position,
      targetUrl: link.url,
      tag: link.tag,
      nofollow: link.nofollow,
      rel: link.rel,
      ip,
      countryCode: null,
      country: null,
      city: null,
      firstSeen: day,
      lastSeen: day,
      lost: null,
    };
    return { row, sourceKey, targetKey, internal: domainOf(sourceKey) === domainOf(targetKey) };
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

  #redirectOf(target: Target): string | null {
    const capture = target.kind === 'page' ? this.#winners.get(nameOf(target)) : undefined;
    return capture?.kind === 'redirect' ? capture.redirect.target : null;
  }
}

const PASSING: readonly LinkTag[] = ['a', 'aimg', 'area'];

/** URLs a capture passes strength to. */
function passing(capture: Capture): string[] {
  if (capture.kind === 'redirect') return [capture.redirect.target];
  return capture.page.links.filter(({ nofollow, tag }) => !nofollow && PASSING.includes(tag)).map(({ url }) => url);
}

function targetsOf(capture: Capture): string[] {
  return capture.kind === 'redirect' ? [capture.redirect.target] : capture.page.links.map(({ url }) => url);
}

/** Targets of links that an earlier capture had and the latest has not: the index knows them still. */
function lostTargets(timeline: readonly Capture[]): string[] {
  const [latest, ...earlier] = timeline.toReversed();
  const standing = new Set(latest === undefined ? [] : rowLinks(latest));
  return earlier.flatMap(rowLinks).filter((url) => !standing.has(url));
}

/** Targets of a capture's rows. */
function rowLinks(capture: Capture): string[] {
  if (capture.kind === 'page') return targetsOf(capture);
  const isInternal = domainOf(pageKey(capture.redirect.target) ?? '') === domainOf(keyOf(capture) ?? '');
  return isInternal ? [] : targetsOf(capture);
}

function linkCounts(sourceKey: string, links: readonly CrawledLink[]): { externalLinks: number; internalLinks: number; totalLinks: number } {
  const externalLinks = links.filter(({ url }) => domainOf(pageKey(url) ?? '') !== domainOf(sourceKey)).length;
  return { externalLinks, internalLinks: links.length - externalLinks, totalLinks: links.length };
}

function countedForms(entries: readonly NaiveRow[]): { url: string; backlinks: number }[] {
  const forms = counted(entries.map(({ row }) => row.targetUrl.replace(/#(?!!).*$/, '')));
  return Array.from(forms, ([url, backlinks]) => ({ url, backlinks })).sort((a, b) => b.backlinks - a.backlinks || (a.url < b.url ? -1 : 1));
}

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function order(a: NaiveRow, b: NaiveRow): number {
  return (
    (b.row.strength?.value ?? 0) - (a.row.strength?.value ?? 0) ||
    (a.sourceKey < b.sourceKey ? -1 : a.sourceKey > b.sourceKey ? 1 : 0) ||
    (a.row.position ?? 0) - (b.row.position ?? 0)
  );
}

function keyOf(capture: Capture): string | null {
  return pageKey(capture.kind === 'page' ? capture.page.url : capture.redirect.url);
}

function timeOf(capture: Capture): number {
  return (capture.kind === 'page' ? capture.page.capturedAt : capture.redirect.capturedAt) ?? Number.NEGATIVE_INFINITY;
}

function hostOf(key: string): string {
  return key.slice(0, key.indexOf('/')).replace(/:\d+$/, '');
}

function domainOf(key: string): string {
  return registrableDomain(hostOf(key));
}

function nameOf(target: Target): string {
  return target.id.slice(target.kind.length + 1);
}
