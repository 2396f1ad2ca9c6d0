/** The source that a command line names: an index file, or the address of an endpoint whose key stands in the environment. */

import type { Credentials } from '../../../shared/protocol.ts';
import { readSettings } from '../../../shared/settings.ts';
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
  if (source === null)
    throw new BacklinkLensError('usage.invalid', whyNoSource(settings)?.message ?? `${named} is neither an index nor an endpoint.`);
  return source;
}

function credentialsOf({ environment }: Io): Credentials {
  const [id, secret] = [environment[KEY_VARIABLES.id], environment[KEY_VARIABLES.secret]];
  return id === undefined || secret === undefined ? {} : { searchmetrics: { id, secret } };
}
