/** The contract client against the one suite: over MockAgent and over a real server, with and without our batch call. */

import { createSearchmetricsSource } from '../../server/src/sources/searchmetrics/source.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { createTransport, type TransportOptions } from '../../server/src/sources/transport.ts';
import { parseTarget } from '../../server/src/urls/targets.ts';
import { type Log, silentLog } from '../../server/src/util/log.ts';
import type { Target } from '../../shared/backlinks.ts';
import { describeSource } from './contract.ts';
import { describeNetworkFailures } from './failures.ts';
import { httpWire, mockWire, type Wire } from './wires.ts';
import { BIG, BIG_TOTAL, EMPTY, endpoint, KEY, SMALL } from './world.ts';

function sourceOver(
  wire: Wire,
  overrides: { readonly transport?: TransportOptions; readonly credentials?: typeof KEY | null; readonly log?: Log } = {},
): Source {
  return createSearchmetricsSource({
    endpoint: wire.address,
    credentials: overrides.credentials === undefined ? KEY : overrides.credentials,
    transport: createTransport({ env: {}, ...wire.options, ...overrides.transport }),
    log: overrides.log ?? silentLog,
    clock: Date.now,
  });
}

function target(text: string): Target {
  const parsed = parseTarget(text);
  if (parsed === null) throw new TypeError(text);
  return parsed;
}

for (const [wireName, open] of [
  ['MockAgent', mockWire],
  ['a real server', httpWire],
] as const) {
  for (const summaries of [true, false]) {
    describeSource({
      name: `searchmetrics over ${wireName}, ${summaries ? 'with' : 'without'} the batch call`,
      async open() {
        const wire = await open(endpoint({ summaries }));
        const source = sourceOver(wire);
        return {
          source,
          big: { target: target(BIG), total: BIG_TOTAL },
          small: { target: target(SMALL), total: 3 },
          empty: target(EMPTY),
          async close() {
            await source.close();
            await wire.close();
          },
        };
      },
    });
  }
  describeNetworkFailures({ name: `searchmetrics over ${wireName}`, open, source: sourceOver, target });
}
