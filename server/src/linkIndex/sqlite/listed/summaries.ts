/**
 * Summaries of targets that nothing was counted of: what a list states stands in for the counts, under the list's name, and a domain's rank for
 * its strength. A count of our own is never touched, and an index of nothing but statements knows nothing rather than none.
 */
import type { Summary } from '../../../../../shared/backlinks.ts';
import type { ReadState } from '../readState.ts';
import { nameOf } from '../scope.ts';
import { readRank, readStatements } from './readStated.ts';

const HOLDINGS = 'select exists (select 1 from stated), exists (select 1 from domain_rank)';

const UNCOUNTED = {
  referringPages: null,
  referringHosts: null,
  followed: null,
  forms: null,
  topAnchors: null,
  strongest: null,
  newBacklinks: null,
  lostBacklinks: null,
  changesSince: null,
} as const;

export function withStatements(state: ReadState, summaries: Summary[]): Summary[] {
  const [stated, ranked] = state.statements.first(HOLDINGS) ?? [];
  if (stated === 0 && ranked === 0) return summaries;
  return summaries.map((summary) => withRank(state, withCounts(state, summary)));
}

function withCounts(state: ReadState, summary: Summary): Summary {
  if (summary.backlinks !== 0) return summary;
  const internalBacklinks = state.info.pages === 0 ? null : summary.internalBacklinks;
  const statement = readStatements(state.statements, summary.target).find(
    ({ backlinks, referringDomains, named }) => backlinks !== null || referringDomains !== null || named > 0,
  );
  if (statement !== undefined) {
    const { backlinks, unit, referringDomains, asOf, list } = statement;
    return { ...summary, ...UNCOUNTED, internalBacklinks, backlinks, unit, referringDomains, asOf, statedBy: list };
  }
  if (state.info.links > 0 || state.info.pages > 0) return summary;
  return { ...summary, ...UNCOUNTED, internalBacklinks, backlinks: null, referringDomains: null };
}

/** Strength is computed from captures: without any, that of a list is none, not 0. */
function withRank(state: ReadState, summary: Summary): Summary {
  const own = state.info.pages === 0 ? null : summary.strength;
  if (own !== null) return summary;
  return { ...summary, strength: summary.target.kind === 'domain' ? (readRank(state.statements, nameOf(summary.target))?.strength ?? null) : null };
}
