/** Facts to describe: the smallest ones that type-check, changed where a test needs it. */

import type { Translate } from '../../../../client/src/figureWords.ts';
import { createWords } from '../../../../client/src/words.ts';
import type { Backlink, Known, Summary, Target } from '../../../../shared/backlinks.ts';
import type { LinkFacts } from '../../../../shared/protocol.ts';
import type { ReportTarget } from '../../../../shared/report.ts';

/** Fills placeholders like the editor does, in English. */
export const english: Translate = (message, ...args) => message.replace(/\{(\d+)\}/g, (_whole, index: string) => String(args[Number(index)]));
export const words = createWords(english, 'en');

export const NOW = Date.UTC(2026, 10, 23, 12);

export function target(name: string, kind: Target['kind'] = 'page'): Target {
  return { kind, name, id: `${kind}:${name}` };
}

export function summary(changes: Partial<Summary> = {}): Summary {
  return {
    target: target('https://site.test/a'),
    backlinks: null,
    unit: 'links',
    internalBacklinks: null,
    referringPages: null,
    referringHosts: null,
    referringDomains: null,
    followed: null,
    forms: null,
    strength: null,
    topAnchors: null,
    redirectsTo: null,
    strongest: null,
    asOf: null,
    ...changes,
  };
}

export function fresh(changes: Partial<Summary> = {}): Known<Summary> {
  return { state: 'fresh', value: summary(changes), at: NOW };
}

export const strength = (value: number) => ({ basis: 'index', value, population: 1_204_331 }) as const;

export function link(changes: Partial<LinkFacts> = {}): LinkFacts {
  return {
    range: { start: { line: 3, character: 0 }, end: { line: 3, character: 10 } },
    url: 'https://site.test/a',
    text: 'a',
    count: 1,
    places: [{ start: { line: 3, character: 0 }, end: { line: 3, character: 10 } }],
    targets: { page: target('https://site.test/a'), domain: target('site.test', 'domain') },
    page: fresh(),
    domain: fresh(),
    local: null,
    findings: 0,
    ...changes,
  };
}

export function backlink(changes: Partial<Backlink> = {}): Backlink {
  return {
    sourceUrl: 'https://blog.test/moved',
    title: 'How we moved',
    anchorText: 'deployment guide',
    externalLinks: 4,
    internalLinks: 8,
    totalLinks: 12,
    strength: strength(7.94),
    position: 3,
    targetUrl: 'https://site.test/a',
    tag: 'a',
    nofollow: false,
    rel: [],
    ip: null,
    countryCode: null,
    country: null,
    city: null,
    firstSeen: null,
    lastSeen: null,
    lost: null,
    ...changes,
  };
}

export function reportTarget(name: string, pageFacts: Known<Summary>, changes: Partial<ReportTarget> = {}): ReportTarget {
  return {
    page: target(name),
    domain: target(URL.parse(name)?.hostname ?? name, 'domain'),
    pageFacts,
    domainFacts: { state: 'unknown' },
    uses: [],
    ...changes,
  };
}
