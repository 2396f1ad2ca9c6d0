/** An index made for the editor: with progress, in a process of its own while the server goes on answering, stopped, refused, and then asked. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { CancellationTokenSource, WorkDoneProgress } from 'vscode-languageserver-protocol/node';
import { type IndexOrder, type MadeIndex, makeIndexRequest, statusRequest } from '../../shared/protocol.ts';
import { EXAMPLE_WEB } from '../support/builtIndex.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { listen } from '../support/listen.ts';
import { members, pageRecord } from '../unit/linkIndex/warcFixture.ts';
import { startServer, type TestServer } from './server.ts';

const archive = (name: string): Buffer => members([pageRecord(`https://${name}.org/`, ['https://handbook.dev/guide', '/x'])]);

describe('make an index', function () {
  this.timeout(60_000);
  let server: TestServer;
  let folder: TestFolder;
  const file = (name: string) => path.join(folder.path, name);

  beforeEach(async () => {
    folder = await makeFolder({ 'a.md': '[guide](https://handbook.dev/guide)', 'one.warc.gz': archive('one'), 'two.warc.gz': archive('two') });
    server = await startServer({ folders: [folder.uri] });
  });
  afterEach(async () => {
    await server.stop();
    await folder.remove();
  });

  const order = (more: Partial<IndexOrder>): IndexOrder => ({ out: file('web.db'), addition: false, inputs: [], ...more });
  const make = async (wanted: IndexOrder): Promise<MadeIndex> => server.connection.sendRequest(makeIndexRequest, wanted);

  it('builds with progress, and answers meanwhile', async () => {
    const token = 'build';
    let asked = 0;
    const progress: { kind: string; percentage?: number; message?: string }[] = [];
    server.connection.onProgress(WorkDoneProgress.type, token, (value) => void progress.push(value));
    const building = server.connection.sendRequest(makeIndexRequest, { ...order({ inputs: [EXAMPLE_WEB] }), workDoneToken: token });
    let made: MadeIndex | null = null;
    void building.then((result) => {
      made = result;
    });
    while (made === null) {
      await server.connection.sendRequest(statusRequest, {});
      asked++;
    }
    const { pages, links, problems, stopped } = await building;
    assert.deepEqual([pages, problems, stopped], [194, [], false]);
    assert.ok(links > 500 && asked > 5, `${links} links, ${asked} answers`);
    assert.equal(progress[0]?.kind, 'begin');
    assert.equal(progress.at(-1)?.kind, 'end');
    assert.ok(progress.some(({ message }) => /^\d+ pages: computing their strength$/.test(message ?? '')));
    const percent = progress.flatMap(({ percentage }) => percentage ?? []);
    assert.deepEqual(
      percent,
      [...percent].sort((a, b) => a - b),
    );
  });

  it('gives an index that the editor can use at once, and adds to it while it is in use', async () => {
    await make(order({ inputs: [file('one.warc.gz')] }));
    await server.setSettings({ index: { path: file('web.db') } });
    await server.open(folder.uriOf('a.md'), '[guide](https://handbook.dev/guide)');
    const backlinks = async () => (await server.hover(folder.uriOf('a.md'), 0, 12)) ?? '';
    assert.match(await server.until(backlinks, (text) => /one\\?\.org/.test(text)), /one\\?\.org/);
    const { added, skipped } = await make(order({ inputs: [file('*.warc.gz')], addition: true }));
    assert.equal(added, 1);
    assert.deepEqual(skipped, [`${file('one.warc.gz')}: already in the index, skipped.`]);
  });

  it('tells of inputs that could not be read, and refuses what makes no sense', async () => {
    await folder.write('no.warc', 'hello');
    const { problems } = await make(order({ inputs: [file('one.warc.gz'), file('no.warc')] }));
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /no\.warc is nothing that can be read/);
    for (const [wanted, code] of [
      [order({ inputs: [file('nowhere.warc')] }), 'input.unreadable'],
      [order({ inputs: [] }), 'usage.invalid'],
      [order({ inputs: [folder.path] }), 'usage.invalid'],
      [order({ out: file('none/x.db'), inputs: [file('one.warc.gz')] }), 'index.not-writable'],
      [order({ out: file('no.db'), inputs: [file('one.warc.gz')], addition: true }), 'index.missing'],
    ] as const) {
      await assert.rejects(make(wanted), (error) => {
        assert.equal((error as { data?: { code?: string } }).data?.code, code);
        return true;
      });
    }
  });

  it('stops at a cancellation: keeps what was whole, and changes nothing where nothing was', async () => {
    const never = createServer(({ method }, response) => (method === 'HEAD' ? response.end() : response.write('x')));
    const address = `http://127.0.0.1:${await listen(never)}/never.warc.gz`;
    try {
      for (const [inputs, kept] of [
        [[file('one.warc.gz'), address], true],
        [[address], false],
      ] as const) {
        const cancel = new CancellationTokenSource();
        const out = file(`stopped${kept}.db`);
        const asked = new Promise((resolve) => never.on('request', ({ method }) => method === 'GET' && resolve(null)));
        const making = server.connection.sendRequest(makeIndexRequest, order({ out, inputs }), cancel.token);
        void asked.then(() => setTimeout(() => cancel.cancel(), 200));
        if (kept) assert.deepEqual([(await making).stopped, (await making).pages], [true, 1]);
        else await assert.rejects(making);
        assert.equal(existsSync(out), kept);
      }
    } finally {
      never.closeAllConnections();
      never.close();
    }
  });
});
