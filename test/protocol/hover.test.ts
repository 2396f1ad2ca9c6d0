/** `textDocument/hover`: what stands there, in every state that needs no source. */
import assert from 'node:assert/strict';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { startServer, type TestServer } from './server.ts';

const FILES = {
  'index.md': '# Start\n\n[Install](guide/install.md) and [click here](faq.md).\n',
  'faq.md': '[click here](guide/install.md) [the guide][g]\n\n[g]: ./guide/install.md#steps\n',
  'guide/install.md': '[home](/index.md) [missing](gone.md) <https://example.org/tool>\n',
  'page.html': '<a href="guide/install">Install it</a> <a href="mailto:a@b.c">mail</a> <img src="x.png">\n',
};

describe('hover', () => {
  let folder: TestFolder;
  let server: TestServer;

  before(async () => {
    folder = await makeFolder(FILES);
    server = await startServer({ folders: [folder.uri] });
    await server.open(folder.uriOf('index.md'), FILES['index.md']);
    await server.until(
      async () => server.hover(folder.uriOf('index.md'), 2, 12),
      (text) => text?.includes('pages of this folder') === true,
    );
  });
  after(async () => {
    await server.stop();
    await folder.remove();
  });

  it('says who links to a file of the folder, with which words and how far from the start', async () => {
    const text = await server.hover(folder.uriOf('index.md'), 2, 12);
    assert.match(text ?? '', /guide\\\/install\\\.md\*\* · 3 pages of this folder link here/);
    assert.match(text ?? '', /index\\\.md:3 “Install”/);
    assert.match(text ?? '', /1 of them says only “click here”\. Reached in 1 click from index\\\.md\./);
  });

  it('has nothing to say beside a link', async () => {
    assert.equal(await server.hover(folder.uriOf('index.md'), 0, 3), null);
  });
});
