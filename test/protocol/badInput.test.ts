/** Bad input: each has a clear state in hover, tree and status, nothing crashes, and unknown is never zero. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { credentialsNotification, reportRequest, rowsRequest, type Status, statusRequest } from '../../shared/protocol.ts';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { type StartParameters, startServer, type TestServer } from './server.ts';

const TEXT = '[guide](https://handbook.dev/guide)';

describe('bad input', () => {
  let server: TestServer | null = null;
  let folder: TestFolder;
  let endpoint: TestEndpoint | null = null;

  beforeEach(async () => {
    folder = await makeFolder({ 'a.md': TEXT });
  });
  afterEach(async () => {
    await server?.stop();
    await endpoint?.close();
    await folder.remove();
    [server, endpoint] = [null, null];
  });

  async function open(parameters: StartParameters, uri = folder.uriOf('a.md'), text = TEXT) {
    const started = await startServer(parameters);
    server = started;
    await started.open(uri, text);
    return started;
  }

  async function hoverWith(started: TestServer, wanted: RegExp, uri = folder.uriOf('a.md')): Promise<void> {
    const ask = async () => (await started.hover(uri, 0, 12))?.replace(/\\(.)/g, '$1') ?? '';
    assert.match(await started.until(ask, (text) => wanted.test(text)), wanted);
  }

  async function statusWith(started: TestServer, state: string): Promise<Status> {
    const status = await started.until(
      async () => started.connection.sendRequest(statusRequest, {}),
      (answer) => answer.state === state,
    );
    assert.equal(status.state, state, status.detail);
    return status;
  }

  it('no folder: links to the web are told of, relative ones are not', async () => {
    const started = await open({}, 'file:///nowhere/a.md', `${TEXT} [b](b.md)`);
    await hoverWith(started, /Choose a source/, 'file:///nowhere/a.md');
    assert.equal(await started.hover('file:///nowhere/a.md', 0, TEXT.length + 6), null);
    assert.deepEqual((await started.facts('file:///nowhere/a.md')).links.length, 1);
    assert.equal((await statusWith(started, 'no-source')).known, 0);
  });

  it('an empty document', async () => {
    const started = await open({ folders: [folder.uri] }, folder.uriOf('empty.html'), '');
    assert.deepEqual(await started.facts(folder.uriOf('empty.html')), {
      uri: folder.uriOf('empty.html'),
      version: 1,
      links: [],
      findings: 0,
      problem: null,
    });
    assert.equal(await started.hover(folder.uriOf('empty.html'), 0, 0), null);
    assert.equal(await started.hover(folder.uriOf('empty.html'), 99, 99), null);
  });

  it('a document of 10 MB is scanned, and one over the limit says that it is not', async () => {
    const filler = `<p>${'x'.repeat(1_000)} <a href="https://handbook.dev/guide">g</a></p>\n`;
    const text = filler.repeat(Math.ceil(10_000_000 / filler.length));
    const uri = folder.uriOf('large.html');
    const started = await open({ folders: [folder.uri] }, uri, text);
    assert.ok(((await started.facts(uri)).links[0]?.count ?? 0) > 9_000);
    await started.setSettings({ maxDocumentSize: 5 });
    const facts = await started.until(
      async () => started.facts(uri),
      ({ problem }) => problem !== null,
    );
    assert.deepEqual([facts.links.length, facts.problem], [0, 'Not scanned: larger than 5 MB. Raise backlinkLens.maxDocumentSize to scan it.']);
    assert.equal((await statusWith(started, 'too-large')).detail, facts.problem);
    await started.close(uri);
    await statusWith(started, 'no-source');
  });

  it('a file of the folder that is not UTF-8', async () => {
    await folder.write('latin1.html', Buffer.from('<a href="a.md">\u00fcber</a>', 'latin1'));
    const started = await open({ folders: [folder.uri] }, folder.uriOf('b.md'), '[a](a.md)');
    const ask = async () => (await started.hover(folder.uriOf('b.md'), 0, 5)) ?? '';
    assert.match(await started.until(ask, (text) => text.includes('über')), /latin1\\\.html:1 “über”/);
  });

  it('a missing index', async () => {
    const started = await open({ folders: [folder.uri], settings: { 'index.path': path.join(folder.path, 'none.db') } });
    await hoverWith(started, /none\.db/);
    assert.doesNotMatch((await started.hover(folder.uriOf('a.md'), 0, 12)) ?? '', /None seen|\| 0/);
    assert.match((await statusWith(started, 'index-problem')).detail, /none\.db/);
    assert.equal((await started.facts(folder.uriOf('a.md'))).links[0]?.page.state, 'failed');
    assert.equal((await started.facts(folder.uriOf('a.md'))).findings, 0);
  });

  it('a damaged index', async () => {
    await writeFile(path.join(folder.path, 'bad.db'), 'this is no database at all, not in the least');
    const started = await open({ folders: [folder.uri], settings: { 'index.path': 'bad.db' } });
    await hoverWith(started, /bad\.db .*(damaged|not an index)/);
    await statusWith(started, 'index-problem');
    const target = (await started.facts(folder.uriOf('a.md'))).links[0]?.targets?.page;
    assert.ok(target);
    await assert.rejects(started.connection.sendRequest(rowsRequest, { target, offset: 0, limit: 10 }), (error: { data?: { code?: string } }) =>
      /^(index|source)\./.test(error.data?.code ?? ''),
    );
  });

  const ANSWERS: readonly [name: string, status: number, type: string, body: string, state: string, hover: RegExp][] = [
    ['HTML', 200, 'text/html', '<html>Welcome</html>', 'offline', /sent .* where a JSON reply belongs/],
    ['no response in the reply', 200, 'application/json', '{"count":0}', 'offline', /Check the endpoint/],
    ['a refused key', 401, 'application/json', '{"error":401,"error_message":"no"}', 'needs-key', /refused the key.* · \[Set key\]/],
    ['too many calls', 429, 'application/json', '{"error":429,"error_message":"slow down"}', 'throttled', /asks us to wait/],
  ];
  for (const [name, status, type, body, state, hover] of ANSWERS) {
    it(`an endpoint that answers: ${name}`, async () => {
      endpoint = await startEndpoint((_, response) => response.writeHead(status, { 'content-type': type }).end(body));
      const settings = { source: 'searchmetrics', 'searchmetrics.endpoint': endpoint.url, automatic: true };
      const started = await open({ folders: [folder.uri], settings });
      await started.connection.sendNotification(credentialsNotification, { searchmetrics: { id: 'i', secret: 's' } });
      await hoverWith(started, hover);
      await statusWith(started, state);
      assert.doesNotMatch((await started.hover(folder.uriOf('a.md'), 0, 12)) ?? '', /None (seen|known)|\| 0/);
      assert.ok(!started.log.some((line) => line.includes('handbook.dev/guide')), 'no full URL in the log');
    });
  }

  it('an endpoint that is down', async () => {
    const closed = await startEndpoint((_, response) => response.end());
    await closed.close();
    const started = await open({
      folders: [folder.uri],
      settings: { source: 'searchmetrics', 'searchmetrics.endpoint': closed.url, automatic: true },
    });
    await started.connection.sendNotification(credentialsNotification, { searchmetrics: { id: 'i', secret: 's' } });
    await statusWith(started, 'offline');
    const report = await started.connection.sendRequest(reportRequest, { scope: { kind: 'document', uri: folder.uriOf('a.md') } });
    assert.equal(report.targets[0]?.pageFacts.state, 'failed');
  });

  it('a remote source is not asked before the user agrees', async () => {
    endpoint = await startEndpoint((_, response) => response.writeHead(500).end());
    const remote = { source: 'searchmetrics', 'searchmetrics.endpoint': 'https://backlinks.unreachable.invalid', automatic: true };
    const started = await open({ folders: [folder.uri], settings: remote });
    assert.match((await statusWith(started, 'needs-consent')).detail, /before you agree/);
    await hoverWith(started, /Not asked yet: .* costs about 1 credit a link\. · \[Look up\]/);
  });

  it('a request that is cancelled, and requests for what is not there', async () => {
    endpoint = await startEndpoint(() => {});
    const settings = { source: 'searchmetrics', 'searchmetrics.endpoint': endpoint.url };
    const started = await open({ folders: [folder.uri], settings });
    await started.connection.sendNotification(credentialsNotification, { searchmetrics: { id: 'i', secret: 's' } });
    const cancel = new CancellationTokenSource();
    const report = started.connection.sendRequest(reportRequest, { scope: { kind: 'workspace' } }, cancel.token);
    report.catch(() => {});
    await started.until(
      async () => endpoint?.asked.length,
      (count) => (count ?? 0) > 0,
    );
    cancel.cancel();
    await assert.rejects(report, /cancelled/i);
    assert.equal(await started.hover('file:///never/opened.md', 0, 0), null);
    await started.connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'file:///never/opened.md' } });
    assert.equal((await started.connection.sendRequest(statusRequest, {})).total, 2);
  });
});
