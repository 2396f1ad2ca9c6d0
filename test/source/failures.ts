/** What goes wrong over a network, for every source that speaks to one: each failure has its reason, says what to do, and keeps secrets. */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import type { TransportOptions } from '../../server/src/sources/transport.ts';
import { BacklinkLensError, isAbort } from '../../server/src/util/errors.ts';
import type { Log } from '../../server/src/util/log.ts';
import type { FailureReason, Target } from '../../shared/backlinks.ts';
import { type Behaviour, mockWire, type OpenWire, type Wire } from './wires.ts';
import { type Handler, type Instead, json, SMALL, target, type WireReply, type WireRequest } from './world.ts';

/** The two questions that a source answers. */
export type Question = 'rows' | 'summaries';

/** A reply that is a failure, or holds one. */
export interface FailureCase {
  readonly what: string;
  /** What is asked, for one target; absent: rows, and summaries where there are no rows. */
  readonly ask?: Question;
  /** Takes the place of the reply to every call that is not free; null leaves it to the well-behaved server. */
  readonly reply: Instead;
  readonly reason: FailureReason;
  /** Words that the message must have: what to do, or which field. */
  readonly says: RegExp;
}

interface CommonCase {
  readonly what: string;
  readonly reply?: (good: WireReply) => WireReply;
  readonly behaviour?: Behaviour;
  readonly transport?: TransportOptions;
  readonly reason: FailureReason;
  readonly says: RegExp;
}

export interface NetworkKit {
  readonly name: string;
  readonly open: OpenWire;
  /** What can be asked at all. */
  readonly questions: readonly Question[];
  readonly failures: readonly FailureCase[];
  /** Never to be seen in a message or a log line. */
  readonly secrets: readonly string[];
  handler(instead?: Instead): Handler;
  /** Calls before the real one, as for a token: they go on as ever. */
  free(request: WireRequest): boolean;
  source(wire: Wire, overrides?: { readonly transport?: TransportOptions; readonly log?: Log }): Source;
}

const COMMON: readonly CommonCase[] = [
  { what: 'throttled (429)', reply: () => json({}, 429, { 'retry-after': '40' }), reason: 'throttled', says: /wait 40 s/ },
  { what: 'trouble at the other side (500)', reply: () => ({ status: 500, body: 'oops' }), reason: 'unavailable', says: /asked again later/ },
  { what: 'maintenance (503)', reply: () => ({ status: 503, headers: { 'retry-after': '7' }, body: '' }), reason: 'unavailable', says: /503/ },
  {
    what: 'a web page',
    reply: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Hello' }),
    reason: 'bad-reply',
    says: /web page/,
  },
  {
    what: 'half a reply',
    reply: (good) => ({ ...good, body: good.body.slice(0, Math.floor(good.body.length / 2)) }),
    reason: 'bad-reply',
    says: /cut off|damaged/,
  },
  { what: 'an empty body', reply: () => ({ status: 200, body: '' }), reason: 'bad-reply', says: /empty reply/ },
  { what: 'an endless body', behaviour: 'endless', reason: 'bad-reply', says: /more than/ },
  { what: 'no answer in time', behaviour: 'hangs', transport: { totalTimeout: 25 }, reason: 'timeout', says: /asked again later/ },
  { what: 'a body that stalls', behaviour: 'stalls', transport: { totalTimeout: 60 }, reason: 'timeout', says: /asked again later/ },
  { what: 'a body that breaks off', behaviour: 'breaks', reason: 'unavailable', says: /service runs/ },
  { what: 'nobody there', behaviour: 'down', reason: 'unavailable', says: /service runs/ },
];

const never = () => new AbortController().signal;

/** Declares the suite for one way to the network. */
export function describeNetworkFailures(kit: NetworkKit): void {
  /** Replaces what is not free. */
  const instead = (reply: Instead): Handler => kit.handler((request) => (kit.free(request) ? null : reply(request)));

  async function fails(
    question: Question,
    handler: Handler,
    expected: Pick<CommonCase, 'behaviour' | 'transport' | 'reason' | 'says'>,
  ): Promise<void> {
    const told: string[] = [];
    const wire = await kit.open(handler, expected.behaviour);
    const source = kit.source(wire, { log: listening(told), ...(expected.transport === undefined ? {} : { transport: expected.transport }) });
    try {
      const error = await failureOf(source, question, target(SMALL));
      assert.deepEqual([error.reason, error.code], [expected.reason, `source.${expected.reason}`], error.message);
      assert.match(error.message, expected.says);
      assert.match(error.message, new RegExp(new URL(wire.address).host.replaceAll('.', '\\.')), 'names the host');
      for (const text of [error.message, ...told]) {
        for (const secret of kit.secrets) assert.ok(!text.includes(secret), text);
      }
    } finally {
      await source.close();
      await wire.close();
    }
  }

  describe(`network failures: ${kit.name}`, () => {
    for (const question of kit.questions) {
      for (const { what, reply, ...expected } of COMMON) {
        // MockAgent has no bodies to stop in: there it would be the case before once more.
        if (expected.behaviour === 'stalls' && kit.open === mockWire) continue;
        it(`${question}: ${what} is ${expected.reason}`, async () => {
          const good = kit.handler();
          await fails(question, reply === undefined ? good : instead((request) => reply(good(request))), expected);
        });
      }

      it(`${question}: a call that hangs can be cancelled`, async () => {
        const wire = await kit.open(kit.handler(), 'hangs');
        const source = kit.source(wire);
        const controller = new AbortController();
        const call = ask(source, question, target(SMALL), controller.signal);
        setTimeout(() => controller.abort(), 10);
        await assert.rejects(call, isAbort);
        await source.close();
        await wire.close();
      });
    }

    for (const { what, ask: question = kit.questions[0] ?? 'summaries', reply, ...expected } of kit.failures) {
      it(`${question}: ${what} is ${expected.reason}`, () => fails(question, instead(reply), expected));
    }

    it('gives Retry-After in milliseconds, from seconds and from a date', async () => {
      for (const [value, low, high] of [
        ['40', 40_000, 40_000],
        [new Date(Date.now() + 90_000).toUTCString(), 85_000, 91_000],
        ['soon', null, null],
      ] as const) {
        const wire = await kit.open(instead(() => json({}, 429, { 'retry-after': value })));
        const source = kit.source(wire);
        const { retryAfter } = await failureOf(source, kit.questions[0] ?? 'summaries', target(SMALL));
        if (low === null) assert.equal(retryAfter, null);
        else assert.ok(retryAfter !== null && retryAfter >= low && retryAfter <= high, String(retryAfter));
        await source.close();
        await wire.close();
      }
    });
  });
}

/** Asks about one target. */
export function ask(source: Source, question: Question, about: Target, signal: AbortSignal = never()): Promise<unknown> {
  return question === 'rows' ? source.rows(about, { limit: 10, offset: 0, internal: 'exclude' }, signal) : source.summaries([about], signal);
}

/** How a question about one target fails: for itself or with the whole call. Throws where it does not. */
export async function failureOf(source: Source, question: Question, about: Target): Promise<BacklinkLensError> {
  try {
    if (question === 'rows') await ask(source, question, about);
    const [result] = question === 'rows' ? [] : await source.summaries([about], never());
    if (result !== undefined && 'error' in result) return result.error;
  } catch (error) {
    if (BacklinkLensError.is(error)) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it did not fail' });
}

/** A log that keeps what it is told. */
export function listening(lines: string[]): Log {
  const note = (line: string) => void lines.push(line);
  return { debug: note, info: note, warn: note, error: note };
}
