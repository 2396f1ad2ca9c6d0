/** The whole way with a real index: a document opens, its links are looked up, and hover, tree, rows, inspect, look-up and report know. */
import assert from 'node:assert/strict';
import { ProgressType, type WorkDoneProgressBegin, type WorkDoneProgressEnd, type WorkDoneProgressReport } from 'vscode-languageserver-protocol/node';
import type { ReportScope } from '../../server/src/service.ts';
import {
  documentFactsRequest,
  inspectRequest,
  lookUpRequest,
  reportRequest,
  rowsRequest,
  type Status,
  statusRequest,
  workspaceBacklinksRequest,
} from '../../shared/protocol.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { buildSmallWeb, type SmallWeb } from '../support/smallWeb.ts';
import { startServer, type TestServer } from './server.ts';

type WorkDone = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

const TEXT = [
  '# Links',
  '',
  '[guide](https://handbook.dev/guide) and [form](https://handbook.dev/form)',
  '[many](https://handbook.dev/many) [nowhere](https://unseen.org/) [router](http://192.168.1.7/)',
  '[broken](http://[bad) [other](other.md) ![pic](https://handbook.dev/pic.png) [mail](mailto:a@b.c)',
].join('\n');

describe('with an index', () => {
  let web: SmallWeb;
  let folder: TestFolder;
  let server: TestServer;
  let uri: string;

  before(async () => {
    web = await buildSmallWeb();
    folder = await makeFolder({ 'links.md': TEXT, 'other.md': '[guide](https://handbook.dev/guide)' });
    uri = folder.uriOf('links.md');
    server = await startServer({
      folders: [folder.uri],
      settings: { source: 'index', index: { path: web.index }, rules: { 'no-backlinks': 'hint' } },
    });
    await server.open(uri, TEXT);
    await server.until(
      async () => (await server.facts(uri)).links.filter(({ page }) => page.state === 'fresh').length,
      (known) => known === 4,
    );
  });
  after(async () => {
    await server.stop();
    await folder.remove();
    await web.remove();
  });

  it('textDocument/hover knows the page, its domain and the strongest pages', async () => {
    const hover = (await server.hover(uri, 2, 12))?.replace(/\\(.)/g, '$1').replaceAll('\u00A0', ' ') ?? '';
    assert.match(hover, /^\*\*handbook\.dev\/guide\*\* · /m);
    assert.match(hover, /^\| Backlinks \| 3 \| 35 \|$/m);
    assert.match(hover, /^\| Referring domains \| 2 \| 33 \|$/m);
    assert.match(hover, /^\| In this folder \| 2 \| 4 \|$/m);
    assert.match(hover, /We \*love\* the guide <script> — “the guide” · followed · since Nov 2026 · and 1 more \|/);
    assert.match(hover, /^Embedded index of 36 pages, crawled Nov 2, 2026/m);
  });

  it('textDocument/hover says that an index knows pages, not the web', async () => {
    assert.match((await server.hover(uri, 3, 50)) ?? '', /None seen on the 36 pages of this index/);
  });

  it('textDocument/hover names the reason for what was not looked up', async () => {
    assert.match((await server.hover(uri, 4, 12)) ?? '', /Not looked up: http\\:\\\/\\\/\\\[bad is not a URL/);
    assert.equal(await server.hover(uri, 4, TEXT.split('\n')[4]?.indexOf('pic.png') ?? 0), null);
    assert.equal(await server.hover(uri, 4, TEXT.split('\n')[4]?.indexOf('mailto') ?? 0), null);
  });

  it('backlinkLens/documentFacts lists the links with what is known', async () => {
    const facts = await server.connection.sendRequest(documentFactsRequest, { uri });
    assert.ok(facts);
    assert.deepEqual(
      facts.links.map(({ url, page, local }) => [url, page.state === 'fresh' ? page.value.backlinks : page.state, local?.exists ?? null]),
      [
        ['https://handbook.dev/guide', 3, null],
        ['https://handbook.dev/form', 2, null],
        ['https://handbook.dev/many', 30, null],
        ['https://unseen.org/', 0, null],
        // A local index is asked for private addresses, too, but "none seen" would say nothing about them.
        ['http://192.168.1.7/', 'skipped', null],
        ['other.md', 'unknown', true],
      ],
    );
    assert.equal(facts.version, 1);
    assert.equal(await server.connection.sendRequest(documentFactsRequest, { uri: 'file:///not/open.md' }), null);
  });

  it('backlinkLens/rows pages through a target', async () => {
    const target = (await server.facts(uri)).links[2]?.targets?.page;
    assert.ok(target);
    const pages = await Promise.all([0, 10, 20, 30].map(async (offset) => server.connection.sendRequest(rowsRequest, { target, offset, limit: 10 })));
    assert.deepEqual(
      pages.map(({ rows, total }) => [rows.length, total]),
      [
        [10, 30],
        [10, 30],
        [10, 30],
        [0, 30],
      ],
    );
    assert.equal(new Set(pages.flatMap(({ rows }) => rows.map(({ sourceUrl }) => sourceUrl))).size, 30);
  });

  it('backlinkLens/inspect looks up what was typed', async () => {
    const found = await server.connection.sendRequest(inspectRequest, { text: ' handbook.dev ' });
    assert.equal(found?.target.kind, 'domain');
    assert.equal(found.facts.state === 'fresh' ? found.facts.value.backlinks : found.facts.state, 35);
    assert.equal(await server.connection.sendRequest(inspectRequest, { text: 'no url at all' }), null);
  });

  it('backlinkLens/lookUp asks for a document or one link of it', async () => {
    const range = { start: { line: 2, character: 10 }, end: { line: 2, character: 12 } };
    assert.deepEqual(await server.connection.sendRequest(lookUpRequest, { uri, range }), { asked: 2 });
    const all = await server.connection.sendRequest(lookUpRequest, { uri });
    assert.ok(all.asked >= 6);
  });

  it('backlinkLens/workspaceBacklinks tells who links to a file', async () => {
    const found = await server.connection.sendRequest(workspaceBacklinksRequest, { uri: folder.uriOf('other.md') });
    assert.deepEqual([found?.pages, found?.backlinks.map(({ text, range }) => [text, range.start.line])], [2, [['other', 4]]]);
  });

  it('backlinkLens/status counts what is known', async () => {
    const status: Status = await server.connection.sendRequest(statusRequest, {});
    assert.equal(status.state, 'ready');
    assert.equal(status.known, status.total);
    assert.match(status.source, /^Embedded index of 36 pages/);
  });

  it('backlinkLens/report covers a document, the folder and a typed target', async () => {
    const ask = async (scope: Exclude<ReportScope, { kind: 'files' }>) => server.connection.sendRequest(reportRequest, { scope });
    const document = await ask({ kind: 'document', uri });
    assert.equal(document.title, 'links.md');
    assert.equal(document.targets[0]?.page.name, 'https://handbook.dev/many');
    const workspace = await ask({ kind: 'workspace' });
    assert.equal(workspace.files, 2);
    assert.deepEqual(
      workspace.targets.find(({ page }) => page.name === 'https://handbook.dev/guide')?.uses.map(({ file, line }) => `${file}:${line}`),
      ['links.md:2', 'other.md:0'],
    );
    const domain = await ask({ kind: 'target', text: 'handbook.dev' });
    const facts = domain.targets[0]?.domainFacts;
    assert.equal(facts?.state === 'fresh' ? facts.value.backlinks : null, 35);
    await assert.rejects(ask({ kind: 'target', text: 'not a url' }), (error: { data?: { code?: string } }) => error.data?.code === 'url.invalid');
    await assert.rejects(
      ask({ kind: 'document', uri: folder.uriOf('gone.md') }),
      (error: { data?: { code?: string } }) => error.data?.code === 'input.unreadable',
    );
  });

  it('$/progress tells how far a report is', async () => {
    const steps: WorkDone[] = [];
    const listening = server.connection.onProgress(new ProgressType<WorkDone>(), 'report-1', (step) => void steps.push(step));
    await server.connection.sendRequest(reportRequest, { scope: { kind: 'workspace' }, workDoneToken: 'report-1' });
    listening.dispose();
    assert.deepEqual(steps[0], { kind: 'begin', title: '', percentage: 0, message: '', cancellable: true });
    assert.equal(steps.at(-1)?.kind, 'end');
    assert.ok(
      steps.some(({ message }) => message === 'Reading links.md') && steps.some(({ message }) => /^Looking up \d+ targets$/.test(message ?? '')),
    );
  });

  it('textDocument/diagnostic speaks of what is known, with documentation and data', async () => {
    const report = await server.connection.sendRequest<{
      kind: string;
      items: { code: string; message: string; range: { start: { line: number } } }[];
    }>('textDocument/diagnostic', { textDocument: { uri } });
    assert.equal(report.kind, 'full');
    assert.deepEqual(
      report.items.map(({ code, range }) => [code, range.start.line]),
      [
        ['form-mismatch', 2],
        ['no-backlinks', 3],
      ],
    );
  });

  it('textDocument/codeAction repairs what was found', async () => {
    const { items } = await server.connection.sendRequest<{ items: { code: string; range: object }[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    const mismatch = items.find(({ code }) => code === 'form-mismatch');
    assert.ok(mismatch);
    const actions = await server.connection.sendRequest<{ title: string; edit?: { changes: Record<string, { newText: string }[]> } }[]>(
      'textDocument/codeAction',
      {
        textDocument: { uri },
        range: mismatch.range,
        context: { diagnostics: [mismatch] },
      },
    );
    assert.equal(actions[0]?.edit?.changes[uri]?.[0]?.newText, 'https://www.handbook.dev/form');
    assert.equal(actions.length, 5);
  });
});

describe('with an index and the address of the site', () => {
  it('looks up a page of the folder as soon as there is one, without a hover', async () => {
    const web = await buildSmallWeb();
    const folder = await makeFolder({ 'index.md': '[guide](guide.md)' });
    const server = await startServer({
      folders: [folder.uri],
      settings: { source: 'index', index: { path: web.index }, siteUrl: 'https://handbook.dev/' },
    });
    try {
      const uri = folder.uriOf('index.md');
      const page = async (index: number) => (await server.facts(uri)).links[index]?.page;
      await server.open(uri, '[guide](guide.md)');
      await server.change(uri, 2, '[guide](guide.md) [many](https://handbook.dev/many)');
      // Known only after typing has settled, so that nothing later is owed to that.
      await server.until(
        () => page(1),
        (many) => many?.state === 'fresh',
      );
      assert.equal((await page(0))?.state, 'unknown', 'no file, no address');
      await folder.write('guide.md', '# Guide');
      await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf('guide.md'), type: 1 }] });
      const known = await server.until(
        () => page(0),
        (facts) => facts?.state === 'fresh',
      );
      assert.equal(known?.state, 'fresh');
    } finally {
      await server.stop();
      await folder.remove();
      await web.remove();
    }
  });
});
