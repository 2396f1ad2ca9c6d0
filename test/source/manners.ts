/** Manners of whoever is asked over a network: keys, what is sent and what never, what is counted, and what is said in the log. */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import { BacklinkLensError } from '../../server/src/util/errors.ts';
import { PAGE_LIMITS } from '../../shared/backlinks.ts';
import { ask, failureOf, listening, type Question } from './failures.ts';
import type { KitOverWire, Overrides } from './vendorKit.ts';
import { mockWire, type Wire } from './wires.ts';
import { BIG, OF_KIND, SMALL, SMALL_TOTAL, target } from './world.ts';

const never = () => new AbortController().signal;

/** Declares them for one way to the network. */
export function describeManners({ name, kit, shape, questions, open, free, source }: KitOverWire): void {
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
      'is remote wherever its answers come from elsewhere, and then has an account without its key',
      over(async ({ asked, wire }) => {
        // A vendor's address on this machine is a gateway; a contract endpoint there is our own service.
        const remote = open === mockWire || kit.openOnLoopback !== true;
        assert.equal(asked.capabilities.id, kit.id);
        assert.equal(asked.capabilities.remote, remote);
        assert.equal(asked.account !== null, remote, String(asked.account));
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

    for (const question of questions) {
      it(`${question}: answers the same where a reply comes a few bytes at a time`, async () => {
        const answers: unknown[] = [];
        for (const behaviour of ['answers', 'drips'] as const) {
          const wire = await open(kit.handler(), behaviour);
          const asked = source(wire);
          answers.push(await ask(asked, question, target(BIG)));
          await asked.close();
          await wire.close();
        }
        assert.deepEqual(answers[1], answers[0]);
      });
    }

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

    it(
      'costs no more than it says beforehand, and not much less',
      over(async ({ asked }) => {
        // What an endpoint can do is found out by its first summaries.
        await asked.summaries([target(SMALL)], never());
        const { cost, summaryBatch } = asked.capabilities;
        if (cost === null || kit.costVaries === true) return;
        const spends = async (said: number, call: () => Promise<unknown>) => {
          const before = asked.spent.amount;
          await call();
          const spent = asked.spent.amount - before;
          const most = Math.max(said, cost.atLeast ?? 0);
          assert.ok(spent <= most * 1.02 && spent >= most / 2, `${spent} ${cost.unit} for what was said to cost ${most}`);
        };
        const targets = [BIG, ...Array.from({ length: summaryBatch - 1 }, (_, n) => `filler-${n}.com`)].map(target);
        await spends(cost.perCall + cost.perTarget * summaryBatch, () => asked.summaries(targets, never()));
        if (shape.rows === 'none') return;
        const page = { limit: 250, offset: 0, internal: 'exclude' } as const;
        await spends(cost.perPage + cost.perRow * 250, () => asked.rows(target(BIG), page, never()));
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
