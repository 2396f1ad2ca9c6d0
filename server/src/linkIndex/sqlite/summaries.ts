/** Targets' totals: counts stored by the build where there are some, the rest counted on demand. */
import type { Backlink, Strength, Summary, Target } from '../../../../shared/backlinks.ts';
import type { SummaryOptions } from '../store.ts';
import { changesSince, countChanges, NO_CHANGES } from './changeCounts.ts';
import { type Counts, countsOf, NO_COUNTS, nameOfScope, readCounts, TOTAL_COLUMNS } from './counts.ts';
import type { Details } from './details.ts';
import { countHeavyDetails } from './heavyDetails.ts';
import { readLightDetails } from './lightDetails.ts';
import type { ReadState } from './readState.ts';
import { readViaRedirect } from './redirects.ts';
import { indexStrength, isoDay } from './rows.ts';
import { TOTAL_KIND } from './schema.ts';
import { nameOf, type Scope, scopeOf } from './scope.ts';
import { numberOf } from './statements.ts';
import { HEAVY } from './totals.ts';

const KEPT_DETAILS = 500;

const NO_DETAILS: Details = { anchors: [], strongest: [], forms: [] };

/** A target on its way to its summary. */
interface Asked {
  readonly target: Target;
  readonly scope: Scope | null;
  readonly counts: Counts;
  readonly strength: Strength | null;
  readonly redirectsTo: Summary['redirectsTo'];
}

/** Zeros mean none seen in this index; a strength of null, that it does not know the target. */
export function readSummaries(state: ReadState, targets: readonly Target[], { lists = true }: SummaryOptions = {}): Summary[] {
  const asked = targets.map((target) => (target.kind === 'page' ? askPage(state, target) : askSite(state, target)));
  if (!lists) return asked.map((one) => toSummary(state, one));
  let details = detailsOf(state, asked);
  const read = (): Map<number, Backlink> =>
    state.rows.readIds([...new Set(details.flatMap(({ strongest }) => strongest.map(({ link }) => link)))], false);
  let rows = read();
  // Stored details name links by ids, and an addition may have given some of them another.
  const outdated = details.map(({ strongest }) => strongest.some(({ link }) => !rows.has(link)));
  if (outdated.includes(true)) {
    details = details.map((one, at) => (outdated[at] === true ? countDetails(state, asked[at]?.scope ?? null) : one));
    rows = read();
  }
  return asked.map((one, at) => {
    const { anchors, forms, strongest } = details[at] ?? NO_DETAILS;
    return {
      ...toSummary(state, one),
      forms: one.target.kind === 'page' ? forms : null,
      viaRedirect: viaRedirect(state, one),
      topAnchors: anchors,
      strongest: strongest.flatMap(({ link, more }) => {
        const row = rows.get(link);
        return row === undefined ? [] : [{ row, more }];
      }),
    };
  });
}

function viaRedirect({ statements, redirects }: ReadState, { target, scope }: Asked): NonNullable<Summary['viaRedirect']> | null {
  if (target.kind !== 'page' || scope === null) return null;
  return redirects ? readViaRedirect(statements, scope.values[0] ?? 0) : [];
}

function toSummary(state: ReadState, { target, scope, counts, strength, redirectsTo }: Asked): Summary {
  const { info } = state;
  const since = changesSince(info);
  const changes = since === null ? null : scope === null ? NO_CHANGES : countChanges(state, scope, counts.links, since);
  return {
    target,
    backlinks: counts.links,
    unit: 'links',
    internalBacklinks: counts.internal,
    referringPages: counts.pages,
    referringHosts: counts.hosts,
    referringDomains: counts.domains,
    followed: { links: counts.followed, of: counts.followable },
    forms: null,
    strength,
    topAnchors: null,
    redirectsTo,
    viaRedirect: null,
    strongest: null,
    newBacklinks: changes?.new ?? null,
    lostBacklinks: changes?.lost ?? null,
    changesSince: since,
    asOf: info.lastCapture,
  };
}

const PAGE = `select p.id, p.strength, p.redirect, p.redirect_status, p.captured, ${TOTAL_COLUMNS}
  from page p left join total t on t.kind = ${TOTAL_KIND.page} and t.key = p.id where p.key = ?`;

/** All that a page's summary counts, with one statement. */
function askPage(state: ReadState, target: Target): Asked {
  const row = state.statements.first(PAGE, nameOf(target));
  if (row === null) return { target, scope: null, counts: NO_COUNTS, strength: null, redirectsTo: null };
  const [id, strength, redirect, status, captured] = row;
  const stored = row.slice(5);
  const scope: Scope = { total: { kind: TOTAL_KIND.page, key: Number(id) }, column: 'target', values: [Number(id)], range: false };
  const counts = countsOf(state, scope, stored[0] === null ? null : stored);
  const redirectsTo = typeof redirect === 'string' && typeof status === 'number' ? { url: redirect, status, on: isoDay(numberOf(captured)) } : null;
  return { target, scope, counts, strength: indexStrength(Number(strength), state.info.knownUrls), redirectsTo };
}

function askSite(state: ReadState, target: Target): Asked {
  const scope = scopeOf(state.statements, target);
  return { target, scope, counts: readCounts(state, scope), strength: readStrength(state, target), redirectsTo: null };
}

/** Pages and domains have a strength; hosts and folders have none of their own. */
export function readStrength({ statements, info }: ReadState, target: Target): Strength | null {
  if (target.kind !== 'page' && target.kind !== 'domain') return null;
  const sql = target.kind === 'page' ? 'select strength from page where key = ?' : 'select strength from domain where name = ?';
  const tenths = numberOf(statements.first(sql, nameOf(target))?.[0]);
  return tenths === null ? null : indexStrength(tenths, target.kind === 'page' ? info.knownUrls : info.domains);
}

/** In the order asked. Light targets of one value are counted together. */
function detailsOf(state: ReadState, asked: readonly Asked[]): Details[] {
  const together = (column: Scope['column']): Map<number, Details> => {
    const light = asked.flatMap(({ target, scope, counts }) =>
      isLight(scope, counts) && scope?.column === column
        ? [{ value: scope.values[0] ?? 0, pageKey: target.kind === 'page' ? nameOf(target) : null }]
        : [],
    );
    return light.length === 0 ? new Map() : readLightDetails(state.statements, column, light);
  };
  state.spend(asked.reduce((sum, { scope, counts }) => sum + (isLight(scope, counts) ? counts.links : 0), 0));
  const byColumn = { target: together('target'), target_host: together('target_host'), target_domain: together('target_domain') };
  return asked.map(({ scope, counts }) => {
    if (scope === null || counts.links === 0) return NO_DETAILS;
    if (counts.details !== null) return JSON.parse(counts.details) as Details;
    const known = isLight(scope, counts) ? byColumn[scope.column].get(scope.values[0] ?? 0) : undefined;
    return known ?? countDetails(state, scope);
  });
}

function isLight(scope: Scope | null, { links, details }: Counts): boolean {
  return scope !== null && scope.values.length === 1 && !scope.range && links > 0 && links <= HEAVY && details === null;
}

/** Details of any scope, with whatever was added to it. */
export function countDetails(state: ReadState, scope: Scope | null): Details {
  if (scope === null) return NO_DETAILS;
  const name = nameOfScope(scope);
  const known = state.details.get(name);
  if (known !== undefined) return known;
  state.weigh(scope);
  const details = countHeavyDetails(state, scope);
  if (state.details.size >= KEPT_DETAILS) state.details.clear();
  state.details.set(name, details);
  return details;
}
