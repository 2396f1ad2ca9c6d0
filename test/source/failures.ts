/** What goes wrong over a network, for every source that speaks to one: each failure has its reason, says what to do, and keeps secrets. */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import type { TransportOptions } from '../../server/src/sources/transport.ts';
import { BacklinkLensError, isAbort } from '../../server/src/util/errors.ts';
import type { Log } from '../../server/src/util/log.ts';
import type { FailureReason, Target } from '../../shared/backlinks.ts';
import type { Behaviour, OpenWire, Wire } from './wires.ts';
import { BIG, endpoint, json, KEY, SMALL, TOKEN, type WireReply, type WireRequest, wireRow } from './world.ts';

export interface NetworkKit {
  readonly name: string;
  readonly open: OpenWire;
  source(wire: Wire, overrides?: { readonly transport?: TransportOptions; readonly credentials?: typeof KEY | null; readonly log?: Log }): Source;
  target(text: string): Target;
}

interface Case {
  readonly what: string;
  /** Replaces the reply of every call but the token's. */
  readonly reply?: (request: WireRequest) => WireReply;
  readonly behaviour?: Behaviour;
  readonly transport?: TransportOptions;
  readonly reason: FailureReason;
  /** Words that the message must have: what to do, or which field. */
  readonly says: RegExp;
}

const list =
  (response: unknown, count: unknown = 1) =>
  () =>
    json({ count, response, response_time: 0.1, balance: 5 });
const rowWith = (fields: Record<string, unknown>) => list([{ ...wireRow(SMALL, 1), ...fields }]);

const CASES: readonly Case[] = [
  {
    what: 'credits used up (403)',
    reply: () => json({ error: 4031001, error_message: 'Insufficient credits to make this service request' }, 403),
    reason: 'quota',
    says: /Add credits/,
  },
  { what: 'forbidden (403)', reply: () => json({ error: 4031002, error_message: 'No access' }, 403), reason: 'auth', says: /another key/ },
  {
    what: 'an error inside a reply of status 200',
    reply: () => json({ error: 4001003, error_message: 'parameter "url" is required!' }),
    reason: 'refused-target',
    says: /url/,
  },
  {
    what: 'throttled (429)',
    reply: () => json({ error: 4291001, error_message: 'slow down' }, 429, { 'retry-after': '40' }),
    reason: 'throttled',
    says: /wait 40 s/,
  },
  { what: 'trouble at the other side (500)', reply: () => ({ status: 500, body: 'oops' }), reason: 'unavailable', says: /asked again later/ },
  { what: 'maintenance (503)', reply: () => ({ status: 503, headers: { 'retry-after': '7' }, body: '' }), reason: 'unavailable', says: /503/ },
  {
    what: 'an unknown call (404)',
    reply: () => json({ error: 4001004, error_message: 'Unknown Service' }, 404),
    reason: 'unavailable',
    says: /address of the endpoint/,
  },
  {
    what: 'a web page',
    reply: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Hello' }),
    reason: 'bad-reply',
    says: /web page/,
  },
  { what: 'truncated JSON', reply: () => ({ status: 200, body: '{"count":533,"response":[{"backlinkpa' }), reason: 'bad-reply', says: /cut off/ },
  { what: 'an empty body', reply: () => ({ status: 200, body: '' }), reason: 'bad-reply', says: /empty reply/ },
  { what: 'JSON that is no object', reply: () => json('yes'), reason: 'bad-reply', says: /an object/ },
  { what: 'response undefined though there are rows', reply: () => json({ count: 9 }), reason: 'bad-reply', says: /response/ },
  { what: 'response null though there are rows', reply: list(null, 9), reason: 'bad-reply', says: /response/ },
  { what: 'response of scalars', reply: list([52174]), reason: 'bad-reply', says: /response\[0\]/ },
  { what: 'neither count nor response', reply: () => json({ response_time: 1 }), reason: 'bad-reply', says: /response/ },
  { what: 'a count that is none', reply: list([], 'many'), reason: 'bad-reply', says: /count/ },
  { what: 'a row without its page', reply: rowWith({ backlinkpage: null }), reason: 'bad-reply', says: /response\[0\]\.backlinkpage/ },
  { what: 'a number that is none', reply: rowWith({ extL: 'many' }), reason: 'bad-reply', says: /response\[0\]\.extL/ },
  { what: 'half a link', reply: rowWith({ sumL: 1.5 }), reason: 'bad-reply', says: /response\[0\]\.sumL/ },
  { what: 'a strength off its scale', reply: rowWith({ sr: 58 }), reason: 'bad-reply', says: /response\[0\]\.sr/ },
  { what: 'a title that is no text', reply: rowWith({ title: ['a'] }), reason: 'bad-reply', says: /response\[0\]\.title/ },
  { what: 'a nofollow of 2', reply: rowWith({ nofollow: 2 }), reason: 'bad-reply', says: /response\[0\]\.nofollow/ },
  { what: 'an endless body', behaviour: 'endless', reason: 'bad-reply', says: /more than/ },
  { what: 'no answer in time', behaviour: 'hangs', transport: { totalTimeout: 60 }, reason: 'timeout', says: /asked again later/ },
  { what: 'nobody there', behaviour: 'down', reason: 'unavailable', says: /service runs/ },
];

const never = () => new AbortController().signal;
const notToken = (reply: (request: WireRequest) => WireReply) => (request: WireRequest) =>
  request.path.startsWith('/v3/token') ? null : reply(request);

/** Declares the suite for one way to the network. */
export function describeNetworkFailures(kit: NetworkKit): void {
  describe(`network failures: ${kit.name}`, () => {
    for (const { what, reply, behaviour, transport, reason, says } of CASES) {
      it(`${what} is ${reason}`, async () => {
        const told: string[] = [];
        const wire = await kit.open(endpoint({ summaries: true, ...(reply === undefined ? {} : { instead: notToken(reply) }) }), behaviour);
        const source = kit.source(wire, { log: listening(told), ...(transport === undefined ? {} : { transport }) });
        try {
          const error = await source.rows(kit.target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never()).then(
            () => null,
            (failure: unknown) => failure,
          );
          assert.ok(BacklinkLensError.is(error), String(error));
          assert.deepEqual([error.reason, error.code], [reason, `source.${reason}`], error.message);
          assert.match(error.message, says);
          assert.match(error.message, new RegExp(new URL(wire.address).host.replaceAll('.', '\\.')), 'names the host');
          for (const text of [error.message, ...told]) keepsSecrets(text);
        } finally {
          await source.close();
          await wire.close();
        }
      });
    }

    it('a wrong key is auth, and says so', async () => {
      const wire = await kit.open(endpoint({ summaries: true }));
      const error = await failureOf(kit.source(wire, { credentials: { id: KEY.id, secret: 'wrong-secret' } }), kit.target(SMALL));
      assert.equal(error.reason, 'auth');
      assert.match(error.message, /refused the key.*another key/);
      assert.doesNotMatch(error.message, /wrong-secret/);
      await wire.close();
    });

    it('gives Retry-After in milliseconds, from seconds and from a date', async () => {
      for (const [value, low, high] of [
        ['40', 40_000, 40_000],
        [new Date(Date.now() + 90_000).toUTCString(), 85_000, 91_000],
        ['soon', null, null],
      ] as const) {
        const wire = await kit.open(endpoint({ summaries: true, instead: notToken(() => json({}, 429, { 'retry-after': value })) }));
        const { retryAfter } = await failureOf(kit.source(wire), kit.target(SMALL));
        if (low === null) assert.equal(retryAfter, null);
        else assert.ok(retryAfter !== null && retryAfter >= low && retryAfter <= high, String(retryAfter));
        await wire.close();
      }
    });

    it('one target that is refused leaves the others answered', async () => {
      const wire = await kit.open(endpoint({ summaries: true }));
      const results = await kit.source(wire).summaries([kit.target(BIG), kit.target('refused-site.com'), kit.target(SMALL)], never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
        [533, 'refused-target', 3],
      );
      await wire.close();
    });

    it('without the batch call, too, one bad target leaves the others answered', async () => {
      const instead = (request: WireRequest) => (request.path.includes('odd-site.com') ? json({ count: 1, response: [{}] }) : null);
      const wire = await kit.open(endpoint({ summaries: false, instead }));
      const results = await kit.source(wire).summaries([kit.target(BIG), kit.target('odd-site.com'), kit.target(SMALL)], never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
        [533, 'bad-reply', 3],
      );
      await wire.close();
    });

    it('a call that hangs can be cancelled', async () => {
      const wire = await kit.open(endpoint({ summaries: true }), 'hangs');
      const controller = new AbortController();
      const call = kit.source(wire).summaries([kit.target(BIG)], controller.signal);
      setTimeout(() => controller.abort(), 30);
      await assert.rejects(call, isAbort);
      await wire.close();
    });

    it('puts key and token into headers only', async () => {
      const wire = await kit.open(endpoint({ summaries: true }));
      const source = kit.source(wire);
      await source.summaries([kit.target(SMALL)], never());
      await source.rows(kit.target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
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

async function failureOf(source: Source, target: Target): Promise<BacklinkLensError> {
  const error = await source.rows(target, { limit: 10, offset: 0, internal: 'exclude' }, never()).then(
    () => null,
    (failure: unknown) => failure,
  );
  if (!BacklinkLensError.is(error)) throw new assert.AssertionError({ message: `no failure but ${String(error)}` });
  return error;
}

function keepsSecrets(text: string): void {
  for (const secret of [KEY.id, KEY.secret, TOKEN, Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')])
    assert.ok(!text.includes(secret), text);
}

function listening(lines: string[]): Log {
  const note = (line: string) => void lines.push(line);
  return { debug: note, info: note, warn: note, error: note };
}
