/** What the tree, the saved report and the tools for language models ask of the server, over the wire. */
import assert from 'node:assert/strict';
import { disclosableRequest, documentFactsRequest, renderReportRequest, reportRequest } from '../../shared/protocol.ts';
import { REPORT_FORMATS } from '../../shared/report.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { startServer, type TestServer } from './server.ts';

const TEXT = '[a](other.md) [b](https://site-one.org/) [c](http://192.168.1.7/x)\n';

describe('requests of the views', () => {
  let folder: TestFolder;
  let server: TestServer;
  let uri: string;

  before(async () => {
    folder = await makeFolder({ 'links.md': TEXT, 'other.md': '[back](links.md)' });
    uri = folder.uriOf('links.md');
    server = await startServer({ folders: [folder.uri] });
    await server.open(uri, TEXT);
    await server.until(
      async () => (await server.facts(uri)).links.filter(({ local }) => local !== null).length,
      (known) => known === 1,
    );
  });
  after(async () => {
    await server.stop();
    await folder.remove();
  });

  it('backlinkLens/documentFacts tells only what changed to whoever keeps the rest', async () => {
    const ask = async (since?: number) => server.connection.sendRequest(documentFactsRequest, since === undefined ? { uri } : { uri, since });
    assert.equal((await ask())?.revision, undefined);
    const whole = await ask(0);
    assert.deepEqual([whole?.partial, whole?.links.length], [undefined, 3]);
    const same = await ask(whole?.revision);
    assert.deepEqual([same?.partial, same?.links], [true, []]);
    await server.change(uri, 2, `${TEXT}more\n`);
    const after = await ask(same?.revision);
    assert.deepEqual([after?.partial, after?.links.length, after?.version], [undefined, 3, 2]);
  });

  it('backlinkLens/disclosable gives the form in which a URL may be shown, or none', async () => {
    const urls = [
      'https://me:word@site-one.org/a#b',
      'http://192.168.1.7/x',
      'https://site-one.org/?api_key=k3jh4k2j3h4k',
      'guide/a.md#x',
      'javascript:x',
    ];
    assert.deepEqual(await server.connection.sendRequest(disclosableRequest, { urls }), ['https://site-one.org/a', null, null, 'guide/a.md', null]);
  });

  it('backlinkLens/renderReport writes a report in every format', async () => {
    const report = await server.connection.sendRequest(reportRequest, { scope: { kind: 'document', uri } });
    const begins = { markdown: '# Backlinks report: links', html: '<!DOCTYPE html>', csv: '\ufeffurl,', json: '{' };
    for (const format of REPORT_FORMATS) {
      const text = await server.connection.sendRequest(renderReportRequest, { report, format });
      assert.ok(text.startsWith(begins[format]), text.slice(0, 60));
      assert.ok(text.includes('site'), format);
    }
  });
});
