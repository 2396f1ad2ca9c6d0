/** `lsp`: the language server as a process that an editor starts and ends. */
import assert from 'node:assert/strict';
import { run, start } from './run.ts';

describe('command line: lsp', function () {
  this.timeout(60_000);
  const initialize = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });

  it('answers over standard output, and a signal ends it', async () => {
    const server = start(['lsp', '--stdio'], { keepInput: true });
    server.write(`Content-Length: ${Buffer.byteLength(initialize)}\r\n\r\n${initialize}`);
    await server.until(/"name":"Backlink Lens"/);
    server.signal('SIGTERM');
    assert.equal((await server.ended).code, 130);
  });

  it('without --stdio: 2, and what to write', async () => {
    const { code, error } = await run(['lsp']);
    assert.equal(code, 2);
    assert.match(error, /backlink-lens lsp --stdio/);
  });
});
