/** The questions of a store that lists answer. */
import type { Target } from '../../../../../shared/backlinks.ts';
import type { ListPage, StatedReferrer, TargetStatements } from '../../../../../shared/queries.ts';
import type { IndexInfo, StatedQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { nameOf } from '../scope.ts';
import type { Statements } from '../statements.ts';
import { readRank, readRankList, readStatedDomains, readStatements } from './readStated.ts';

export function readTargetStatements({ statements, info }: ReadState, target: Target): TargetStatements {
  return {
    statements: readStatements(statements, target),
    rank: target.kind === 'domain' ? readRank(statements, nameOf(target)) : null,
    generation: info.generation,
  };
}

/** Empty for a list that makes no statement about the target. */
export function readStatedPage({ statements, info }: ReadState, { target, list, limit, offset }: StatedQuery): ListPage<StatedReferrer> {
  const total = readStatements(statements, target).find((statement) => statement.list === list)?.named ?? 0;
  const items = offset >= total ? [] : readStatedDomains(statements, target, { list, limit, offset });
  return { items, offset, total, generation: info.generation };
}

/** What an index holds besides captures. */
export function readListedInfo(statements: Statements): Pick<IndexInfo, 'ranks' | 'stated'> {
  return { ranks: readRankList(statements), stated: Number(statements.first('select count(distinct target) from stated')?.[0] ?? 0) };
}
