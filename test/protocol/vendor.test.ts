/** A vendor that bills, over the protocol: consent, price, budget, what is never sent, throttling, a pulled network, and a restart that pays nothing. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import {
  type Agreement,
  agreeRequest,
  consentNotification,
  type InitializationOptions,
  lookUpRequest,
  reportRequest,
  type Status,
  sourcesRequest,
  statusRequest,
  usageRequest,
} from '../../shared/protocol.ts';
import { SOURCE_IDS } from '../../shared/sources.ts';
import type { Price } from '../../shared/spending.ts';
import { dataForSeo, envelope, KEY, refused } from '../source/dataforseo/world.ts';
import { BIG, type Instead, json, SMALL } from '../source/world.ts';
import { type FarAway, farAway } from '../support/farAway.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { type Settings, startServer, type TestServer } from './server.ts';

const HOST = 'api.dataforseo.com';
const TEXT = `[strong](https://${BIG}/) [weak](https://${SMALL}/) [ours](https://wiki.corp/x) [key](https://site-three.com/?access_token=abc)\n`;

describe('with a vendor that bills', function () {
  this.timeout(60_000);
  let vendor: FarAway;
  let folder: TestFolder;
  let uri: string;
  let instead: Instead = () => null;
  let server: TestServer;
  let prices: { what: string; source: string; price: Price }[];
  let answer: Agreement;

  before(async () => {
    vendor = await farAway(
      HOST,
      dataForSeo((request) => instead(request)),
    );
    folder = await makeFolder({ 'a.md': TEXT });
    uri = folder.uriOf('a.md');
    await writeFile(path.join(folder.path, 'authority.pem'), vendor.authority);
  });
  beforeEach(() => {
    vendor.asked.splice(0);
    vendor.plug();
    instead = () => null;
    prices = [];
    answer = 'go';
  });
  afterEach(async () => server.stop());
  after(async () => {
    vendor.close();
    await folder.remove();
  });

  async function start(settings: Settings = {}, options: InitializationOptions = {}, consent = true): Promise<void> {
    server = await startServer({
      folders: [folder.uri],
      settings: { source: 'dataforseo', caFile: path.join(folder.path, 'authority.pem'), ...settings },
      options: { credentials: { dataforseo: KEY }, http: { proxy: vendor.proxy }, asksPrice: true, ...options },
    });
    server.connection.onRequest(agreeRequest, (asked) => {
      prices.push(asked);
      return answer;
    });
    await server.open(uri, TEXT);
    if (consent) await server.connection.sendNotification(consentNotification, { source: 'dataforseo', host: HOST, given: true });
  }
  const lookUp = () => server.connection.sendRequest(lookUpRequest, { uri });
  const status = (state: string) =>
    server.until<Status>(
      () => server.connection.sendRequest(statusRequest, {}),
      (found) => found.state === state,
    );
  const pages = async () => (await server.facts(uri)).links.map(({ page }) => (page.state === 'skipped' ? page.reason : page.state));
  const paid = () => vendor.asked.filter((request) => request.path.includes('/backlinks/'));

  it('offers every source, with what it costs and whom it asks', async () => {
    await start();
    const offers = await server.connection.sendRequest(sourcesRequest, {});
    assert.deepEqual(
      offers.map(({ id }) => id),
      SOURCE_IDS,
    );
    const offer = offers.find(({ id }) => id === 'dataforseo');
    assert.deepEqual([offer?.host, offer?.cost?.unit, offer?.experimental, offer?.missing], [HOST, 'USD', false, null]);
  });

  it('asks nothing before the user agrees, and nothing when the price is refused', async () => {
    await start({}, {}, false);
    await status('needs-consent');
    await lookUp();
    assert.deepEqual([vendor.asked.length, await pages()], [0, ['manual', 'manual', 'private', 'private']]);
    await server.connection.sendNotification(consentNotification, { source: 'dataforseo', host: HOST, given: true });
    answer = 'cancel';
    await assert.rejects(lookUp(), /cancelled/);
    assert.equal(vendor.asked.length, 0);
    assert.deepEqual(
      prices.map(({ what, source, price }) => [what, source, price.targets, price.calls, price.unit, price.budgetLeft]),
      // Without consent there is nothing to agree to.
      [['document', 'DataForSEO', 5, 1, 'USD', null]],
    );
  });

  it('asks once for all that may be sent, counts what it cost, and never asks for the same again', async () => {
    await start();
    await lookUp();
    assert.deepEqual(await pages(), ['fresh', 'fresh', 'private', 'private']);
    assert.equal(paid().length, 1);
    assert.doesNotMatch(paid()[0]?.body ?? '', /corp|access_token/);
    await lookUp();
    assert.deepEqual([prices.length, paid().length], [1, 1]);
    const usage = await server.connection.sendRequest(usageRequest, { balance: true });
    assert.deepEqual([usage?.today.calls, usage?.session.calls, usage?.balance?.left, usage?.unit], [1, 1, 41.25, 'USD']);
    assert.ok(Math.abs((usage?.today.amount ?? 0) - (prices[0]?.price.amount ?? 0)) < 1e-9, 'the bill is the price');
    assert.equal((await status('ready')).usage?.today.calls, 1);
    assert.doesNotMatch(server.log.join('\n'), new RegExp(`${KEY.secret}|${KEY.id}|${BIG}/`));
  });

  it('makes a report of what is known where its price is not agreed to, or gives it up', async () => {
    await start();
    answer = 'known';
    const report = await server.connection.sendRequest(reportRequest, { scope: { kind: 'workspace' } });
    assert.deepEqual([report.targets.length, vendor.asked.length, prices[0]?.what], [4, 0, 'report']);
    answer = 'cancel';
    await assert.rejects(server.connection.sendRequest(reportRequest, { scope: { kind: 'workspace' } }), /cancelled/);
    assert.equal(vendor.asked.length, 0);
  });

  it('tells the price by the standard message where the editor has no dialog for it', async () => {
    await start({}, { asksPrice: false });
    const said: { message: string; actions?: { title: string }[] }[] = [];
    server.connection.onRequest('window/showMessageRequest', (message: (typeof said)[number]) => {
      said.push(message);
      return message.actions?.[0] ?? null;
    });
    await lookUp();
    assert.match(said[0]?.message ?? '', /^DataForSEO: 5 targets, 1 call, about \$0\.02$/);
    assert.deepEqual([said[0]?.actions?.map(({ title }) => title), paid().length], [['Look up'], 1]);
  });

  it('sends nothing that matches backlinkLens.neverSend', async () => {
    await start({ neverSend: [`**/${BIG}/**`] });
    await lookUp();
    assert.deepEqual((await pages()).slice(0, 2), ['ignored', 'fresh']);
    assert.doesNotMatch(paid()[0]?.body ?? '', new RegExp(BIG));
  });

  it('asks nothing that the budget of the day has no room for, and says so', async () => {
    await start({ budget: { perDay: { dataforseo: 0.01 } } });
    await lookUp();
    const { detail } = await status('budget');
    assert.match(detail, /budget/i);
    assert.deepEqual([prices[0]?.price.budgetLeft, vendor.asked.length], [0.01, 0]);
  });

  it('says that it was asked to wait, and makes no problem of it', async () => {
    await start();
    instead = ({ path: asked }) =>
      asked.includes('/backlinks/') ? json(envelope([refused(40202, 'Rate limit exceeded.')], 40202, 'Rate limit exceeded.')) : null;
    await lookUp();
    assert.ok(((await status('throttled')).retryAt ?? 0) > 0);
    const report = await server.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
    assert.deepEqual(report.kind === 'full' ? report.items : null, []);
  });

  it('tells a pulled network from what is known; a restart pays nothing again', async () => {
    const storage = path.join(folder.path, '.kept');
    await start({}, { storage });
    vendor.pull();
    await lookUp();
    await status('offline');
    assert.deepEqual((await pages()).slice(0, 2), ['failed', 'failed']);
    vendor.plug();
    await lookUp();
    assert.deepEqual((await pages()).slice(0, 2), ['fresh', 'fresh']);
    assert.equal(paid().length, 1);
    await server.stop();
    vendor.pull();
    await start({}, { storage });
    await server.until(pages, (found) => found[0] === 'fresh' && found[1] === 'fresh');
    await lookUp();
    assert.deepEqual([paid().length, prices.length], [1, 2]);
    const usage = await server.connection.sendRequest(usageRequest, { balance: false });
    // The call that failed was sent, too.
    assert.deepEqual([usage?.today.calls, usage?.session.calls], [2, 0]);
  });

  it('asks nobody in Restricted Mode', async () => {
    await start({}, { trusted: false });
    await status('no-source');
    await lookUp();
    assert.deepEqual([vendor.asked.length, prices.length], [0, 0]);
  });

  it('says what is wrong with an address to which no key may go', async () => {
    await start({ endpoints: { dataforseo: 'http://gateway.links.org' } });
    const { detail } = await server.until<Status>(
      () => server.connection.sendRequest(statusRequest, {}),
      (found) => found.state === 'no-source' && found.detail.includes('backlinkLens.'),
    );
    assert.match(detail, /backlinkLens\.endpoints must begin with https/);
  });
});
