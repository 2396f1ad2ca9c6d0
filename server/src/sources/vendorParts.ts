/** What every vendor's source is made from. */
import type { Log } from '../util/log.ts';
import type { VendorKey } from './keys.ts';
import type { Transport } from './transport.ts';

export interface VendorParts {
  /** Null where none is set: every call then fails as `auth`. */
  readonly credentials: VendorKey | null;
  /** Origin and path prefix that take the place of the vendor's own. */
  readonly base?: string;
  readonly transport: Transport;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}
