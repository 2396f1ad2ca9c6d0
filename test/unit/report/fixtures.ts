/** Small builders for report tests. */

import { createReport, type ReportParts, type TargetUse } from '../../../server/src/report/model.ts';
import { domainTarget, pageTarget } from '../../../server/src/urls/targets.ts';
import type { Known, Strength, Summary, Target } from '../../../shared/backlinks.ts';

export function targetsOf(url: string): { page: Target; domain: Target } {
  const [page, domain] = [pageTarget(url), domainTarget(url)];
  if (page === null || domain === null) throw new Error(`no target: ${url}`);
  return { page, domain };
}

export function use(url: string, file: string, line: number): TargetUse {
  return { ...targetsOf(url), use: { file, uri: `file:///${file}`, line, character: 0, text: 'text' } };
}

export function summary(target: Target, backlinks: number, strength: number | Strength | null, referringDomains = 1): Summary {
  return {
    target,
    backlinks,
    unit: 'links',
    internalBacklinks: 0,
    referringPages: null,
    referringHosts: null,
    referringDomains: backlinks === 0 ? 0 : referringDomains,
    followed: null,
    forms: null,
    strength: typeof strength === 'number' ? { basis: 'index', value: strength, population: 100 } : strength,
    topAnchors: null,
    redirectsTo: null,
    strongest: null,
    asOf: null,
  };
}

export function report(known: Readonly<Record<string, Known<Summary>>>, parts: Partial<ReportParts> = {}) {
  return createReport({
    title: 'docs',
    createdAt: new Date('2026-11-23T00:00:00Z'),
    source: 'embedded index of 1,204,331 pages',
    files: 2,
    links: 3,
    uses: [],
    factsOf: (target) => known[target.id] ?? { state: 'unknown' },
    findings: [],
    problems: [],
    ...parts,
  });
}
