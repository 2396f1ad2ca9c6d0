/** A source over a stand-in, for the tests of what only one vendor does. */
import type { Source } from '../../server/src/sources/source.ts';
import { createTransport } from '../../server/src/sources/transport.ts';
import type { VendorParts } from '../../server/src/sources/vendorParts.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { mockWire, type Wire } from './wires.ts';
import type { Handler } from './world.ts';

/** `tick` lets milliseconds pass for the source. */
export type Test = (source: Source, wire: Wire, tick: (milliseconds: number) => void) => Promise<void>;

export type Over = (handler: Handler, test: Test) => Promise<void>;

/**
 * Runs tests over MockAgent, which answers at every address; the source asks the vendor's own.
 *
 * @param credentials that the stand-in takes
 */
export function overMock(create: (parts: VendorParts) => Source, credentials: VendorParts['credentials']): Over {
  return async (handler, test) => {
    const wire = await mockWire(handler);
    const transport = createTransport({ env: {}, ...wire.options, maxBody: 32_000_000 });
    let now = Date.parse('2026-11-23');
    const source = create({ credentials, transport, log: silentLog, clock: () => now });
    try {
      await test(source, wire, (milliseconds) => {
        now += milliseconds;
      });
    } finally {
      await source.close();
      await wire.close();
    }
  };
}

export const never = (): AbortSignal => new AbortController().signal;
