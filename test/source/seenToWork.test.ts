/**
 * A workspace of 1,000 links, reported against each vendor's stand-in on a real server: calls, bytes and rows as worked out by hand, a network
 * that is pulled in the middle and comes back, and a restart that repeats no call.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FactCache } from '../../server/src/facts/cache.ts';
import { createDiskCache } from '../../server/src/facts/diskCache.ts';
import { createFactStore } from '../../server/src/facts/factStore.ts';
import { createBacklinkService } from '../../server/src/service.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { systemClock } from '../../server/src/util/clock.ts';
import { type Log, silentLog } from '../../server/src/util/log.ts';
import { createWorkspace } from '../../server/src/workspace/folderWorkspace.ts';
import type { Report } from '../../shared/report.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { makeFolder, type TestFolder, temporaryFolder } from '../support/folders.ts';
import { type FakeClock, fakeClock } from '../unit/facts/support.ts';
import { FAR, type Plug, plugIn } from './plug.ts';
import { STAND_INS, type StandIn } from './standIns.ts';
import { BIG, BIG_TOTAL, target, type WireRequest } from './world.ts';

/** Pages 0 to 999 of 50 sites, 50 in each of 20 documents: 1,000 pages and 50 domains to ask for, the pages first. */
const PAGES = Array.from({ length: 1_000 }, (_, n) => `site-${n % 50}.com/page-${n}`);
const DOMAINS = Array.from({ length: 50 }, (_, n) => `site-${n}.com`);
const N = PAGES.length + DOMAINS.length;

interface Expected {
  /** Requests for the summaries, keys and the like included. */
  readonly requests: number;
  /** What the source counts, in its unit. */
  readonly amount: number;
  /** Bytes of these requests, path and body. */
  readonly bytes: number;
  /** Targets that end up known; the others are of a kind that the vendor does not know. */
  readonly known: number;
  /** Requests that read the 533 rows of one target, 250 at a time, and rows received in them; null where there are none. */
  readonly rows: { readonly requests: number; readonly received: number } | null;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const lengths = (texts: readonly string[]) => sum(texts.map((text) => text.length));
const withScheme = (pages: readonly string[]) => pages.map((page) => `https://${page}`);
/** A body with a JSON list: what is around it for each request, each item, and commas between those of one request. */
const jsonBytes = (requests: number, path: string, around: string, items: readonly string[]) =>
  requests * (path.length + around.length) + lengths(items) + items.length - requests;
const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`);
const encoded = (text: string) => text.replaceAll(':', '%3A').replaceAll('/', '%2F');
/** Positions of N targets in calls of `size`, from 0. */
const places = (size: number) => Array.from({ length: N }, (_, n) => n % size);

const AHREFS_AROUND =
  '{"select":["index","backlinks","backlinks_dofollow","backlinks_nofollow","backlinks_internal","refdomains","url_rating","domain_rating"],"targets":[],"output":"json"}';
const SEMRUSH_AROUND =
  '/analytics/v1/?type=backlinks_comparison&export_columns=target,target_type,ascore,backlinks_num,domains_num,follows_num,nofollows_num&key=a-semrush-key-nobody-may-see';
const TOKEN_CALL = '/v3/token'.length + 'grant_type=client_credentials'.length;
const UUID = '00000000-0000-0000-0000-000000000000';

/** Bing is not here: it tells about the sites of one's own account, not about what one links to. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  // 100 targets a call: 11 calls. $0.024 each, and $0.000036 a target.
  dataforseo: {
    requests: 11,
    amount: 11 * 0.024 + N * 0.000036,
    bytes: jsonBytes(
      11,
      '/v3/backlinks/bulk_pages_summary/live',
      '[{"targets":[],"include_subdomains":true,"rank_scale":"one_thousand"}]',
      quoted([...withScheme(PAGES), ...DOMAINS]),
    ),
    known: N,
    rows: { requests: 3, received: BIG_TOTAL },
  },
  // 100 targets a call: 11 calls. 12 units a target. 100 rows a call, each from the last row of the one before: 3, 3 and 1 calls.
  ahrefs: {
    requests: 11,
    amount: N * 12,
    bytes: jsonBytes(11, '/v3/batch-analysis/batch-analysis', AHREFS_AROUND, [
      ...PAGES.map((page) => `{"url":"${page}","mode":"exact","protocol":"both"}`),
      ...DOMAINS.map((domain) => `{"url":"${domain}","mode":"subdomains","protocol":"both"}`),
    ]),
    known: N,
    rows: { requests: 7, received: BIG_TOTAL + 6 },
  },
  // 100 items a call: 11 calls, 10 of 100 items and one of 50. One unit an item.
  majestic: {
    requests: 11,
    amount: N,
    bytes:
      11 * ('/api/json'.length + 'cmd=GetIndexItemInfo&datasource=fresh&items=&app_api_key=majestic-key-nobody-may-see'.length) +
      lengths([...Array(10).fill('100'), '50']) +
      lengths(places(100).map((place) => `&item${place}=`)) +
      lengths([...withScheme(PAGES), ...DOMAINS].map(encoded)),
    known: N,
    rows: { requests: 3, received: BIG_TOTAL },
  },
  // 50 targets a call: 21 calls. One row a target. 50 rows a call.
  'moz, API v2': {
    requests: 21,
    amount: N,
    bytes: jsonBytes(21, '/v2/url_metrics', '{"targets":[]}', quoted([...PAGES, ...DOMAINS])),
    known: N,
    rows: { requests: 11, received: BIG_TOTAL },
  },
  'moz, Moz API': {
    requests: 21,
    amount: N,
    bytes: jsonBytes(
      21,
      '/jsonrpc',
      `{"jsonrpc":"2.0","id":"${UUID}","method":"data.site.metrics.fetch.multiple","params":{"data":{"site_queries":[]}}}`,
      [...PAGES.map((page) => `{"query":"${page}","scope":"url"}`), ...DOMAINS.map((domain) => `{"query":"${domain}","scope":"domain"}`)],
    ),
    known: N,
    rows: { requests: 11, received: BIG_TOTAL },
  },
  // 40 targets a call: 27 calls.
  semrush: {
    requests: 27,
    amount: N * 40,
    bytes:
      27 * SEMRUSH_AROUND.length +
      lengths([...withScheme(PAGES), ...DOMAINS].map((sent) => `&targets%5B%5D=${encoded(sent)}`)) +
      lengths([...PAGES.map(() => '&target_types%5B%5D=url'), ...DOMAINS.map(() => '&target_types%5B%5D=root_domain')]),
    known: N,
    // The second page finds out how lines are counted.
    rows: { requests: 4, received: BIG_TOTAL },
  },
  // 100 targets of one kind a call: 10 calls of pages, one of domains. 100 credits a target.
  seranking: {
    requests: 11,
    amount: N * 100,
    bytes:
      jsonBytes(10, '/v1/backlinks/summary?output=json', '{"target":[],"mode":"url"}', quoted(withScheme(PAGES))) +
      jsonBytes(1, '/v1/backlinks/summary?output=json', '{"target":[],"mode":"domain"}', quoted(DOMAINS)),
    known: N,
    rows: { requests: 3, received: BIG_TOTAL },
  },
  // Domains only: 50 in one call. It bills nothing, and is counted in calls.
  openpagerank: {
    requests: 1,
    amount: 1,
    bytes: jsonBytes(1, '/v1/domains/bulk', '{"domains":[],"include_history":false}', quoted(DOMAINS)),
    known: DOMAINS.length,
    rows: null,
  },
  // A token; ten targets, to find out whether the batch call is known; it is: 1,000 and 40.
  searchmetrics: {
    requests: 1 + 3,
    amount: 3,
    bytes: TOKEN_CALL + jsonBytes(3, '/v3/links/summaries', '{"targets":[]}', quoted([...PAGES, ...DOMAINS])),
    known: N,
    rows: { requests: 3, received: BIG_TOTAL },
  },
  // A token; ten targets, to find out whether the batch call is known; it is not: one call a target.
  'searchmetrics, one call a target': {
    requests: 1 + 1 + N,
    amount: 1 + N,
    bytes:
      TOKEN_CALL +
      jsonBytes(1, '/v3/links/summaries', '{"targets":[]}', quoted(PAGES.slice(0, 10))) +
      N * '/v3/ResearchLinksGetListBacklinks.json?url=&limit=10&offset=0'.length +
      lengths([...PAGES, ...DOMAINS].map(encoded)),
    known: N,
    rows: { requests: 3, received: BIG_TOTAL },
  },
};

describe('a workspace of 1,000 links', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  before(async () => {
    const file = (f: number) => PAGES.slice(f * 50, f * 50 + 50).map((page, n) => `${n}. [page ${n}](https://${page})`);
    folder = await makeFolder(Object.fromEntries(Array.from({ length: 20 }, (_, f) => [`doc-${String(f).padStart(2, '0')}.md`, file(f).join('\n')])));
  });
  after(() => folder.remove());

  for (const standIn of STAND_INS.filter(({ name }) => name !== 'bing')) describe(`at ${standIn.name}`, () => describeOne(standIn, () => folder));
});

interface Editor {
  readonly source: Source;
  readonly facts: ReturnType<typeof createFactStore>;
  report(): Promise<Report>;
  /** Known targets of a report. */
  known(): number;
  close(): Promise<void>;
}

function describeOne(standIn: StandIn, folder: () => TestFolder): void {
  const expected = EXPECTED[standIn.name];
  if (expected === undefined) throw new TypeError(standIn.name);
  const targets = [...withScheme(PAGES), ...DOMAINS].map((name) => target(name));
  const logged: string[] = [];
  const note = (line: string) => void logged.push(line);
  const log: Log = { debug() {}, info: note, warn: note, error: note };

  /** An editor window: its clock runs a hundred times as fast as ours while something is waited for. */
  async function open(plug: Plug, clock: FakeClock, cache: FactCache | null): Promise<Editor> {
    const source = standIn.create({ base: FAR, credentials: standIn.key, transport: plug.transport, log, clock: () => clock.now() });
    const facts = createFactStore({ clock, log, cache, random: () => 0 });
    facts.setPolicy({ automatic: false, consent: true, ignore: () => false });
    facts.setSource(source);
    const settings = () => DEFAULT_SETTINGS;
    const workspace = createWorkspace([folder().uri], { settings, log: silentLog, clock: systemClock });
    const service = createBacklinkService({
      facts,
      workspace,
      settings,
      log: silentLog,
      clock: () => clock.now(),
      locale: 'en',
      commandLinks: false,
    });
    return {
      source,
      facts,
      report: () =>
        running(
          clock,
          service.report({ kind: 'workspace' }, () => {}, new AbortController().signal),
        ),
      known: () => targets.filter((one) => facts.get(one).state === 'fresh').length,
      close: () => service.close(),
    };
  }

  it(`makes ${expected.requests} requests of ${expected.bytes} bytes, and counts ${expected.amount}`, async () => {
    const plug = await plugIn(standIn.handler());
    const editor = await open(plug, fakeClock(Date.now()), null);
    try {
      const report = await editor.report();
      assert.equal(report.links, 1_000);
      assert.equal(editor.known(), expected.known);
      assert.deepEqual([plug.answered.length, plug.bytes()], [expected.requests, expected.bytes]);
      const { today, session } = editor.facts.usage() ?? {};
      assert.ok(Math.abs((session?.amount ?? Number.NaN) - expected.amount) < 1e-9, `${session?.amount}`);
      assert.deepEqual(today, session);
      await editor.report();
      assert.equal(plug.answered.length, expected.requests, 'a second report asks nothing');
      const price = await editor.facts.price(targets, new AbortController().signal);
      assert.deepEqual([price?.targets, price?.calls, price?.amount], [0, 0, 0]);
    } finally {
      await editor.close();
      await plug.close();
    }
  });

  const { rows } = expected;
  if (rows !== null) {
    it(`reads 533 rows with ${rows.requests} requests, once`, async () => {
      const plug = await plugIn(standIn.handler());
      const editor = await open(plug, fakeClock(Date.now()), null);
      const isToken = ({ path: asked }: WireRequest) => asked.startsWith('/v3/token');
      try {
        for (let round = 0; round < 2; round++) {
          const pages = [];
          for (let offset = 0; offset < BIG_TOTAL; offset += 250)
            pages.push(await editor.facts.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, new AbortController().signal));
          assert.equal(sum(pages.map((page) => page.rows.length)), BIG_TOTAL);
        }
        assert.equal(plug.answered.filter((request) => !isToken(request)).length, rows.requests);
        assert.equal(editor.facts.usage()?.session.rows, rows.received);
      } finally {
        await editor.close();
        await plug.close();
      }
    });
  }

  it('gets everything though the network is pulled in the middle, and asks nothing twice', async () => {
    const half = Math.ceil(expected.requests / 2);
    let unplugged = false;
    const plug: Plug = await plugIn(standIn.handler(), () => {
      if (unplugged || plug.answered.length < half || expected.requests === 1) return true;
      unplugged = true;
      void plug.pull();
      return false;
    });
    const clock = fakeClock(Date.now());
    const editor = await open(plug, clock, null);
    try {
      if (expected.requests === 1) await plug.pull();
      await editor.report();
      assert.ok(editor.known() < expected.known, 'something is missing');
      assert.equal(editor.facts.health().state, 'problem');
      await plug.restore();
      for (let second = 0; second < 900 && editor.known() < expected.known; second++) await running(clock, wait(2));
      assert.equal(editor.known(), expected.known);
      assert.deepEqual(editor.facts.health(), { state: 'ok' });
      const again = plug.answered.length - expected.requests;
      assert.ok(again >= 0 && again <= 1, `${plug.answered.length} requests were answered`);
    } finally {
      await editor.close();
      await plug.close();
    }
  });

  it('repeats no call after a restart', async () => {
    const { folder: storage, remove } = temporaryFolder('restart');
    const workerFile = path.resolve(import.meta.dirname, '../../server/src/facts/disk/cacheWorker.ts');
    const plug = await plugIn(standIn.handler());
    try {
      for (const [start, requests] of [
        ['first', expected.requests],
        ['second', 0],
      ] as const) {
        const before = plug.answered.length;
        const clock = fakeClock(Date.now());
        const cache = createDiskCache({ folder: storage, workerFile, clock, log });
        const editor = await open(plug, clock, cache);
        await editor.report();
        assert.equal(editor.known(), expected.known, start);
        assert.equal(plug.answered.length - before, requests, start);
        assert.ok(Math.abs((editor.facts.usage()?.today.amount ?? 0) - expected.amount) < 1e-9, 'what today has cost is known to both');
        await editor.close();
        await cache.close();
      }
      const { id, secret } = standIn.key;
      assert.ok(logged.length > 0);
      for (const line of logged) assert.ok(!line.includes(secret) && !/site-\d+\.com/.test(line), line);
      for (const file of readdirSync(storage)) {
        const bytes = readFileSync(path.join(storage, file));
        for (const kept of [secret, Buffer.from(`${id}:${secret}`).toString('base64')]) assert.ok(!bytes.includes(kept), `${file} holds a key`);
      }
    } finally {
      await plug.close();
      remove();
    }
  });
}

/** Lets the clock run until the promise is settled. */
async function running<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = promise.finally(() => {
    settled = true;
  });
  done.catch(() => {});
  while (!settled) {
    await clock.advance(100);
    await wait(1);
  }
  return await done;
}
