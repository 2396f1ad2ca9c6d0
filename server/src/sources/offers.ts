/** Every source as a list shows it: what it fills, what it costs, whom it asks. Sources are made for that and dropped again; none is asked anything. */
import { hostAsked } from '../../../shared/destination.ts';
import type { SourceOffer } from '../../../shared/protocol.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { SOURCE_IDS, SOURCES, type SourceId } from '../../../shared/sources.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { silentLog } from '../util/log.ts';
import { createSource, whyNoSource } from './registry.ts';
import type { SourceCapabilities } from './source.ts';
import { CONTRACT_FIELDS } from './source.ts';

/** As the settings have them: an address that they set shows here, and what is still missing. */
export function offerSources(settings: Settings): SourceOffer[] {
  return SOURCE_IDS.map((id) => offer({ ...settings, source: id }));
}

function offer(settings: Settings): SourceOffer {
  const { source: id } = settings;
  const missing = whyNoSource(settings)?.message ?? null;
  const can = capabilitiesOf(missing === null ? settings : { ...DEFAULT_SETTINGS, ...STAND_IN, source: id });
  return {
    id,
    label: SOURCES[id].label,
    host: missing === null && can?.remote === true ? hostAsked(settings) : null,
    experimental: can?.experimental ?? false,
    fields: CONTRACT_FIELDS.filter((field) => can?.fields.includes(field)),
    targetKinds: can?.targetKinds ?? [],
    cost: can?.cost ?? null,
    batch: can?.summaryBatch ?? 0,
    missing,
  };
}

/** For what is not chosen yet, so that the source can be made and say what it can do. */
const STAND_IN = { indexPath: 'index.db', ranksPath: 'ranks.db', endpoint: 'https://endpoint.invalid' };

function capabilitiesOf(settings: Settings & { readonly source: SourceId }): SourceCapabilities | null {
  const nobody = () => Promise.reject(new BacklinkLensError('internal', 'A source that is only listed was asked. Please report it.'));
  const transport = { request: nobody, close: async () => {} };
  const source = createSource(settings, { transport, credentials: {}, openIndex: nobody, log: silentLog, clock: () => 0 });
  return source?.capabilities ?? null;
}
