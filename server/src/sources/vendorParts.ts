/** What every vendor's source and its calls are made from. */
import type { VendorId } from '../../../shared/sources.ts';
import type { Log } from '../util/log.ts';
import { type Base, vendorBase } from './base.ts';
import type { VendorKey } from './keys.ts';
import { createLogged, type Logged } from './logged.ts';
import { createSpending, type Spending } from './spending.ts';
import type { Transport } from './transport.ts';

export interface VendorParts {
  /** Null where none is set: every call then fails as `auth`. */
  readonly credentials: VendorKey | null;
  /** Origin and path prefix that take the place of the vendor's own. */
  readonly base?: string | undefined;
  readonly transport: Transport;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** One vendor's account, ready to be asked: where, with which key, and with a count of what is sent. Its calls are made from it. */
export interface Vendor {
  readonly id: VendorId;
  readonly base: Base;
  readonly credentials: VendorKey | null;
  readonly transport: Transport;
  readonly spending: Spending;
  readonly logged: Logged;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * Nothing is sent yet.
 *
 * @throws BacklinkLensError usage.invalid for a base address to which no key may go
 */
export function prepareVendor(id: VendorId, { base, credentials, transport, log, clock }: VendorParts): Vendor {
  const logged = createLogged(id, log, clock);
  return { id, base: vendorBase(id, base), credentials, transport, spending: createSpending(), logged, clock };
}
