/** Any endpoint that speaks the contract, as a source. */
import type { Log } from '../../util/log.ts';
import type { Source } from '../source.ts';
import type { Transport } from '../transport.ts';

export interface SearchmetricsParts {
  /** As set by the user; must pass readEndpoint. */
  readonly endpoint: string;
  readonly credentials: { readonly id: string; readonly secret: string } | null;
  readonly transport: Transport;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

export function createSearchmetricsSource(parts: SearchmetricsParts): Source {
  throw new Error(parts.endpoint);
}
