/** A source over a stand-in for the tests of what only DataForSEO does. */
import { createDataForSeoSource } from '../../../server/src/sources/dataforseo/source.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import { createTransport } from '../../../server/src/sources/transport.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { mockWire } from '../wires.ts';
import type { Handler, WireRequest } from '../world.ts';
import { KEY } from './world.ts';

export interface Asked {
  readonly source: Source;
  readonly requests: readonly WireRequest[];
  /** Bodies that were sent: the one task of each. */
  readonly tasks: () => readonly Record<string, unknown>[];
}

/** Runs a test over MockAgent, at the vendor's own address unless another is given. */
export async function over(handler: Handler, test: (asked: Asked) => Promise<void>, base?: string): Promise<void> {
  const wire = await mockWire(handler);
  const transport = createTransport({ env: {}, ...wire.options, maxBody: 32_000_000 });
  const common = { credentials: KEY, transport, log: silentLog, clock: Date.now };
  const source = createDataForSeoSource(base === undefined ? common : { ...common, base });
  const tasks = () => wire.requests.map(({ body }) => (JSON.parse(body) as Record<string, unknown>[])[0] ?? {});
  try {
    await test({ source, requests: wire.requests, tasks });
  } finally {
    await source.close();
    await wire.close();
  }
}
