/** `initialize`: what the server offers to which client, and how it starts and ends. */
import assert from 'node:assert/strict';
import { startServer } from './server.ts';

describe('initialize', () => {
  it('offers hover, quick fixes and pulled diagnostics, with incremental sync', async () => {
    const server = await startServer();
    const { capabilities, serverInfo } = server.result;
    assert.equal(serverInfo?.name, 'Backlink Lens');
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
    assert.equal(capabilities.hoverProvider, true);
    assert.deepEqual(capabilities.codeActionProvider, { codeActionKinds: ['quickfix'] });
    assert.deepEqual(capabilities.diagnosticProvider, { identifier: 'backlinkLens', interFileDependencies: true, workspaceDiagnostics: false });
    assert.deepEqual(capabilities.workspace?.workspaceFolders, { supported: true, changeNotifications: true });
    await server.stop();
  });

  it('asks to be told of settings and files by a client that can', async () => {
    const server = await startServer();
    const asked = await server.until(
      async () => server.received.filter(({ method }) => method === 'client/registerCapability').length,
      (count) => count === 2,
    );
    assert.equal(asked, 2);
    await server.stop();
  });

  it('serves a client that can nothing and hands over nothing', async () => {
    const server = await startServer({ capabilities: () => ({}), options: { locale: 'not a locale!' } });
    assert.equal(server.result.capabilities.diagnosticProvider, undefined);
    await server.open('untitled:one', '[a](https://handbook.dev/x)');
    assert.match((await server.hover('untitled:one', 0, 6)) ?? '', /handbook\\\.dev\\\/x/);
    assert.deepEqual(
      server.received.filter(({ method }) => method.startsWith('client/')),
      [],
    );
    await server.stop();
  });

  it('speaks the language of the editor', async () => {
    const server = await startServer({ options: { locale: 'de' } });
    await server.open('untitled:one', '[a](https://handbook.dev/x)');
    assert.match((await server.hover('untitled:one', 0, 6)) ?? '', /Quelle wählen/);
    await server.stop();
  });
});
