/** The numbers above the table: what is linked to, how strong it is, and how much is not known. Pure. */
import { lastKnown, type Strength, type Summary } from '../../../../shared/backlinks.ts';
import type { Report } from '../../../../shared/report.ts';

export interface Figures {
  readonly links: number;
  readonly targets: number;
  readonly domains: number;
  /** Median page strength among the known ones; null when none is known. */
  readonly median: Strength | null;
  /** Followed among the followable backlinks of all targets; null where no source gives it. */
  readonly followed: { readonly links: number; readonly of: number } | null;
  /** Targets of which nothing was ever learned. */
  readonly unknown: number;
}

export interface Histogram {
  /** Ten equal classes from 0 to the end of the scale; how many targets fall into each. */
  readonly classes: readonly number[];
  /** One of the counted values: its basis and scale hold for all. */
  readonly sample: Strength;
  readonly scale: number;
}

export function figures(report: Report): Figures {
  const summaries = pageSummaries(report);
  const strengths = comparable(summaries).sort((a, b) => a.value - b.value);
  const followed = summaries.flatMap((summary) => (summary.followed === null ? [] : [summary.followed]));
  return {
    links: report.links,
    targets: report.targets.length,
    domains: new Set(report.targets.map((target) => target.domain.id)).size,
    // The lower of the two middle ones: a strength that a page really has.
    median: strengths[Math.floor((strengths.length - 1) / 2)] ?? null,
    followed:
      followed.length === 0
        ? null
        : { links: followed.reduce((sum, part) => sum + part.links, 0), of: followed.reduce((sum, part) => sum + part.of, 0) },
    unknown: report.targets.length - summaries.length,
  };
}

/** How the strengths spread; null when none is known. */
export function histogram(report: Report): Histogram | null {
  const strengths = comparable(pageSummaries(report));
  const sample = strengths[0];
  if (sample === undefined) return null;
  const scale = sample.basis === 'vendor' ? sample.scale : 10;
  const classes = Array.from({ length: 10 }, () => 0);
  for (const { value } of strengths) {
    const at = Math.min(9, Math.max(0, Math.floor((value / scale) * 10)));
    classes[at] = (classes[at] ?? 0) + 1;
  }
  return { classes, sample, scale };
}

/** The domains with most links to them, most first; equal ones in the order of the report. */
export function topDomains(report: Report, most: number): { readonly name: string; readonly links: number }[] {
  const domains = new Map<string, { name: string; links: number }>();
  for (const { domain, uses } of report.targets) {
    const seen = domains.get(domain.id) ?? { name: domain.name, links: 0 };
    domains.set(domain.id, { ...seen, links: seen.links + uses.length });
  }
  return [...domains.values()].sort((a, b) => b.links - a.links).slice(0, most);
}

function pageSummaries(report: Report): Summary[] {
  return report.targets.flatMap((target) => lastKnown(target.pageFacts)?.value ?? []);
}

/** Strengths of one basis and scale: the first one met decides, others are never mixed in. */
function comparable(summaries: readonly Summary[]): Strength[] {
  const strengths = summaries.flatMap((summary) => summary.strength ?? []);
  const first = strengths[0];
  return first === undefined ? [] : strengths.filter((strength) => yardstick(strength) === yardstick(first));
}

function yardstick(strength: Strength): string {
  return strength.basis === 'vendor' ? `vendor ${strength.name} ${strength.scale}` : strength.basis;
}
