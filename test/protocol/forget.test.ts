/** What stays after a restart of the server, and what is forgotten: a vendor behind a proxy, under its own name. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Agreement,
  agreeRequest,
  consentNotification,
  forgetRequest,
  lookUpRequest,
  rowsRequest,
  statusRequest,
  usageRequest,
} from '../../shared/protocol.ts';
import { dataForSeo, KEY } from '../source/dataforseo/world.ts';
import { BIG, target } from '../source/world.ts';
import { type FarAway, farAway } from '../support/farAway.ts';
import { makeFolder, type TestFolder, temporaryFolder } from '../support/folders.ts';
import { startServer, type TestServer } from './server.ts';

const HOST = 'api.dataforseo.com';
/** 130 pages of 10 sites: 140 targets, two calls. */
const PAGES = Array.from({ length: 130 }, (_, n) => `https://site-${n % 10}.com/page-${n}`);
const TEXT = PAGES.map((url, n) => `${n}. [page](${url})`).join('\n');
const PAGE = { target: target(BIG), offset: 0, limit: 10 };

describe('what was looked up', function () {
  this.timeout(60_000);
  let vendor: FarAway;
  let folder: TestFolder;
  let storage: ReturnType<typeof temporaryFolder>;
  let server: TestServer | null = null;

  before(async () => {
    vendor = await farAway(HOST, dataForSeo());
    folder = await makeFolder({ 'links.md': TEXT });
    storage = temporaryFolder('storage');
    writeFileSync(path.join(storage.folder, 'authority.pem'), vendor.authority);
  });
  afterEach(async () => {
    await server?.stop();
    server = null;
  });
  after(async () => {
    vendor.close();
    storage.remove();
    await folder.remove();
  });

  async function start(perDay: number): Promise<TestServer> {
    await server?.stop();
    server = await startServer({
      folders: [folder.uri],
      settings: { source: 'dataforseo', caFile: path.join(storage.folder, 'authority.pem'), budget: { perDay: { dataforseo: perDay } } },
      options: { storage: storage.folder, credentials: { dataforseo: KEY }, http: { proxy: vendor.proxy }, asksPrice: true },
    });
    vendor.asked.length = 0;
    server.connection.onRequest(agreeRequest, (): Agreement => 'go');
    await server.connection.sendNotification(consentNotification, { source: 'dataforseo', host: HOST, given: true });
    await server.open(folder.uriOf('links.md'), TEXT);
    return server;
  }

  const lookUp = (at: TestServer) => at.connection.sendRequest(lookUpRequest, { uri: folder.uriOf('links.md') });
  const knows = async (at: TestServer, wanted: number) => {
    const count = async () => (await at.facts(folder.uriOf('links.md'))).links.filter(({ page }) => page.state === 'fresh').length;
    assert.equal(await at.until(count, (known) => known === wanted), wanted);
  };

  it('is there after a restart, and so is what the day has cost', async () => {
    const first = await start(1);
    await lookUp(first);
    await first.connection.sendRequest(rowsRequest, PAGE);
    assert.equal(vendor.asked.length, 3);
    const spent = (await first.connection.sendRequest(usageRequest, { balance: false }))?.today;
    const second = await start(1);
    await knows(second, PAGES.length);
    await lookUp(second);
    assert.equal((await second.connection.sendRequest(rowsRequest, PAGE)).rows.length, 10);
    assert.equal(vendor.asked.length, 0);
    const usage = await second.connection.sendRequest(usageRequest, { balance: false });
    assert.deepEqual([usage?.session.calls, usage?.today], [0, spent]);
  });

  it('is there while the network is away, which does not hinder what comes after', async () => {
    const first = await start(1);
    await lookUp(first);
    vendor.pull();
    const second = await start(1);
    await knows(second, PAGES.length);
    await assert.rejects(second.connection.sendRequest(rowsRequest, { ...PAGE, offset: 10 }));
    assert.notEqual((await second.connection.sendRequest(statusRequest, {})).state, 'ready');
    vendor.plug();
    assert.equal((await second.connection.sendRequest(rowsRequest, { ...PAGE, offset: 10 })).rows.length, 10);
    assert.equal((await second.connection.sendRequest(statusRequest, {})).state, 'ready');
  });

  it('is forgotten on request, in memory and on disk; the budget is not', async () => {
    const first = await start(1);
    await lookUp(first);
    await first.connection.sendRequest(forgetRequest, {});
    await knows(first, 0);
    const second = await start(0.05);
    await knows(second, 0);
    await lookUp(second);
    assert.equal(vendor.asked.length, 0);
    const { state, detail } = await second.connection.sendRequest(statusRequest, {});
    assert.equal(state, 'budget', detail);
    assert.match(detail, /Today's budget for DataForSEO has no room.*midnight.*backlinkLens\.budget\.perDay/);
    await assert.rejects(second.connection.sendRequest(rowsRequest, PAGE), /budget/);
  });
});
