/** The API key: into the secret storage and out again, never into settings. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import { closeAll, running, show, until } from './support.ts';

describe('API key', () => {
  let api: BacklinkLensApi;
  before(async () => {
    api = await running();
  });

  after(closeAll);

  it('is kept, told and deleted', async () => {
    await show('README.md');
    const told: unknown[] = [];
    const listening = api.secrets.onDidChange((credentials) => told.push(credentials));
    await api.secrets.set('searchmetrics', { id: 'harbour', secret: 'kept-quiet' });
    await until('the key is known', () => api.secrets.current()['searchmetrics']?.id === 'harbour');
    assert.ok(api.client.isRunning(), 'the server took it');
    await until('links are looked up again', () => {
      const status = api.status.current();
      return status !== null && status.total > 0 && status.known === status.total;
    });
    await api.secrets.delete('searchmetrics');
    await until('the key is gone', () => api.secrets.current()['searchmetrics'] === undefined);
    assert.ok(told.length >= 2);
    listening.dispose();
  });

  it('of one source leaves those of others alone', async () => {
    await api.secrets.set('ahrefs', { id: '', secret: 'kept-quiet' });
    await api.secrets.set('dataforseo', { id: 'harbour', secret: 'kept-quiet' });
    await until(
      'both are known',
      () => api.secrets.current()['ahrefs']?.secret === 'kept-quiet' && api.secrets.current()['dataforseo']?.id === 'harbour',
    );
    await api.secrets.delete('ahrefs');
    await until('one is gone', () => api.secrets.current()['ahrefs'] === undefined);
    assert.equal(api.secrets.current()['dataforseo']?.secret, 'kept-quiet');
    await api.secrets.delete('dataforseo');
    await until('the other, too', () => api.secrets.current()['dataforseo'] === undefined);
  });

  it('never stands in the settings', () => {
    const section = JSON.stringify(vscode.workspace.getConfiguration('backlinkLens'));
    assert.doesNotMatch(section, /kept-quiet/);
  });
});
