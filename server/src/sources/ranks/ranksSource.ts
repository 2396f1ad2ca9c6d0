/**
 * Common Crawl's domain ranks as a source: the strength of domains, offline and for nothing, from an index file that holds ranks. It knows no
 * backlinks and no pages, and says so: a page is answered with nothing but unknowns, a host with the rank of its registrable domain.
 */
import type { Strength, Summary, Target } from '../../../../shared/backlinks.ts';
import { releaseDay } from '../../linkIndex/releaseDay.ts';
import type { BacklinkStore, IndexInfo } from '../../linkIndex/store.ts';
import { domainTarget } from '../../urls/targets.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import { blankSummary } from '../blank.ts';
import { createOpenedStore, type OpenIndex } from '../openedStore.ts';
import type { Source, SourceCapabilities, SourceInfo } from '../source.ts';
import { NOTHING_SPENT } from '../spending.ts';

export interface RanksSourceParts {
  /** Absolute path of an index file that holds ranks. */
  readonly path: string;
  readonly open: OpenIndex;
  readonly log: Log;
}

const CAPABILITIES: SourceCapabilities = {
  id: 'ranks',
  label: 'Common Crawl domain ranks',
  remote: false,
  experimental: false,
  targetKinds: ['domain', 'host', 'page'],
  pageLimits: [],
  summaryBatch: 500,
  concurrency: 1,
  knowsTotals: false,
  fields: [],
  cost: null,
  rate: null,
};

/** The ranks that an index holds, with all that a strength needs. */
interface Ranks {
  readonly release: string | null;
  readonly population: number;
  readonly domains: number;
}

/**
 * A source over one index file, which may be missing as yet. Each call rejects as the opener does (`index.*`), or as `source.unavailable` where
 * the file holds no ranks, or ranks of a release whose size nobody knows.
 */
export function createRanksSource({ path, open, log }: RanksSourceParts): Source {
  const store = createOpenedStore({ id: CAPABILITIES.id, path, open, log });
  return {
    account: null,
    spent: NOTHING_SPENT,
    capabilities: CAPABILITIES,
    summaries: (targets, signal) =>
      store.ask(signal, async (opened) => {
        const info = await opened.info(signal);
        const ranks = ranksOf(info, path);
        const sites = targets.map(siteOf);
        const strengths = await strengthsOf(
          opened,
          info,
          [...new Map(sites.flatMap((site) => (site === null ? [] : [[site.id, site]]))).values()],
          signal,
        );
        return targets.map((target, at) => ({ target, summary: summaryOf(target, sites[at] ?? null, ranks, strengths) }));
      }),
    async rows(target, _page, signal) {
      signal.throwIfAborted();
      throw noRows(target);
    },
    info: (signal) =>
      store.ask(signal, async (opened) => {
        const info = await opened.info(signal);
        return toInfo(info, ranksOf(info, path));
      }),
    close: () => store.close(),
  };
}

function ranksOf({ ranks }: IndexInfo, path: string): Ranks {
  if (ranks == null) throw noRanks(path);
  const { release, population, domains } = ranks;
  if (population === null) throw noPopulation(path);
  return { release, population, domains };
}

/** The domain whose rank a target has; null for a page. */
function siteOf(target: Target): Target | null {
  return target.kind === 'domain' || target.kind === 'host' ? domainTarget(`http://${target.name}/`) : null;
}

/** By id of the domain, as far as they have a rank: with one question where there is nothing but ranks, else with one each. */
async function strengthsOf(
  store: BacklinkStore,
  { pages }: IndexInfo,
  sites: readonly Target[],
  signal: AbortSignal,
): Promise<Map<string, Strength>> {
  const found =
    pages === 0
      ? (await store.summaries(sites, signal, { lists: false })).map(({ strength }) => strength)
      : (await Promise.all(sites.map((site) => store.statements(site, signal)))).map(({ rank }) => rank?.strength ?? null);
  return new Map(sites.flatMap(({ id }, at) => (found[at]?.basis === 'rank' ? [[id, found[at]] as const] : [])));
}

function summaryOf(target: Target, site: Target | null, ranks: Ranks, strengths: ReadonlyMap<string, Strength>): Summary {
  const asOf = asOfDay(ranks);
  if (site === null) return { ...blankSummary(target), asOf };
  const strength = strengths.get(site.id) ?? null;
  if (strength === null) return { ...blankSummary(target), asOf, notAmongFirst: ranks.domains };
  return { ...blankSummary(target), asOf, strength: site.id === target.id ? strength : ofDomain(strength, site.name) };
}

/** The rank is the domain's: beside the name of a host of it, it says so. */
function ofDomain(strength: Strength, domain: string): Strength {
  return strength.basis === 'rank' ? { ...strength, of: domain } : strength;
}

function toInfo({ generation }: IndexInfo, ranks: Ranks): SourceInfo {
  return { id: CAPABILITIES.id, label: CAPABILITIES.label, pages: null, asOf: asOfDay(ranks), generation, rows: false };
}

/** The ISO day up to which the release speaks; null for a list that names none. */
function asOfDay({ release }: Ranks): string | null {
  const time = release === null ? null : releaseDay(release);
  return time === null ? null : new Date(time).toISOString().slice(0, 10);
}

function noRows({ name }: Target): BacklinkLensError {
  return sourceError('refused-target', `Domain ranks hold no backlinks, so there are none to show of ${name}. Choose another source to see them.`);
}

function noRanks(path: string): BacklinkLensError {
  return sourceError(
    'unavailable',
    `${path} holds no domain ranks. Add some with "backlink-lens index add ${path} <a …-domain-ranks.txt.gz of Common Crawl>", or choose another file in backlinkLens.ranks.path.`,
  );
}

function noPopulation(path: string): BacklinkLensError {
  return sourceError(
    'unavailable',
    `${path} holds domain ranks, but not how many domains their release ranks, and without that they are no strength. Add them again with --ranks-population.`,
  );
}
