/** The contract client against the one suite, with and without our batch call, and what only it does: tokens, and one call a target. */
import assert from 'node:assert/strict';
import { createSearchmetricsSource } from '../../../server/src/sources/searchmetrics/source.ts';
import type { Source, SummaryResult } from '../../../server/src/sources/source.ts';
import { createTransport } from '../../../server/src/sources/transport.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { describeVendor } from '../vendor.ts';
import { httpWire, mockWire, type Wire } from '../wires.ts';
import { BIG, json, SMALL, target, type WireRequest } from '../world.ts';
import { CONTRACT_FAILURES } from './failures.ts';
import { endpoint, KEY, TOKEN } from './world.ts';

const basic = Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64');
const never = () => new AbortController().signal;

for (const summaries of [true, false]) {
  describeVendor({
    id: 'searchmetrics',
    variant: `${summaries ? 'with' : 'without'} the batch call`,
    key: KEY,
    secrets: [KEY.id, KEY.secret, TOKEN, basic],
    handler: (instead) => endpoint({ summaries, ...(instead === undefined ? {} : { instead }) }),
    create: ({ base, ...parts }) => createSearchmetricsSource({ endpoint: base, ...parts }),
    failures: CONTRACT_FAILURES,
    totals: 'rows',
    rowsOrder: 'strength',
    // Folders are our extension: an endpoint knows them exactly if it knows the batch call, which is found out by the first summaries.
    kinds: ['domain', 'host', 'page'],
    openOnLoopback: true,
    free: ({ path }) => path.startsWith('/v3/token'),
  });
}

function sourceOver(wire: Wire): Source {
  const transport = createTransport({ env: {}, ...wire.options });
  return createSearchmetricsSource({ endpoint: wire.address, credentials: KEY, transport, log: silentLog, clock: Date.now });
}

function outcomes(results: readonly SummaryResult[]): unknown[] {
  return results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason));
}

for (const [wireName, open] of [
  ['MockAgent', mockWire],
  ['a real server', httpWire],
] as const) {
  describe(`searchmetrics over ${wireName}`, () => {
    it('one target that is refused leaves the others answered', async () => {
      const wire = await open(endpoint({ summaries: true }));
      const results = await sourceOver(wire).summaries([target(BIG), target('refused-site.com'), target(SMALL)], never());
      assert.deepEqual(outcomes(results), [533, 'refused-target', 3]);
      await wire.close();
    });

    it('without the batch call, too, one bad target leaves the others answered', async () => {
      const instead = (request: WireRequest) => (request.path.includes('odd-site.com') ? json({ count: 1, response: [{}] }) : null);
      const wire = await open(endpoint({ summaries: false, instead }));
      const results = await sourceOver(wire).summaries([target(BIG), target('odd-site.com'), target(SMALL)], never());
      assert.deepEqual(outcomes(results), [533, 'bad-reply', 3]);
      await wire.close();
    });

    it('makes the calls of v4 where the address ends so', async () => {
      const asV3 = endpoint({ summaries: true });
      const unknown = { status: 404, body: '' };
      const wire = await open((request) =>
        request.path.startsWith('/v4/') ? asV3({ ...request, path: request.path.replace('/v4/', '/v3/') }) : unknown,
      );
      const source = sourceOver({ ...wire, address: `${wire.address}/v4/` });
      assert.deepEqual(outcomes(await source.summaries([target(SMALL)], never())), [3]);
      assert.equal((await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never())).rows.length, 3);
      await wire.close();
    });

    it('puts key and token into headers only', async () => {
      const wire = await open(endpoint({ summaries: true }));
      const source = sourceOver(wire);
      await source.summaries([target(SMALL)], never());
      await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.deepEqual(
        wire.requests.map(({ method, path }) => `${method} ${path}`),
        ['POST /v3/token', 'POST /v3/links/summaries', `GET /v3/ResearchLinksGetListBacklinks.json?url=${SMALL}&limit=10&offset=0`],
      );
      assert.deepEqual(
        wire.requests.map(({ headers }) => headers['authorization']?.split(' ')[0]),
        ['Basic', 'Bearer', 'Bearer'],
      );
      await wire.close();
    });
  });
}
