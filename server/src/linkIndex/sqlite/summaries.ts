/** A target's totals: counts stored by the build where there are some, the rest counted on demand. */
import type { Strength, Summary, Target } from '../../../../shared/backlinks.ts';
import { type Details, readDetails } from './details.ts';
import { indexStrength, isoDay, readRowsById } from './rows.ts';
import { condition, type Scope, scopeOf } from './scope.ts';
import { numberOf, type Row, type Statements, textOf } from './statements.ts';
import { COUNTED_FROM, COUNTS } from './totals.ts';

/** What a summary says of the whole index. */
export interface IndexFacts {
  readonly knownUrls: number;
  readonly domains: number;
  readonly lastCapture: string | null;
}

interface Counts {
  readonly links: number;
  readonly internal: number;
  readonly pages: number;
  readonly hosts: number;
  readonly domains: number;
  readonly followed: number;
  readonly followable: number;
  readonly details: string | null;
}

const NONE: Counts = { links: 0, internal: 0, pages: 0, hosts: 0, domains: 0, followed: 0, followable: 0, details: null };
const NO_DETAILS: Details = { anchors: [], strongest: [], forms: [] };

/** Zeros mean none seen in this index; a strength of null, that it does not know the target. */
export function readSummary(statements: Statements, target: Target, facts: IndexFacts): Summary {
  const scope = scopeOf(statements, target);
  const counts = readCounts(statements, scope);
  const details = detailsOf(statements, scope, counts);
  const rows = readRowsById(
    statements,
    details.strongest.map(({ link }) => link),
    facts.knownUrls,
  );
  return {
    target,
    backlinks: counts.links,
    unit: 'links',
    internalBacklinks: counts.internal,
    referringPages: counts.pages,
    referringHosts: counts.hosts,
    referringDomains: counts.domains,
    followed: { links: counts.followed, of: counts.followable },
    forms: target.kind === 'page' ? details.forms : null,
    strength: readStrength(statements, target, facts),
    topAnchors: details.anchors,
    redirectsTo: target.kind === 'page' && scope !== null ? readRedirect(statements, scope) : null,
    strongest: rows.map((row, at) => ({ row, more: details.strongest[at]?.more ?? 0 })),
    asOf: facts.lastCapture,
  };
}

/** Counts of a scope; all zero for one that this index has never met. */
export function readCounts(statements: Statements, scope: Scope | null): Counts {
  if (scope === null) return NONE;
  const { total } = scope;
  const row = total === null ? countNow(statements, scope) : statements.get('select * from total where kind = ? and key = ?', total.kind, total.key);
  return row === null ? NONE : toCounts(row);
}

const NAMES = ['links', 'internal', 'pages', 'hosts', 'domains', 'followed', 'followable'] as const;

function countNow(statements: Statements, scope: Scope): Row | null {
  const counted = statements.get(
    `with c (${NAMES.join(', ')}) as (select ${COUNTS} from link l ${COUNTED_FROM} where ${condition(scope)}) select * from c`,
    ...scope.values,
  );
  return counted;
}

function toCounts(row: Row): Counts {
  const [links, internal, pages, hosts, domains, followed, followable] = NAMES.map((name) => Number(row[name] ?? 0));
  return {
    links: links ?? 0,
    internal: internal ?? 0,
    pages: pages ?? 0,
    hosts: hosts ?? 0,
    domains: domains ?? 0,
    followed: followed ?? 0,
    followable: followable ?? 0,
    details: textOf(row['details']),
  };
}

function detailsOf(statements: Statements, scope: Scope | null, counts: Counts): Details {
  if (scope === null || counts.links === 0) return NO_DETAILS;
  return counts.details === null ? readDetails(statements, scope) : (JSON.parse(counts.details) as Details);
}

/** Pages and domains have a strength; hosts and folders have none of their own. */
export function readStrength(statements: Statements, target: Target, facts: IndexFacts): Strength | null {
  if (target.kind !== 'page' && target.kind !== 'domain') return null;
  const name = target.id.slice(target.kind.length + 1);
  const sql = target.kind === 'page' ? 'select strength from page where key = ?' : 'select strength from domain where name = ?';
  const tenths = numberOf(statements.get(sql, name)?.['strength']);
  return tenths === null ? null : indexStrength(tenths, target.kind === 'page' ? facts.knownUrls : facts.domains);
}

function readRedirect(statements: Statements, scope: Scope): Summary['redirectsTo'] {
  const row = statements.get('select redirect, redirect_status as status, captured from page where id = ?', scope.values[0] ?? 0);
  const url = textOf(row?.['redirect']);
  const status = numberOf(row?.['status']);
  return url === null || status === null ? null : { url, status, on: isoDay(numberOf(row?.['captured'])) };
}
