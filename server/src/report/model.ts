/** Documents, facts and findings to one report: which targets there are, where each is used, in an order worth reading. */
import { type Known, lastKnown, type Summary, type Target } from '../../../shared/backlinks.ts';
import type { LinkUse, Report, ReportFinding, ReportProblem, ReportTarget } from '../../../shared/report.ts';

/** One use of a target in a document. */
export interface TargetUse {
  readonly page: Target;
  readonly domain: Target;
  readonly use: LinkUse;
}

export interface ReportParts {
  readonly title: string;
  readonly createdAt: Date;
  /** Source and age in one sentence. */
  readonly source: string;
  readonly files: number;
  /** All links found, whether or not they have a target. */
  readonly links: number;
  readonly uses: readonly TargetUse[];
  /** Targets that are reported without standing in a document: a typed URL or domain. */
  readonly targets?: readonly { readonly page: Target; readonly domain: Target }[];
  readonly factsOf: (target: Target) => Known<Summary>;
  readonly findings: readonly ReportFinding[];
  readonly problems: readonly ReportProblem[];
}

/** Builds the report; pure, so that the same input always reads the same. */
export function createReport(parts: ReportParts): Report {
  return {
    title: parts.title,
    createdAt: parts.createdAt.toISOString(),
    source: parts.source,
    files: parts.files,
    links: parts.links,
    targets: [...groupByTarget(parts)].sort(byInterest),
    findings: parts.findings,
    problems: parts.problems,
  };
}

function* groupByTarget({ uses, targets = [], factsOf }: ReportParts): Iterable<ReportTarget> {
  const groups = new Map<string, { page: Target; domain: Target; uses: LinkUse[] }>();
  for (const { page, domain } of targets) groups.set(page.id, { page, domain, uses: [] });
  for (const { page, domain, use } of uses) {
    const group = groups.get(page.id);
    if (group === undefined) groups.set(page.id, { page, domain, uses: [use] });
    else group.uses.push(use);
  }
  for (const group of groups.values()) {
    yield { ...group, pageFacts: factsOf(group.page), domainFacts: factsOf(group.domain) };
  }
}

/** Strongest first, then most linked, then what has none, then what is not known; of pages without a strength those of strong domains come first. */
function byInterest(a: ReportTarget, b: ReportTarget): number {
  const [left, right] = [rank(a), rank(b)];
  for (let index = 0; index < left.length; index++) {
    const difference = (right[index] ?? 0) - (left[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.page.name < b.page.name ? -1 : a.page.name > b.page.name ? 1 : 0;
}

function rank(target: ReportTarget): readonly number[] {
  const summary = lastKnown(target.pageFacts)?.value;
  const site = lastKnown(target.domainFacts)?.value.strength?.value ?? -1;
  if (summary === undefined) return [-2, -1, site];
  return [summary.strength?.value ?? -1, summary.backlinks ?? -1, site];
}
