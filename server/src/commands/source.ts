/** The source that a command line names: an index file, the address of an endpoint, or the id of a source whose key stands in the environment. */
import { existsSync } from 'node:fs';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { SOURCE_IDS, SOURCES, type SourceId } from '../../../shared/sources.ts';
import { openIndexInWorker } from '../linkIndex/openIndexInWorker.ts';
import { createSource, whyNoSource } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { createTransport } from '../sources/transport.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { silentLog } from '../util/log.ts';
import { credentialsOf, keyOf, keyVariables, variable, variablesOf } from './environment.ts';
import type { Io } from './io.ts';

/** What `--source` and `query` take, for their help. */
export const SOURCE_WORDS = 'an index file, the address of an endpoint (http…), or a source such as ahrefs ("backlink-lens sources" lists them)';

/**
 * Opens nothing yet: a missing file or a silent endpoint shows at the first call.
 *
 * @throws BacklinkLensError usage.invalid when the address of the endpoint is none, or the key of a source is missing
 */
export function openSource(io: Io, named: string): Source {
  const settings = sourceSettings(io, named);
  const { source: id } = settings;
  if (SOURCES[id].key !== 'none' && SOURCES[id].key !== 'optional-login' && keyOf(io, id) === null) {
    throw new BacklinkLensError('usage.invalid', `${SOURCES[id].label} needs a key. Set in the environment: ${keyVariables(id)}.`);
  }
  if (id === 'index') refuseNoName(named);
  const source = createSource(settings, {
    transport: createTransport({ env: io.environment }),
    credentials: credentialsOf(io, id),
    openIndex: openIndexInWorker,
    // What fails is told by the command itself.
    log: silentLog,
    clock: Date.now,
  });
  if (source === null) throw new BacklinkLensError('usage.invalid', whyNotThat(settings, named));
  return source;
}

/** True for the id of a source, rather than a file or an address. */
export function isSourceId(named: string): named is SourceId {
  return named !== 'index' && named !== 'none' && SOURCE_IDS.some((id) => id === named);
}

/** Throws `usage.invalid` for a word that is no path, where no file has that name: it is rather meant to be a source. */
export function refuseNoName(named: string): void {
  if (!/^[a-z][\w-]*$/i.test(named) || existsSync(named)) return;
  const sources = SOURCE_IDS.filter(isSourceId).join(', ');
  throw new BacklinkLensError(
    'usage.invalid',
    `There is neither a file nor a source named ${named}. Sources are ${sources}; an index is named by its file, which "backlink-lens index build" makes.`,
  );
}

/** As the editor's settings would have it. */
export function sourceSettings(io: Pick<Io, 'environment'>, named: string): Settings {
  if (/^https?:\/\//i.test(named)) return { ...DEFAULT_SETTINGS, source: 'searchmetrics', endpoint: named };
  if (!isSourceId(named)) return { ...DEFAULT_SETTINGS, source: 'index', indexPath: named };
  const names = variablesOf(named);
  const address = variable(io, names.endpoint);
  return {
    ...DEFAULT_SETTINGS,
    source: named,
    endpoint: address ?? '',
    endpoints: address === null ? {} : { [named]: address },
    ranksPath: variable(io, names.path) ?? '',
  };
}

/** The sentence names a setting of the editor; here it was an argument or a variable. It is not repeated where it may hold a password. */
function whyNotThat(settings: Settings, named: string): string {
  const why = whyNoSource(settings);
  if (named === '') return 'The path of the index is empty. Name a file made with "backlink-lens index build".';
  if (why === null) return `${named} is neither an index nor an endpoint nor a source.`;
  const names = variablesOf(settings.source);
  if (settings.source === 'ranks') return `No file of domain ranks is named. Set ${names.path} in the environment.`;
  const where = isSourceId(named) ? names.endpoint : 'The address of the endpoint';
  return why.message.replaceAll(why.setting, where).replace('with "Backlinks: Set API Key"', `in ${keyVariables(settings.source)}`);
}
