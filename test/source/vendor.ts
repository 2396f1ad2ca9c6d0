/**
 * The one suite for everybody who is asked over a network: the source contract, what goes wrong, and manners (keys, what is sent, what is
 * counted), each over MockAgent and over a real server. A vendor hands in a stand-in that serves the invented web in its own shape.
 */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import { createTransport, type Transport, type TransportOptions } from '../../server/src/sources/transport.ts';
import { BacklinkLensError } from '../../server/src/util/errors.ts';
import { type Log, silentLog } from '../../server/src/util/log.ts';
import { type InternalFilter, PAGE_LIMITS, type TargetKind } from '../../shared/backlinks.ts';
import { describeSource, FULL, type Shape } from './contract.ts';
import { answersOrFails, damaged, soundCount, soundRow, soundSummary } from './damage.ts';
import { ask, describeNetworkFailures, type FailureCase, failureOf, listening, type Question } from './failures.ts';
import { httpWire, mockWire, type OpenWire, type Wire } from './wires.ts';
import { BIG, BIG_TOTAL, EMPTY, type Handler, type Instead, OF_KIND, SMALL, SMALL_TOTAL, target, type WireReply, type WireRequest } from './world.ts';

export interface VendorParts {
  readonly base: string;
  readonly credentials: { readonly id: string; readonly secret: string } | null;
  readonly transport: Transport;
  readonly log: Log;
  readonly clock: () => number;
}

export interface VendorKit {
  /** As in the settings. */
  readonly id: string;
  /** Where one source is tested in several ways: which one this is. */
  readonly variant?: string;
  /** The key that the stand-in takes; null where there is none. */
  readonly key: { readonly id: string; readonly secret: string } | null;
  /** Never to be seen in a message or a log line. */
  readonly secrets: readonly string[];
  /** A well-behaved server of the vendor's shape over the invented web. It checks the key. */
  readonly handler: (instead?: Instead) => Handler;
  readonly create: (parts: VendorParts) => Source;
  /** The vendor's own ways to fail. */
  readonly failures: readonly FailureCase[];

  /** Where a row page's total comes from (Shape); with `none` it is null or right. */
  readonly totals: Shape['totals'];
  /** Absent: the vendor's own order. */
  readonly rowsOrder?: 'strength';
  /** `none` for a source that gives summaries alone; absent: rows to the end. */
  readonly rows?: 'none';
  /** `none` where summaries say nothing of backlinks, as for a source of ranks. */
  readonly backlinks?: 'none';
  /** Absent: domain, host and page. */
  readonly kinds?: readonly TargetKind[];
  /** Absent: all three. */
  readonly internal?: readonly InternalFilter[];
  /** Calls that one full batch of summaries takes; absent: one. */
  readonly callsPerBatch?: number;
  /** True where the vendor takes its key only in the address. */
  readonly keyInAddress?: boolean;
  /** True where a service on this machine may be open. */
  readonly openOnLoopback?: boolean;
  /** Calls before the real one, as for a token, that are not counted. */
  readonly free?: (request: WireRequest) => boolean;
}

const never = () => new AbortController().signal;
const WIRES: readonly (readonly [string, OpenWire])[] = [
  ['MockAgent', mockWire],
  ['a real server', httpWire],
];

interface Overrides {
  readonly transport?: TransportOptions;
  readonly credentials?: VendorParts['credentials'];
  readonly log?: Log;
}

/** Declares the whole suite for one vendor. */
export function describeVendor(kit: VendorKit): void {
  const shape = shapeOf(kit);
  const questions: readonly Question[] = kit.rows === 'none' ? ['summaries'] : ['rows', 'summaries'];
  const free = (request: WireRequest) => kit.free?.(request) ?? false;
  const source = (wire: Wire, overrides: Overrides = {}) => {
    const transport = createTransport({ env: {}, ...wire.options, ...overrides.transport });
    const credentials = overrides.credentials === undefined ? kit.key : overrides.credentials;
    return kit.create({ base: wire.address, credentials, transport, log: overrides.log ?? silentLog, clock: Date.now });
  };

  for (const [wireName, open] of WIRES) {
    const name = `${kit.id}${kit.variant === undefined ? '' : `, ${kit.variant},`} over ${wireName}`;
    describeSource({
      name,
      shape,
      async open() {
        const wire = await open(kit.handler());
        const opened = source(wire);
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
    const network = { name, open, questions, failures: kit.failures, secrets: kit.secrets, handler: kit.handler, free, source };
    describeNetworkFailures(network);
    describeManners({ name, kit, shape, questions, open, free, source });
  }
  describeDamage(kit, questions, free, source);
}

/** Over MockAgent alone: the way of a reply to the reader is the same. */
function describeDamage(
  kit: VendorKit,
  questions: readonly Question[],
  free: (request: WireRequest) => boolean,
  source: (wire: Wire, overrides?: Overrides) => Source,
): void {
  describe(`damaged replies: ${kit.id}${kit.variant === undefined ? '' : `, ${kit.variant}`}`, () => {
    for (const question of questions) {
      it(`${question}: sound rows and totals, or one of our failures, whatever comes`, async () => {
        const good = kit.handler();
        const replies: WireReply[] = [];
        const keeping = await mockWire((request) => {
          const reply = good(request);
          if (!free(request)) replies.push(reply);
          return reply;
        });
        await ask(source(keeping), question, target(SMALL));
        await keeping.close();
        let [tried, failed] = [0, 0];
        for (const [at, reply] of replies.entries()) {
          for (const bad of damaged(reply)) {
            let calls = 0;
            const wire = await mockWire(kit.handler((request) => (free(request) || calls++ !== at ? null : bad)));
            const asked = source(wire);
            tried++;
            if (!(await answersOrFails(() => soundly(asked, question)))) failed++;
            await asked.close();
            await wire.close();
          }
        }
        assert.ok(tried > 20, `${tried} replies`);
        assert.ok(failed < tried, 'a value that is not read does no harm');
      });
    }
  });
}

async function soundly(asked: Source, question: Question): Promise<void> {
  if (question === 'summaries') for (const result of await asked.summaries([target(SMALL)], never())) soundSummary(result);
  else {
    const page = await asked.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
    soundCount(page.total);
    for (const row of page.rows) soundRow(row);
  }
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

interface Manners {
  readonly name: string;
  readonly kit: VendorKit;
  readonly shape: Shape;
  readonly questions: readonly Question[];
  readonly open: OpenWire;
  readonly free: (request: WireRequest) => boolean;
  readonly source: (wire: Wire, overrides?: Overrides) => Source;
}

function describeManners({ name, kit, shape, questions, open, free, source }: Manners): void {
  /** Runs a test with a stand-in and a source over it. */
  const over =
    (test: (at: { readonly asked: Source; readonly wire: Wire; readonly counted: () => number }) => Promise<void>, overrides?: Overrides) =>
    async () => {
      const wire = await open(kit.handler());
      const asked = source(wire, overrides);
      try {
        await test({ asked, wire, counted: () => wire.requests.filter((request) => !free(request)).length });
      } finally {
        await asked.close();
        await wire.close();
      }
    };

  describe(`manners: ${name}`, () => {
    for (const question of kit.key === null ? [] : questions) {
      const wrong = { id: kit.key?.id ?? '', secret: 'wrong-secret' };
      it(
        `${question}: a wrong key is auth, and says so`,
        over(
          async ({ asked }) => {
            const error = await failureOf(asked, question, target(SMALL));
            assert.equal(error.reason, 'auth', error.message);
            assert.match(error.message, /refused the key.*another key/);
            assert.doesNotMatch(error.message, /wrong-secret/);
          },
          { credentials: wrong },
        ),
      );

      it(
        `${question}: without a key nothing is sent`,
        over(
          async ({ asked, wire }) => {
            if (kit.openOnLoopback === true && !asked.capabilities.remote) return;
            const error = await failureOf(asked, question, target(SMALL));
            assert.equal(error.reason, 'auth', error.message);
            assert.match(error.message, /Backlinks: Set API Key.*BACKLINK_LENS_\w+/);
            assert.deepEqual(wire.requests, []);
          },
          { credentials: null },
        ),
      );
    }

    it(
      'is remote exactly where it leaves this machine, and then has an account without its key',
      over(async ({ asked, wire }) => {
        assert.equal(asked.capabilities.id, kit.id);
        assert.equal(asked.capabilities.remote, open === mockWire);
        assert.equal(asked.account === null, open === httpWire, String(asked.account));
        for (const secret of kit.secrets) assert.ok(!(asked.account ?? '').includes(secret));
        assert.deepEqual(wire.requests, [], 'nothing is sent before the first question');
      }),
    );

    it(
      'counts what it sends, and what it costs',
      over(async ({ asked, counted }) => {
        assert.deepEqual(asked.spent, { calls: 0, rows: 0, amount: 0 });
        for (const question of questions) await ask(asked, question, target(SMALL));
        assert.equal(asked.spent.calls, counted());
        if (shape.rows === 'all') assert.ok(asked.spent.rows >= SMALL_TOTAL, `${asked.spent.rows} rows`);
        assert.equal(asked.spent.amount > 0, asked.capabilities.cost !== null);
      }),
    );

    it(`counts failed calls, too`, async () => {
      const wire = await open(kit.handler((request) => (free(request) ? null : { status: 500, body: '' })));
      const asked = source(wire);
      await failureOf(asked, questions[0] ?? 'summaries', target(SMALL));
      assert.ok(asked.spent.calls >= 1);
      assert.equal(asked.spent.calls, wire.requests.filter((request) => !free(request)).length);
      await asked.close();
      await wire.close();
    });

    it(
      'asks for a full batch at once',
      over(async ({ asked, counted }) => {
        await asked.summaries([target(SMALL)], never());
        const before = counted();
        const batch = asked.capabilities.summaryBatch;
        const targets = [BIG, ...Array.from({ length: batch - 1 }, (_, n) => `filler-${n}.com`)].map(target);
        const results = await asked.summaries(targets, never());
        assert.equal(counted() - before, kit.callsPerBatch ?? 1);
        assert.deepEqual(
          results.map((result) => result.target.id),
          targets.map(({ id }) => id),
        );
        assert.ok(results.every((result) => 'summary' in result));
      }),
    );

    for (const [kind, { text, total }] of Object.entries(OF_KIND)) {
      const able = shape.kinds.some((known) => known === kind);
      it(
        `${able ? 'answers' : 'refuses'} a ${kind}`,
        over(async ({ asked, counted }) => {
          if (!able) return await refuses(asked, text, questions, counted);
          const [result] = await asked.summaries([target(text)], never());
          assert.ok(result !== undefined && 'summary' in result, result === undefined ? 'no result' : 'error' in result ? result.error.message : '');
          assert.equal(result.summary.backlinks, shape.backlinks === 'none' ? null : total);
          if (shape.rows === 'none') return;
          const { rows } = await asked.rows(target(text), { limit: 250, offset: 0, internal: 'exclude' }, never());
          assert.equal(rows.length, Math.min(250, total));
        }),
      );
    }

    if (shape.rows === 'all') {
      it(
        'fills each field that it names',
        over(async ({ asked }) => {
          const { rows } = await asked.rows(target(BIG), { limit: 250, offset: 0, internal: 'exclude' }, never());
          assert.deepEqual(
            asked.capabilities.fields.filter((field) => rows.every((row) => row[field] === null)),
            [],
          );
        }),
      );

      it(
        'is asked for permitted pages only',
        over(async ({ asked, wire }) => {
          for (const [limit, offset] of [
            [7, 0],
            [0, 0],
            [251, 0],
            [10, 5],
            [25, -25],
            [Number.NaN, 0],
          ] as const) {
            const call = asked.rows(target(SMALL), { limit, offset, internal: 'exclude' }, never());
            await assert.rejects(call, (error) => BacklinkLensError.is(error, 'usage.invalid'), `${limit} from ${offset}`);
          }
          assert.deepEqual(wire.requests, []);
          assert.deepEqual(asked.capabilities.pageLimits, PAGE_LIMITS);
        }),
      );
    }

    if (open === mockWire) {
      it(
        'sends nothing private, and answers the rest',
        over(async ({ asked, wire }) => {
          const secret = ['http://router.local/', 'intranet', 'http://10.0.0.8/a', 'https://press.example/'];
          const batch = [...secret.slice(0, asked.capabilities.summaryBatch), SMALL].map(target);
          const results = await asked.summaries(batch, never());
          assert.deepEqual(
            results.map((result) => ('error' in result ? result.error.reason : 'answered')),
            batch.map(({ name: sent }) => (sent === SMALL ? 'answered' : 'refused-target')),
          );
          for (const text of questions.includes('rows') ? secret : []) {
            assert.equal((await failureOf(asked, 'rows', target(text))).reason, 'refused-target');
          }
          const sent = JSON.stringify(wire.requests);
          for (const word of ['router', 'intranet', '10.0.0.8', 'press.example']) assert.ok(!sent.includes(word), word);
        }),
      );
    }

    it('writes one line a call, and no secret into an address or a line', async () => {
      const told: string[] = [];
      const wire = await open(kit.handler());
      const asked = source(wire, { log: listening(told) });
      for (const question of questions) await ask(asked, question, target(SMALL));
      assert.ok(told.length >= questions.length && told.every((line) => line.startsWith(`${kit.id}: `)), told.join('\n'));
      const addresses = kit.keyInAddress === true ? [] : wire.requests.map(({ path }) => path);
      for (const text of [...told, ...addresses]) {
        for (const secret of kit.secrets) assert.ok(!text.includes(secret), text);
      }
      for (const line of told) assert.ok(!line.includes(SMALL), line);
      await asked.close();
      await wire.close();
    });
  });
}

async function refuses(asked: Source, text: string, questions: readonly Question[], counted: () => number): Promise<void> {
  for (const question of questions) {
    const error = await failureOf(asked, question, target(text));
    assert.equal(error.reason, 'refused-target', error.message);
  }
  assert.equal(counted(), 0);
}
