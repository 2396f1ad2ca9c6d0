/** What the table of targets sorts and filters by. What is not known stands last in either direction: absence is no small number. Pure. */
import { lastKnown, type Strength, type Summary } from '../../../../shared/backlinks.ts';
import type { ReportTarget } from '../../../../shared/report.ts';
import { saysNothing } from '../../knownWords.ts';

export type Column = 'target' | 'strength' | 'backlinks' | 'domains' | 'followed' | 'internal' | 'uses';
export const COLUMNS: readonly Column[] = ['target', 'strength', 'backlinks', 'domains', 'followed', 'internal', 'uses'];

export interface Order {
  readonly column: Column;
  readonly ascending: boolean;
}

export function summaryOf(target: ReportTarget): Summary | null {
  return lastKnown(target.pageFacts)?.value ?? null;
}

/** Strength of the page; where the source knows only domains, that of its domain. */
export function strengthOf({ pageFacts, domainFacts }: ReportTarget): { readonly strength: Strength; readonly of: 'page' | 'domain' } | null {
  const page = lastKnown(pageFacts)?.value.strength ?? null;
  if (page !== null) return { strength: page, of: 'page' };
  const domain = saysNothing(pageFacts) ? (lastKnown(domainFacts)?.value.strength ?? null) : null;
  return domain === null ? null : { strength: domain, of: 'domain' };
}

/** The rows in order; equal ones keep the report's order. */
export function sortTargets(targets: readonly ReportTarget[], order: Order): ReportTarget[] {
  const direction = order.ascending ? 1 : -1;
  return [...targets].sort((a, b) => {
    const [left, right] = [sortValue(a, order.column), sortValue(b, order.column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return direction * (typeof left === 'string' || typeof right === 'string' ? String(left).localeCompare(String(right)) : left - right);
  });
}

/** Targets whose URL, file or link text holds every word, whatever its case. */
export function filterTargets(targets: readonly ReportTarget[], filter: string): readonly ReportTarget[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return targets;
  return targets.filter((target) => {
    const text = [target.page.name, ...target.uses.flatMap((use) => [use.file, use.text])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Numbers are first shown from the largest, names from the first. */
export function firstDirection(column: Column): boolean {
  return column === 'target';
}

function sortValue(target: ReportTarget, column: Column): string | number | null {
  const summary = summaryOf(target);
  switch (column) {
    case 'target':
      return target.page.name.replace(/^https?:\/\//, '');
    case 'strength':
      return strengthOf(target)?.strength.value ?? null;
    case 'backlinks':
      return summary?.backlinks ?? null;
    case 'domains':
      return summary?.referringDomains ?? null;
    case 'followed':
      return summary?.followed && summary.followed.of > 0 ? summary.followed.links / summary.followed.of : null;
    case 'internal':
      return summary?.internalBacklinks ?? null;
    case 'uses':
      return target.uses.length;
  }
}
