/** What a limited source passes on, waits for, and learns from its replies. */
import assert from 'node:assert/strict';
import { limitedSource } from '../../../server/src/sources/limited.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import type { HttpReply, Transport } from '../../../server/src/sources/transport.ts';
import { BacklinkLensError, sourceError } from '../../../server/src/util/errors.ts';
import { fakeClock, fakeSource, target } from '../facts/support.ts';

const never = new AbortController().signal;
const SITE = target('some-site.com');

/** A transport that answers each call with the next reply, the last one for ever, and notes when it was asked. */
function answering(...replies: readonly Partial<HttpReply>[]): { readonly transport: Transport; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    transport: {
      async request(url) {
        const reply = replies[Math.min(asked.length, replies.length - 1)];
        asked.push(url);
        return { status: 200, headers: {}, text: '', ...reply };
      },
      close: async () => {},
    },
  };
}

/** A source whose every question is one call, and which reads throttling as it is told to. */
function callingSource(transport: Transport, parts: Partial<Source> = {}): Source {
  const call = async (signal: AbortSignal) => transport.request('https://api.vendor-service.com/rows', { method: 'GET', signal });
  const source = fakeSource({ remote: true, rate: { calls: 2, milliseconds: 1_000 } });
  return {
    ...source,
    async rows(_target, { offset }, signal) {
      await call(signal);
      return { rows: [], offset, total: 0, generation: null };
    },
    ...parts,
  };
}

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;

async function failureOf(call: Promise<unknown>): Promise<BacklinkLensError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(BacklinkLensError.is(error), String(error));
  return error;
}

describe('limited source', () => {
  it('keeps the limit that the source names', async () => {
    const clock = fakeClock();
    const { transport, asked } = answering({});
    const source = limitedSource(transport, clock, (limited) => callingSource(limited));
    assert.ok(source);
    const calls = [1, 2, 3].map(() => source.rows(SITE, PAGE, never));
    await clock.advance(999);
    assert.equal(asked.length, 2);
    await clock.advance(1);
    assert.equal(asked.length, 3);
    await Promise.all(calls);
  });

  for (const [what, reply] of [
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '40' } }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '40' } }],
  ] as const) {
    it(`sends nothing more until the wait of a ${what} is over`, async () => {
      const clock = fakeClock();
      const { transport, asked } = answering(reply, {});
      const source = limitedSource(transport, clock, (limited) => callingSource(limited));
      assert.ok(source);
      await source.rows(SITE, PAGE, never);
      const error = await failureOf(source.rows(SITE, PAGE, never));
      assert.deepEqual([error.reason, error.retryAfter, asked.length], ['throttled', 40_000, 1]);
      await clock.advance(40_000);
      await source.rows(SITE, PAGE, never);
      assert.equal(asked.length, 2);
    });
  }

  it('learns of a wait that only the source can read, for the whole call and for one target of it', async () => {
    for (const tell of ['rows', 'summaries', 'one target', 'balance'] as const) {
      const clock = fakeClock();
      const { transport, asked } = answering({});
      const error = sourceError('throttled', 'wait', { retryAfter: 60_000 });
      const parts: Partial<Source> = {
        summaries: tell === 'one target' ? async () => [{ target: SITE, error }] : () => Promise.reject(error),
        balance: () => Promise.reject(error),
        ...(tell === 'rows' ? { rows: () => Promise.reject(error) } : {}),
      };
      let limited: Transport | null = null;
      const source = limitedSource(transport, clock, (given) => {
        limited = given;
        return callingSource(given, parts);
      });
      assert.ok(source !== null && limited !== null);
      const call = tell === 'rows' ? source.rows(SITE, PAGE, never) : tell === 'balance' ? source.balance?.(never) : source.summaries([SITE], never);
      await call?.catch(() => {});
      const failed = await failureOf((limited as Transport).request('https://api.vendor-service.com/', { method: 'GET', signal: never }));
      assert.deepEqual([failed.reason, asked.length], ['throttled', 0], tell);
    }
  });

  it('passes everything else on as it is', async () => {
    const { transport } = answering({});
    const made = callingSource(transport);
    const source = limitedSource(transport, fakeClock(), () => made);
    assert.ok(source);
    assert.deepEqual([source.account, source.spent, source.capabilities], [made.account, made.spent, made.capabilities]);
    assert.deepEqual(await source.info(never), await made.info(never));
    assert.equal('balance' in source, false);
    assert.equal(
      limitedSource(transport, fakeClock(), () => null),
      null,
    );
    await source.close();
  });

  it('lets a failure without a wait pause nothing', async () => {
    const clock = fakeClock();
    const { transport, asked } = answering({ status: 429 });
    const source = limitedSource(transport, clock, (limited) => callingSource(limited));
    await source?.rows(SITE, PAGE, never);
    await source?.rows(SITE, PAGE, never);
    assert.equal(asked.length, 2);
  });
});
