/**
 * The one suite for everybody who is asked over a network: the source contract, what goes wrong, and manners (keys, what is sent, what is
 * counted), each over MockAgent and over a real server. A vendor hands in a stand-in that serves the invented web in its own shape.
 */
import { createTransport } from '../../server/src/sources/transport.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { describeSource, FULL, type Shape } from './contract.ts';
import { describeDamage } from './damagedReplies.ts';
import { describeNetworkFailures } from './failures.ts';
import { describeManners } from './manners.ts';
import type { KitAtWork, VendorKit } from './vendorKit.ts';
import { httpWire, mockWire, type OpenWire } from './wires.ts';
import { BIG, BIG_TOTAL, EMPTY, SMALL, SMALL_TOTAL, target } from './world.ts';

const WIRES: readonly (readonly [string, OpenWire])[] = [
  ['MockAgent', mockWire],
  ['a real server', httpWire],
];

/** Declares the whole suite for one vendor. */
export function describeVendor(kit: VendorKit): void {
  const at = atWork(kit);
  for (const [wireName, open] of WIRES) {
    const name = `${kit.id}${kit.variant === undefined ? '' : `, ${kit.variant},`} over ${wireName}`;
    describeSource({
      name,
      shape: at.shape,
      async open() {
        const wire = await open(kit.handler());
        const opened = at.source(wire);
        return {
          source: opened,
          big: { target: target(BIG), total: BIG_TOTAL },
          small: { target: target(SMALL), total: SMALL_TOTAL },
          empty: target(EMPTY),
          async close() {
            await opened.close();
            await wire.close();
          },
        };
      },
    });
    describeNetworkFailures({ ...at, name, open, failures: kit.failures, secrets: kit.secrets, handler: kit.handler });
    describeManners({ ...at, name, open });
  }
  describeDamage(at);
}

function atWork(kit: VendorKit): KitAtWork {
  return {
    kit,
    shape: shapeOf(kit),
    questions: kit.rows === 'none' ? ['summaries'] : ['rows', 'summaries'],
    free: (request) => kit.free?.(request) ?? false,
    source(wire, overrides = {}) {
      const transport = createTransport({ env: {}, ...wire.options, ...overrides.transport });
      const credentials = overrides.credentials === undefined ? kit.key : overrides.credentials;
      return kit.create({ base: wire.address, credentials, transport, log: overrides.log ?? silentLog, clock: Date.now });
    },
  };
}

function shapeOf(kit: VendorKit): Shape {
  return {
    rows: kit.rows ?? 'all',
    totals: kit.totals,
    order: kit.rowsOrder ?? 'own',
    kinds: kit.kinds ?? FULL.kinds,
    backlinks: kit.backlinks ?? 'counted',
    internal: kit.internal ?? FULL.internal,
  };
}
