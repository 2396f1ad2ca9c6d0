/** *Build Index*: as a key binding may call it, through the real server and the shipped worker, to an index that the editor then reads. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import { closeAll, fileOf, root, running, set, show, until } from './support.ts';

interface Made {
  readonly file: string;
  readonly pages: number;
  readonly links: number;
  readonly problems: readonly string[];
}

describe('build index', () => {
  let api: BacklinkLensApi;
  const index = process.env['BACKLINK_LENS_EXAMPLE_INDEX'];
  const out = () => fileOf('built.db').fsPath;
  const make = async (order: unknown) => vscode.commands.executeCommand<Made | undefined>('backlinkLens.buildIndex', order);
  before(async () => {
    api = await running();
  });
  after(async () => {
    await set('index.path', index);
    await closeAll();
    for (const [name] of await vscode.workspace.fs.readDirectory(root())) {
      if (name.startsWith('built.db')) await vscode.workspace.fs.delete(fileOf(name)).then(undefined, () => {});
    }
  });

  it('builds from the open folder, and the editor reads it', async () => {
    const made = await make({ out: out(), inputs: [root().fsPath], baseUrl: 'https://openberth.example/' });
    assert.ok(made !== undefined && made.pages > 3 && made.links > 10, JSON.stringify(made));
    assert.deepEqual(made.problems, []);
    await set('index.path', made.file);
    await show('README.md');
    await until('the new index is read', () => api.status.current()?.source.includes(`${made.pages} pages`));
  });

  it('adds to the index while it is read', async () => {
    const before = await make({ out: out(), inputs: [root().fsPath], baseUrl: 'https://openberth.example/', addition: true });
    const made = await make({ out: out(), inputs: [root().fsPath], baseUrl: 'https://other.example/', addition: true });
    assert.equal(made?.pages, 2 * (before?.pages ?? Number.NaN));
  });

  it('says what is wrong, and makes nothing', async () => {
    assert.equal(await make({ out: fileOf('none.db').fsPath, inputs: [fileOf('nowhere.warc').fsPath] }), undefined);
    assert.deepEqual(await vscode.workspace.findFiles('none.db*'), []);
  });
});
