/** The source that a command line names: an index file, or the address of an endpoint whose key stands in the environment. */

import type { Credentials } from '../../../shared/protocol.ts';
import { readSettings, type Settings } from '../../../shared/settings.ts';
import { openIndexInWorker } from '../linkIndex/openIndexInWorker.ts';
import { createSource, whyNoSource } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { createTransport } from '../sources/transport.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { silentLog } from '../util/log.ts';
import type { Io } from './io.ts';

/** Where the command line finds a key: in the environment, never in an argument, which every process list shows. */
const KEY_VARIABLES = { id: 'BACKLINK_LENS_KEY', secret: 'BACKLINK_LENS_SECRET' } as const;

/**
 * Opens nothing yet: a missing file or a silent endpoint shows at the first call.
 *
 * @throws BacklinkLensError usage.invalid when the address of the endpoint is none
 */
export function openSource(io: Io, named: string): Source {
  const remote = /^https?:\/\//i.test(named);
  const settings = readSettings(remote ? { source: 'searchmetrics', 'searchmetrics.endpoint': named } : { source: 'index', 'index.path': named });
  const source = createSource(settings, {
    transport: createTransport({ env: io.environment }),
    credentials: credentialsOf(io),
    openIndex: openIndexInWorker,
    // What fails is told by the command itself.
    log: silentLog,
    clock: Date.now,
  });
  if (source === null) throw new BacklinkLensError('usage.invalid', whyNotThat(settings, named));
  return source;
}

/** The sentence names a setting of the editor; here it was an argument. It is not repeated where it may hold a password. */
function whyNotThat(settings: Settings, named: string): string {
  const why = whyNoSource(settings);
  if (named === '') return 'The path of the index is empty. Name a file made with "backlink-lens index build".';
  if (why === null) return `${named} is neither an index nor an endpoint.`;
  return why.message
    .replace(why.setting, 'The address of the endpoint')
    .replace('with "Backlinks: Set API Key"', `in ${KEY_VARIABLES.id} and ${KEY_VARIABLES.secret}`);
}

function credentialsOf({ environment }: Io): Credentials {
  const [id, secret] = [environment[KEY_VARIABLES.id], environment[KEY_VARIABLES.secret]];
  return id === undefined || secret === undefined ? {} : { searchmetrics: { id, secret } };
}
