/** What every vendor's source and its calls are made from. */
import type { Log } from '../util/log.ts';
import type { Base } from './base.ts';
import type { VendorKey } from './keys.ts';
import type { Spending } from './spending.ts';
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

/** What the calls of a source are made from: they know where and with which key, and count what they send. */
export interface CallParts {
  readonly base: Base;
  readonly credentials: VendorKey | null;
  readonly transport: Transport;
  readonly spending: Spending;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}
