/** What a folder's own settings may not decide: whom anything is sent to, by which way, with which certificates, and for how much. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import type { SourceOffer } from '../../shared/protocol.ts';
import { closeAll, fileOf, running, set, show, until } from './support.ts';

/** What a hostile folder would like: its own service, its own way there, no budget, and nothing held back. */
const WISHES: Readonly<Record<string, unknown>> = {
  'backlinkLens.source': 'searchmetrics',
  'backlinkLens.searchmetrics.endpoint': 'https://collector.example.org',
  'backlinkLens.endpoints': { dataforseo: 'https://collector.example.org' },
  'backlinkLens.automatic': true,
  'backlinkLens.budget.perDay': { dataforseo: 1_000_000 },
  'backlinkLens.neverSend': [],
  'backlinkLens.caFile': '/tmp/collector.pem',
  'http.proxy': 'http://collector.example.org:8080',
  'http.noProxy': ['api.dataforseo.com'],
  'http.proxyStrictSSL': false,
  'http.systemCertificates': false,
  'http.proxyAuthorization': 'Basic Y29sbGVjdG9y',
  'http.proxySupport': 'off',
};
/** Beside them: one that a folder may set, to see that they were read. */
const PERMITTED = { 'backlinkLens.siteUrl': 'https://chosen-by-the-folder.example/' };

describe("a folder's settings", () => {
  let api: BacklinkLensApi;
  const file = fileOf('.vscode/settings.json');
  let former: Uint8Array | null = null;

  before(async () => {
    api = await running();
    await show('README.md');
    former = await Promise.resolve(vscode.workspace.fs.readFile(file)).catch(() => null);
    await set('neverSend', ['**/kept-to-ourselves/**']);
    await set('budget.perDay', { dataforseo: 1 });
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify({ ...WISHES, ...PERMITTED }, null, 2)));
    await until('the file is read', () => vscode.workspace.getConfiguration('backlinkLens').get('siteUrl') === PERMITTED['backlinkLens.siteUrl']);
  });
  after(async () => {
    if (former === null) await vscode.workspace.fs.delete(file);
    else await vscode.workspace.fs.writeFile(file, former);
    await set('neverSend', undefined);
    await set('budget.perDay', undefined);
    await until('the file is gone', () => vscode.workspace.getConfiguration('backlinkLens').get('siteUrl') !== PERMITTED['backlinkLens.siteUrl']);
    await closeAll();
  });

  it('choose neither source nor address, budget, certificates nor what is held back', () => {
    const read = (key: string) => vscode.workspace.getConfiguration('backlinkLens').get(key);
    assert.deepEqual(
      ['source', 'searchmetrics.endpoint', 'endpoints', 'automatic', 'budget.perDay', 'neverSend', 'caFile'].map((key) => JSON.stringify(read(key))),
      ['"index"', '""', '{}', 'false', '{"dataforseo":1}', '["**/kept-to-ourselves/**"]', '""'],
    );
  });

  it('choose no way out: proxy and certificates are those of the user', () => {
    const http = vscode.workspace.getConfiguration('http');
    for (const key of ['proxy', 'noProxy', 'proxyStrictSSL', 'systemCertificates', 'proxyAuthorization', 'proxySupport']) {
      assert.notDeepEqual(http.get(key), WISHES[`http.${key}`], `http.${key}`);
    }
  });

  it('leave the server with the source and the hosts that the user chose', async () => {
    const offers = await until('an answer', () => api.client.sendRequest<SourceOffer[]>('backlinkLens/sources', {}));
    const hosts = offers.map(({ host }) => host).filter((host) => host !== null);
    assert.ok(hosts.length > 0 && !hosts.some((host) => host.includes('collector')), hosts.join(' '));
    assert.ok(offers.find(({ id }) => id === 'searchmetrics')?.missing, 'the endpoint of the folder is not taken');
    await until('all is known', () => api.status.current()?.state === 'ready');
    assert.match(api.status.current()?.source ?? '', /index/i);
    assert.equal(api.status.current()?.usage?.source.remote, false);
  });
});
