/** Which source the settings name, made from its parts: the only file that knows sources by name. */
import type { Credentials } from '../../../shared/protocol.ts';
import type { Settings } from '../../../shared/settings.ts';
import { isVendor, type VendorId } from '../../../shared/sources.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { createAhrefsSource } from './ahrefs/source.ts';
import { readVendorBase } from './base.ts';
import { createBingSource } from './bing/source.ts';
import { createDataForSeoSource } from './dataforseo/source.ts';
import { createIndexSource } from './index/indexSource.ts';
import { limitedSource } from './limited.ts';
import { createMajesticSource } from './majestic/source.ts';
import { createMozSource } from './moz/source.ts';
import type { OpenIndex } from './openedStore.ts';
import { createOpenPageRankSource } from './openpagerank/source.ts';
import { createRanksSource } from './ranks/ranksSource.ts';
import { readEndpoint } from './searchmetrics/endpoint.ts';
import { createSearchmetricsSource } from './searchmetrics/source.ts';
import { createSemrushSource } from './semrush/source.ts';
import { createSerankingSource } from './seranking/source.ts';
import type { Source } from './source.ts';
import type { Transport } from './transport.ts';
import type { VendorParts } from './vendorParts.ts';

export interface SourceParts {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly openIndex: OpenIndex;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** How a call waits for its turn; absent: by the machine's clock. */
  readonly after?: Clock['after'];
}

/** The vendors, a line each. */
const VENDORS: Readonly<Record<VendorId, (parts: VendorParts) => Source>> = {
  dataforseo: createDataForSeoSource,
  ahrefs: createAhrefsSource,
  majestic: createMajesticSource,
  moz: createMozSource,
  semrush: createSemrushSource,
  seranking: createSerankingSource,
  openpagerank: createOpenPageRankSource,
  bing: createBingSource,
};

const ENDPOINTS = 'backlinkLens.endpoints';

/** A source was chosen, but a setting that it needs is empty or wrong. */
export interface NotConfigured {
  /** Full name of the setting to change. */
  readonly setting: string;
  /** What is missing and what to do, in one sentence. */
  readonly message: string;
}

/**
 * The source that the settings choose, kept to its own limit. Nothing is opened or asked yet: a missing file or a silent endpoint shows at the
 * first call.
 *
 * @returns null when none is chosen or the chosen one is not configured; `whyNoSource` tells which
 */
export function createSource(settings: Settings, parts: SourceParts): Source | null {
  if (whyNoSource(settings) !== null) return null;
  const clock = { ...systemClock, now: parts.clock, ...(parts.after === undefined ? {} : { after: parts.after }) };
  return limitedSource(parts.transport, clock, (transport) => chosenSource(settings, { ...parts, transport }));
}

function chosenSource(settings: Settings, parts: SourceParts): Source | null {
  const { source: id } = settings;
  if (isVendor(id)) return createVendor(id, settings, parts);
  switch (id) {
    case 'none':
      return null;
    case 'index':
      return createIndexSource({ path: settings.indexPath, open: parts.openIndex, log: parts.log });
    case 'searchmetrics':
      return createSearchmetricsSource({
        endpoint: settings.endpoint,
        credentials: parts.credentials['searchmetrics'] ?? null,
        transport: parts.transport,
        log: parts.log,
        clock: parts.clock,
      });
    case 'ranks':
      return createRanksSource({ path: ranksFile(settings), open: parts.openIndex, log: parts.log });
  }
}

/** Ranks may stand in the index, too. */
function ranksFile({ ranksPath, indexPath }: Settings): string {
  return ranksPath === '' ? indexPath : ranksPath;
}

function createVendor(id: VendorId, settings: Settings, { credentials, transport, log, clock }: SourceParts): Source {
  const base = readVendorBase(settings.endpoints[id] ?? '', ENDPOINTS);
  const common = { credentials: credentials[id] ?? null, transport, log, clock };
  return VENDORS[id](base.ok ? { ...common, base: base.base } : common);
}

/** Why `createSource` gives none though the settings name one; null when it does give one or `none` was chosen. */
export function whyNoSource(settings: Settings): NotConfigured | null {
  const { source: id } = settings;
  if (isVendor(id)) return whyNoVendor(id, settings);
  switch (id) {
    case 'none':
      return null;
    case 'index':
      if (settings.indexPath !== '') return null;
      return {
        setting: 'backlinkLens.index.path',
        message: 'No index is chosen yet: set backlinkLens.index.path to a file made with "backlink-lens index build".',
      };
    case 'searchmetrics': {
      const endpoint = readEndpoint(settings.endpoint);
      return endpoint.ok ? null : { setting: 'backlinkLens.searchmetrics.endpoint', message: endpoint.message };
    }
    case 'ranks':
      if (ranksFile(settings) !== '') return null;
      return {
        setting: 'backlinkLens.ranks.path',
        message:
          'No file of domain ranks is chosen yet: choose the source again to fetch one, or set backlinkLens.ranks.path to one made with "backlink-lens index build".',
      };
  }
}

function whyNoVendor(id: VendorId, settings: Settings): NotConfigured | null {
  const own = settings.endpoints[id];
  const base = own === undefined ? null : readVendorBase(own, ENDPOINTS);
  return base === null || base.ok ? null : { setting: ENDPOINTS, message: base.message };
}
