/** What changes while the server runs: settings, folders, files, text; and who is told. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { documentFactsRequest, factsChangedNotification, statusNotification, workspaceBacklinksRequest } from '../../shared/protocol.ts';
import type { StartParameters } from './server.ts';
import { startedParts } from './started.ts';

interface Diagnostic {
  readonly code: string;
  readonly message: string;
}

describe('changes', () => {
  const parts = startedParts();

  async function start(files: Readonly<Record<string, string>>, parameters: StartParameters = {}) {
    const folder = await parts.folder(files);
    const server = await parts.server({ folders: [folder.uri], ...parameters });
    const pull = async (file: string) =>
      (await server.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: folder.uriOf(file) } })).items;
    const linking = async (file: string) =>
      (await server.connection.sendRequest(workspaceBacklinksRequest, { uri: folder.uriOf(file) }))?.backlinks.map(({ text }) => text) ?? null;
    return { folder, server, pull, linking };
  }

  it('workspace/didChangeConfiguration: a rule is turned on, a source is chosen, without a restart', async () => {
    const text = '[gone](gone.md) [guide](https://handbook.dev/guide)';
    const { server, folder, pull } = await start({ 'a.md': text }, { settings: {} });
    await server.open(folder.uriOf('a.md'), text);
    assert.deepEqual(await pull('a.md'), []);
    assert.match((await server.hover(folder.uriOf('a.md'), 0, 30)) ?? '', /Choose a source/);
    await server.setSettings({ rules: { 'broken-internal': 'error' }, 'index.path': parts.index });
    const found = await server.until(
      async () => pull('a.md'),
      (items) => items.length > 0,
    );
    assert.deepEqual(
      found.map(({ code }) => code),
      ['broken-internal'],
    );
    const hover = await server.until(
      async () => server.hover(folder.uriOf('a.md'), 0, 30),
      (value) => value?.includes('| 3 |') === true,
    );
    assert.match(hover ?? '', /Backlinks \| 3 \| 35/);
  });

  it('workspace/configuration: each folder has its own rules', async () => {
    const loud = await parts.folder({ 'a.md': '' });
    const { server, folder } = await start(
      { 'a.md': '' },
      { settings: (scope) => ({ rules: { 'broken-internal': scope === loud.uri ? 'warning' : 'off' } }) },
    );
    await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: loud.uri, name: 'loud' }], removed: [] },
    });
    const counts: number[] = [];
    for (const uri of [loud.uriOf('a.md'), folder.uriOf('a.md')]) {
      await server.open(uri, '[gone](gone.md)');
      const ask = async () =>
        (await server.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items.length;
      counts.push(await server.until(ask, (count) => count > 0 || uri !== loud.uriOf('a.md')));
    }
    assert.deepEqual(counts, [1, 0]);
  });

  it('settings that are handed over serve a client that cannot be asked', async () => {
    const { server, folder, pull } = await start(
      { 'a.md': '' },
      { options: { settings: { rules: { 'broken-internal': 'warning' } } }, capabilities: (all) => ({ ...all, workspace: {} }) },
    );
    await server.open(folder.uriOf('a.md'), '[gone](gone.md)');
    assert.equal(
      (
        await server.until(
          async () => pull('a.md'),
          (items) => items.length > 0,
        )
      ).length,
      1,
    );
    await server.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { backlinkLens: { rules: { 'broken-internal': 'off' } } },
    });
    assert.equal(
      (
        await server.until(
          async () => pull('a.md'),
          (items) => items.length === 0,
        )
      ).length,
      0,
    );
  });

  it('in Restricted Mode paths and endpoints of the settings are left alone', async () => {
    const text = '[guide](https://handbook.dev/guide)';
    const { server, folder } = await start({ 'a.md': text }, { settings: { 'index.path': parts.index }, options: { trusted: false } });
    await server.open(folder.uriOf('a.md'), text);
    const hover = await server.until(
      async () => server.hover(folder.uriOf('a.md'), 0, 12),
      (value) => value?.includes('In this folder: 1') === true,
    );
    assert.match(hover ?? '', /Choose a source/);
  });

  it('workspace/didChangeWatchedFiles: pages come, change and go', async () => {
    const { server, folder, linking } = await start({ 'a.md': '', 'b.md': '[one](a.md)' });
    const tell = async (file: string, type: 1 | 2 | 3) =>
      server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(file), type }] });
    assert.deepEqual(
      await server.until(
        async () => linking('a.md'),
        (texts) => texts?.length === 1,
      ),
      ['one'],
    );
    await folder.write('c.md', '[two](a.md)');
    await tell('c.md', 1);
    assert.deepEqual(
      await server.until(
        async () => linking('a.md'),
        (texts) => texts?.length === 2,
      ),
      ['one', 'two'],
    );
    await folder.write('c.md', '[three](a.md)');
    await tell('c.md', 2);
    assert.deepEqual(
      await server.until(
        async () => linking('a.md'),
        (texts) => texts?.includes('three') === true,
      ),
      ['one', 'three'],
    );
    await rm(`${folder.path}/c.md`);
    await tell('c.md', 3);
    assert.deepEqual(
      await server.until(
        async () => linking('a.md'),
        (texts) => texts?.length === 1,
      ),
      ['one'],
    );
  });

  it('textDocument/didChange: the folder knows what is typed before it is saved', async () => {
    const { server, folder, linking } = await start({ 'a.md': '', 'b.md': '' });
    await server.open(folder.uriOf('b.md'), '');
    await server.change(folder.uriOf('b.md'), 2, '[typed](a.md)');
    await server.connection.sendRequest(documentFactsRequest, { uri: folder.uriOf('b.md') });
    assert.deepEqual(
      await server.until(
        async () => linking('a.md'),
        (texts) => texts?.length === 1,
      ),
      ['typed'],
    );
    await server.close(folder.uriOf('b.md'));
    assert.deepEqual(
      await server.until(
        async () => linking('a.md'),
        (texts) => texts?.length === 0,
      ),
      [],
    );
  });

  it('textDocument/publishDiagnostics: pushed to a client that does not pull, cleared on close', async () => {
    const { server, folder } = await start(
      { 'a.md': '' },
      {
        settings: { rules: { 'broken-internal': 'warning' } },
        capabilities: (all) => ({ ...all, textDocument: {} }),
      },
    );
    const pushed = async () =>
      server.received.filter(({ method }) => method === 'textDocument/publishDiagnostics').at(-1)?.params as
        | { diagnostics: Diagnostic[] }
        | undefined;
    await server.open(folder.uriOf('a.md'), '[gone](gone.md)');
    assert.equal((await server.until(pushed, (last) => last?.diagnostics.length === 1))?.diagnostics[0]?.code, 'broken-internal');
    await server.change(folder.uriOf('a.md'), 2, 'nothing');
    assert.deepEqual((await server.until(pushed, (last) => last?.diagnostics.length === 0))?.diagnostics, []);
    await server.change(folder.uriOf('a.md'), 3, '[gone](gone.md)');
    await server.until(pushed, (last) => last?.diagnostics.length === 1);
    await server.close(folder.uriOf('a.md'));
    assert.deepEqual((await server.until(pushed, (last) => last?.diagnostics.length === 0))?.diagnostics, []);
  });

  it('workspace/diagnostic/refresh, factsChanged and statusChanged tell when facts arrive', async () => {
    const text = '[guide](https://handbook.dev/guide)';
    const { server, folder } = await start({ 'a.md': text }, { settings: { 'index.path': parts.index } });
    await server.open(folder.uriOf('a.md'), text);
    const methods = await server.until(
      async () => server.received.map(({ method }) => method),
      (all) => all.includes('workspace/diagnostic/refresh') && all.includes(factsChangedNotification.method),
    );
    assert.ok(methods.includes('workspace/diagnostic/refresh'));
    const states = await server.until(
      async () =>
        server.received.filter(({ method }) => method === statusNotification.method).map(({ params }) => (params as { state: string }).state),
      (all) => all.at(-1) === 'ready',
    );
    assert.equal(states.at(-1), 'ready');
  });
});
