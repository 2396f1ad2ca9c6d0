/**
 * No key appears anywhere but in the request it belongs to: every source, made as the settings make it, asked through the facts with a cache on
 * disk, against servers that answer well, repeat in their replies all that they were sent, hang up, or are not there.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import { createDiskCache } from '../../server/src/facts/diskCache.ts';
import { createFactStore } from '../../server/src/facts/factStore.ts';
import { offerSources } from '../../server/src/sources/offers.ts';
import { createSource } from '../../server/src/sources/registry.ts';
import { createTransport, type Transport } from '../../server/src/sources/transport.ts';
import { type Clock, systemClock } from '../../server/src/util/clock.ts';
import type { Log } from '../../server/src/util/log.ts';
import { readSettings, type Settings } from '../../shared/settings.ts';
import type { SourceId } from '../../shared/sources.ts';
import { temporaryFolder } from '../support/folders.ts';
import { listen } from '../support/listen.ts';
import * as ahrefs from './ahrefs/world.ts';
import * as bing from './bing/world.ts';
import * as dataforseo from './dataforseo/world.ts';
import * as majestic from './majestic/world.ts';
import * as moz from './moz/world.ts';
import * as openpagerank from './openpagerank/world.ts';
import { FAR } from './plug.ts';
import * as searchmetrics from './searchmetrics/world.ts';
import * as semrush from './semrush/world.ts';
import * as seranking from './seranking/world.ts';
import { mockWire } from './wires.ts';
import { BIG, EMPTY, type Handler, type Instead, SMALL, target, type WireReply, type WireRequest } from './world.ts';

interface Asked {
  readonly id: SourceId;
  readonly key: { readonly id: string; readonly secret: string };
  readonly handler: (instead?: Instead) => Handler;
  /** Made of the key by the server. */
  readonly tokens?: readonly string[];
}

const EVERY: readonly Asked[] = [
  { id: 'dataforseo', key: dataforseo.KEY, handler: dataforseo.dataForSeo },
  { id: 'ahrefs', key: ahrefs.KEY, handler: ahrefs.ahrefs },
  { id: 'majestic', key: majestic.KEY, handler: majestic.majestic },
  { id: 'moz', key: moz.LOGIN, handler: moz.v2 },
  { id: 'moz', key: moz.TOKEN, handler: moz.v3 },
  { id: 'semrush', key: semrush.KEY, handler: semrush.semrush },
  { id: 'seranking', key: seranking.KEY, handler: seranking.seranking },
  { id: 'openpagerank', key: openpagerank.KEY, handler: openpagerank.openPageRank },
  { id: 'bing', key: bing.KEY, handler: bing.bing },
  { id: 'searchmetrics', key: searchmetrics.KEY, handler: contract(true), tokens: [searchmetrics.TOKEN] },
  { id: 'searchmetrics', key: searchmetrics.KEY, handler: contract(false), tokens: [searchmetrics.TOKEN] },
];

function contract(summaries: boolean): (instead?: Instead) => Handler {
  return (instead) => searchmetrics.endpoint({ summaries, ...(instead === undefined ? {} : { instead }) });
}

/** Every form in which a key travels. */
function formsOf({ key: { id, secret }, tokens = [] }: Asked): readonly string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [...tokens, secret, encodeURIComponent(secret), base64(secret), base64(`${id}:${secret}`)];
}

/** All that was sent, in the words that vendors use for complaints. */
function echo({ path: asked, headers, body }: WireRequest, status: number): WireReply {
  return complaint(`I was asked ${asked} with ${JSON.stringify(headers)} and ${body}`, status);
}

/** Only what the key is in: short enough to be repeated whole. */
function echoKey({ path: asked, headers, body }: WireRequest, status: number): WireReply {
  return complaint(headers['authorization'] ?? headers['x-moz-token'] ?? (body.includes('key') ? body.slice(-100) : asked.slice(-100)), status);
}

function complaint(said: string, status: number): WireReply {
  const words = { message: said, error: said, error_message: said, ErrorMessage: said, FullError: said, status_message: said, Message: said };
  return {
    status,
    body: JSON.stringify({ ...words, status_code: 40100, Code: 'InvalidAPIKey', ErrorCode: 3, tasks: [{ ...words, status_code: 40501 }] }),
  };
}

const ECHOES: readonly (readonly [what: string, instead: Instead])[] = [
  ...[200, 400, 401, 403, 404, 429, 500].map((status) => [`repeats everything, ${status}`, (request: WireRequest) => echo(request, status)] as const),
  ...[200, 400, 401, 429, 500].map((status) => [`repeats the key alone, ${status}`, (request: WireRequest) => echoKey(request, status)] as const),
  [
    'repeats the key where an object belongs',
    ({ headers }) => ({ status: 400, body: JSON.stringify({ error: { message: headers['authorization'] } }) }),
  ],
  ['answers in plain text', ({ path: asked }) => ({ status: 200, body: `ERROR 120 :: WRONG KEY - ID PAIR ${asked.split('?').at(-1)?.slice(-100)}` })],
  ['gives what is no JSON', ({ path: asked, headers }) => ({ status: 200, body: `{"a": ${asked} ${headers['authorization']}` })],
  ['redirects to somebody else', ({ path: asked }) => ({ status: 302, headers: { location: `https://elsewhere.org${asked}` }, body: '' })],
  ['redirects in circles', ({ path: asked }) => ({ status: 307, headers: { location: asked }, body: '' })],
];

/** Everything that comes to light while a source is asked. */
class Seen {
  readonly texts: string[] = [];

  readonly log: Log = {
    debug: (message) => void this.texts.push(message),
    info: (message) => void this.texts.push(message),
    warn: (message) => void this.texts.push(message),
    error: (message) => void this.texts.push(message),
  };

  /** With causes, hidden properties and all. */
  add(value: unknown): void {
    this.texts.push(inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null }));
    if (value instanceof Error) this.texts.push(String(value), value.stack ?? '');
  }

  holdsNone(secrets: readonly string[]): void {
    for (const text of this.texts) {
      for (const secret of secrets) {
        const at = text.indexOf(secret);
        assert.ok(at < 0, `…${text.slice(Math.max(0, at - 150), at)}<here>`);
      }
    }
  }
}

/** The machine's clock, which goes ahead by what a call would wait for its turn. */
function hurriedClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    after(milliseconds, run) {
      const timer = setTimeout(() => {
        ahead += milliseconds;
        run();
      }, 0);
      return () => clearTimeout(timer);
    },
  };
}

const workerFile = path.join(import.meta.dirname, '../../server/src/facts/disk/cacheWorker.ts');

/** Asks for all there is to ask, of one server after another, and looks at all there is to see. */
class Look {
  readonly seen = new Seen();
  readonly #asked: Asked;
  readonly #folder = temporaryFolder('secrets').folder;
  readonly #cache = createDiskCache({ folder: this.#folder, workerFile, clock: systemClock, log: this.seen.log });

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  async at(transport: Transport, base = FAR): Promise<void> {
    const { id, key } = this.#asked;
    const { seen } = this;
    const clock = hurriedClock();
    const settings: Settings = readSettings({ source: id, endpoints: { [id]: base }, searchmetrics: { endpoint: base } });
    const source = createSource(settings, {
      transport,
      credentials: { [id]: key },
      openIndex: () => assert.fail('no index'),
      log: seen.log,
      clock: () => clock.now(),
      after: (...alarm) => clock.after(...alarm),
    });
    assert.ok(source, id);
    const facts = createFactStore({ clock: systemClock, log: seen.log, cache: this.#cache });
    facts.setPolicy({ automatic: true, consent: true, ignore: () => false });
    facts.setSource(source);
    const signal = AbortSignal.timeout(20_000);
    const targets = [BIG, SMALL, EMPTY, `https://${BIG}/`].map(target);
    const page = { limit: 10, offset: 0, internal: 'exclude' } as const;
    const calls = await Promise.allSettled([
      facts.want(targets, { priority: 'document', asked: true, signal }),
      ...[BIG, SMALL].map((name) => facts.rows(target(name), page, signal)),
      source.summaries(targets.slice(0, 2), signal),
      source.rows(target(SMALL), page, signal),
      source.balance?.(signal),
      source.info(signal),
    ]);
    for (const call of calls) seen.add(call.status === 'rejected' ? call.reason : call.value);
    for (const one of targets) seen.add(facts.get(one));
    seen.add(facts.health());
    seen.add([source.account, source.spent, source.capabilities]);
    seen.add(offerSources(settings));
    await facts.close();
  }

  /** Everything, the files of the cache included. */
  async end(): Promise<Seen> {
    await this.#cache.close();
    for (const file of readdirSync(this.#folder)) this.seen.texts.push(readFileSync(path.join(this.#folder, file), 'latin1'));
    rmSync(this.#folder, { recursive: true, force: true });
    return this.seen;
  }
}

/** What a server says before it hangs up; null: there is none. */
const BREAKS: readonly (string | null)[] = [
  '',
  'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncut',
  'SSH-2.0\r\n',
  'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nxyz',
  null,
];

describe('keys are seen nowhere', function () {
  this.timeout(30_000);
  for (const asked of EVERY) {
    const { id, key, tokens, handler } = asked;
    const name = `${id}${key === moz.TOKEN ? ', Moz API' : ''}`;
    const secrets = formsOf(asked);

    /** Everything that is sent to a server that answers so. */
    async function over(look: Look, instead?: Instead): Promise<readonly string[]> {
      const wire = await mockWire(handler(instead));
      const transport = createTransport({ env: {}, ...wire.options });
      await look.at(transport, wire.address);
      await transport.close();
      await wire.close();
      return wire.requests.map(({ path: at, headers, body }) => `${at} ${JSON.stringify(headers)} ${body}`);
    }

    it(`${name}: where all is well`, async () => {
      const look = new Look(asked);
      const sent = await over(look);
      const seen = await look.end();
      const { texts } = seen;
      assert.ok(
        sent.some((request) => secrets.some((secret) => request.includes(secret))),
        'the forms of the key are those that are sent',
      );
      assert.ok(
        texts.some((text) => text.includes(`${id}: `)),
        'something was logged',
      );
      assert.ok(
        texts.some((text) => text.startsWith('SQLite format 3') && text.includes(BIG)),
        'something was kept on disk',
      );
      seen.holdsNone(secrets);
    });

    it(`${name}: where the other side repeats what it was sent`, async () => {
      const look = new Look(asked);
      for (const [what, instead] of ECHOES) {
        const tokenFirst: Instead = (request) => (request.path.startsWith('/v3/token') ? null : instead(request));
        for (const given of tokens === undefined ? [instead] : [instead, tokenFirst]) assert.ok((await over(look, given)).length > 0, what);
      }
      (await look.end()).holdsNone(secrets);
    });

    it(`${name}: where connections fail in every way`, async () => {
      const look = new Look(asked);
      for (const words of BREAKS) {
        const server = createServer((socket) => {
          socket.on('error', () => {});
          socket.once('data', () => socket.end(words ?? ''));
        });
        const near = `http://127.0.0.1:${await listen(server)}`;
        if (words === null) await new Promise((resolve) => server.close(resolve));
        const inner = createTransport({ env: {} });
        await look.at({ request: (url, request) => inner.request(url.replace(FAR, near), request), close: () => inner.close() });
        await inner.close();
        server.close();
      }
      (await look.end()).holdsNone(secrets);
    });
  }
});
