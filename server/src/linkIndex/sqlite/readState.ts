/** What every reading of one state of a generation shares. A commit of `index add` makes another state. */
import type { SQLInputValue } from 'node:sqlite';
import type { IndexInfo } from '../store.ts';
import type { Details } from './details.ts';
import { LinkOrder } from './linkOrder.ts';
import { ListCache } from './listCache.ts';
import { PageSites } from './pageSites.ts';
import { RowReader } from './rows.ts';
import { ADDED_FROM } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import { GIVEN_LIMIT, type Statements } from './statements.ts';

/** Thrown instead of work that would keep others waiting; whoever gets it asks again where nobody waits. */
export class TooHeavy extends Error {
  constructor() {
    super('This question takes long.');
    this.name = 'TooHeavy';
  }
}

export interface ReadState {
  readonly statements: Statements;
  readonly info: IndexInfo;
  readonly rows: RowReader;
  readonly order: LinkOrder;
  readonly lists: ListCache;
  readonly sites: PageSites;
  /** Details of heavy scopes that were counted on demand, by the name of the scope. */
  readonly details: Map<string, Details>;
  /** True when links were added to the finished generation: ids alone are not the order then. */
  readonly added: boolean;
  /** True when some page redirects to another. */
  readonly redirects: boolean;
  /**
   * Must be called before all links of a scope are visited.
   *
   * @param lightness how much less a visit costs than reading the link with its page
   * @throws TooHeavy where that would take too long here
   */
  weigh(scope: Scope, lightness?: number): void;
  /** The same of the links that a condition on `link l` lets through. */
  weighLinks(where: string, parameters: readonly SQLInputValue[], lightness?: number): void;
  /** The same of links whose number is known. */
  spend(links: number): void;
  /** To be called before each question: what one question may visit it may visit in all. */
  begin(): void;
}

/**
 * @param mostLinks links that one question may visit; null: as many as it takes
 * @param sites kept over the states of one generation
 */
export function readState(
  statements: Statements,
  info: IndexInfo,
  mostLinks: number | null,
  sites: PageSites = new PageSites(statements),
): ReadState {
  sites.forgetAdded();
  let spent = 0;
  const spend = (links: number): void => {
    spent += links;
    if (mostLinks !== null && spent > mostLinks) throw new TooHeavy();
  };
  const weighLinks: ReadState['weighLinks'] = (where, parameters, lightness = 1) => {
    if (mostLinks === null) return;
    const sql = `select count(*) from (select 1 from link l where ${where} limit ${GIVEN_LIMIT})`;
    spend(Number(statements.first(sql, ...parameters, mostLinks * lightness + 1)?.[0]) / lightness);
  };
  return {
    statements,
    info,
    rows: new RowReader(statements, info.knownUrls),
    order: new LinkOrder(statements),
    lists: new ListCache(),
    sites,
    details: new Map(),
    added: Number(statements.first('select max(id) from link')?.[0] ?? 0) >= ADDED_FROM,
    redirects: statements.first('select 1 from redirect limit 1') !== null,
    weigh: (scope, lightness) => weighLinks(condition(scope), parametersOf(scope), lightness),
    weighLinks,
    spend,
    begin() {
      spent = 0;
    },
  };
}
