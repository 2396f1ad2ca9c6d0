/** The status item: what is known, what is wrong with the source, and that a change of settings is felt at once. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import { closeAll, fileOf, hoverOver, running, set, show, until } from './support.ts';

describe('status', () => {
  let api: BacklinkLensApi;
  const index = process.env['BACKLINK_LENS_EXAMPLE_INDEX'];
  beforeEach(async () => {
    api = await running();
    await show('README.md');
    await until('all is known', () => api.status.current()?.state === 'ready');
  });
  afterEach(async () => {
    await set('source', undefined);
    await set('index.path', index);
    await set('maxDocumentSize', undefined);
    await closeAll();
  });

  it('counts what is known', async () => {
    const text = await until('a count', () => {
      assert.match(api.status.text(), /^Backlinks: [1-9][\d,]*( of [\d,]+)? known$/);
      return api.status.text();
    });
    assert.match(text, /known/);
    assert.match(api.status.current()?.source ?? '', /index.*pages/i);
  });

  it('says that an index file is missing, and goes on with the folder', async () => {
    await set('index.path', path.join(path.dirname(index ?? ''), 'no-such-index.db'));
    await until('index-problem', () => api.status.current()?.state === 'index-problem');
    assert.match(api.status.current()?.detail ?? '', /no-such-index\.db/);
    const document = await show('README.md');
    await until('folder backlinks still work', async () => /of this folder link/.test((await hoverOver(document, 'guide/install.md')) ?? ''));
    await set('index.path', index);
    await until('the index is back', () => api.status.current()?.state === 'ready');
  });

  it('says that an index file is damaged', async () => {
    const damaged = fileOf('damaged.db');
    await vscode.workspace.fs.writeFile(damaged, Buffer.from('this is no database, though it is long enough to be one '.repeat(100)));
    await set('index.path', damaged.fsPath);
    await until('index-problem', () => api.status.current()?.state === 'index-problem');
    await vscode.workspace.fs.delete(damaged);
  });

  it('knows only the folder when there is no source', async () => {
    await set('source', 'none');
    await until('no-source', () => api.status.current()?.state === 'no-source');
    assert.equal(api.status.text(), 'Backlinks: this folder only');
    await set('source', undefined);
    await until('ready again', () => api.status.current()?.state === 'ready');
  });

  it('says that a document is too large, and scans it when the limit is raised', async () => {
    await set('maxDocumentSize', 0.001);
    await until('too-large', () => api.status.current()?.state === 'too-large');
    const [node] = (await api.tree.getChildren()).filter((child) => child.kind === 'document');
    assert.ok(node?.kind === 'document' && node.facts?.problem, 'the tree says so too');
    await set('maxDocumentSize', undefined);
    await until('scanned', () => api.status.current()?.state === 'ready');
  });

  it('does not ask an endpoint before the user agreed', async () => {
    await set('searchmetrics.endpoint', 'http://127.0.0.1:9');
    await set('source', 'searchmetrics');
    await until('another state than ready', () => ['needs-consent', 'offline', 'needs-key'].includes(api.status.current()?.state ?? ''));
    await set('searchmetrics.endpoint', undefined);
  });
});
