/** The words a report uses for what is and is not known; every renderer says the same. */
import { type Known, lastKnown, type SkipReason, type Strength, type Summary } from '../../../shared/backlinks.ts';
import type { Report, ReportTarget } from '../../../shared/report.ts';
import { withoutScheme } from '../urls/resolve.ts';

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  private: 'private',
  reserved: 'reserved',
  ignored: 'ignored',
  budget: 'budget used up',
  manual: 'on demand',
  kind: 'not offered',
  'no-source': 'no source',
};

/** One word for a state without a value; null when there is a value to show. */
function stateWord(known: Known<Summary>): string | null {
  if (lastKnown(known) !== null) return null;
  switch (known.state) {
    case 'pending':
      return 'looking up';
    case 'failed':
      return known.reason === 'unavailable' ? 'failed' : known.reason;
    case 'skipped':
      return SKIPPED[known.reason];
    case 'fresh':
    case 'stale':
    case 'unknown':
      return 'not asked';
  }
}

/** The word for a target: that of its domain, too, where the source knows domains only and failed even there. */
function targetWord({ pageFacts, domainFacts }: ReportTarget): string | null {
  const ofPage = stateWord(pageFacts);
  const domainsOnly = pageFacts.state === 'skipped' && pageFacts.reason === 'kind';
  return ofPage !== null && domainsOnly && domainFacts.state === 'failed' ? (stateWord(domainFacts) ?? ofPage) : ofPage;
}

/** What a table says of a target: a number, none, or `?` for what nobody knows. */
export interface Figures {
  readonly strength: string;
  /** Strength of the whole domain. */
  readonly site: string;
  readonly backlinks: string;
  readonly domains: string;
  readonly internal: string;
}

/**
 * The figures of a target as text.
 *
 * @param none the words for no backlinks at all
 * @param safe makes the name of a vendor's score fit to be shown
 */
export function figuresOf(target: ReportTarget, number: Intl.NumberFormat, none: string, safe: (text: string) => string): Figures {
  const { pageFacts, domainFacts } = target;
  const known = lastKnown(pageFacts)?.value;
  const domain = lastKnown(domainFacts)?.value;
  const site = domain === undefined ? '?' : strengthFigure(domain.strength, safe);
  if (known === undefined) return { strength: '?', site, backlinks: targetWord(target) ?? '?', domains: '?', internal: '?' };
  const count = (value: number | null, zero: string) => (value === null ? '?' : value === 0 ? zero : number.format(value));
  return {
    strength: strengthFigure(known.strength, safe),
    site,
    backlinks: count(known.backlinks, none),
    domains: count(known.referringDomains, '–'),
    internal: count(known.internalBacklinks, '–'),
  };
}

/** True where domains have strengths that their pages have not, as with ranks of domains: a table then shows both. */
export function showsSites({ targets }: Pick<Report, 'targets'>): boolean {
  return targets.some(({ pageFacts, domainFacts }) => !strengthOf(pageFacts) && strengthOf(domainFacts));
}

function strengthOf(known: Known<Summary>): Strength | null {
  return lastKnown(known)?.value.strength ?? null;
}

function strengthFigure(strength: Strength | null, safe: (text: string) => string): string {
  if (strength === null) return '–';
  return strength.basis === 'vendor' ? `${safe(strength.name)} ${strength.value}` : strength.value.toFixed(1);
}

/** `48 files, 1,284 links, 611 targets`. */
export function countsLine({ files, links, targets }: Report, number: Intl.NumberFormat): string {
  return `${counted(files, 'file', number)}, ${counted(links, 'link', number)}, ${counted(targets.length, 'target', number)}`;
}

/** `example.com/guide`: a target as people say it, without the scheme. */
export function targetName(target: ReportTarget): string {
  return withoutScheme(target.page.name);
}

/** `guide.md:14, index.html:88 and 3 more`; line numbers from 1 as people count. */
export function usesText(target: ReportTarget, most: number): string {
  const shown = target.uses.slice(0, most).map((use) => `${use.file}:${use.line + 1}`);
  const rest = target.uses.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** `3 findings: 1 warning, 2 information. 12 targets not known (9 on demand, 3 private).` */
export function closingLine({ findings, targets, problems }: Report, number: Intl.NumberFormat): string {
  const severities = countBy(findings.map(({ severity }) => severity));
  const unknown = countBy(targets.map(targetWord).filter((word) => word !== null));
  const unknownTargets = [...unknown.values()].reduce((sum, count) => sum + count, 0);
  return [
    changesSentence(targets, number),
    findings.length === 0 ? 'No findings.' : `${counted(findings.length, 'finding', number)}: ${list(severities, number)}.`,
    unknownTargets === 0 ? '' : `${counted(unknownTargets, 'target', number)} not known (${list(unknown, number)}).`,
    problems.length === 0 ? '' : `${counted(problems.length, 'file', number)} could not be read.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** What came and went among the backlinks of all targets; empty where nothing did, and where nobody knows. */
function changesSentence(targets: readonly ReportTarget[], number: Intl.NumberFormat): string {
  const known = targets.flatMap(({ pageFacts }) => lastKnown(pageFacts)?.value ?? []).filter(({ changesSince }) => changesSince != null);
  const sum = (pick: (summary: Summary) => number | null | undefined): number => known.reduce((total, summary) => total + (pick(summary) ?? 0), 0);
  const [fresh, lost] = [sum((summary) => summary.newBacklinks), sum((summary) => summary.lostBacklinks)];
  const since = known.map(({ changesSince }) => changesSince ?? '').toSorted()[0] ?? '';
  if (fresh + lost === 0) return '';
  return `Backlinks since ${since}: ${number.format(fresh)} new, ${number.format(lost)} lost.`;
}

function counted(value: number, word: string, number: Intl.NumberFormat): string {
  return `${number.format(value)} ${word}${value === 1 ? '' : 's'}`;
}

function list(counts: ReadonlyMap<string, number>, number: Intl.NumberFormat): string {
  return [...counts].map(([word, count]) => `${number.format(count)} ${word}`).join(', ');
}

function countBy(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
