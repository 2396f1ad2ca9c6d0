/** Hovers: facts of the index for links to the web, backlinks of the folder for links to its files. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, hoverOver, running, show, until } from './support.ts';

describe('hover', () => {
  before(running);
  after(closeAll);

  it('tells backlinks, domains and strength of a linked page', async () => {
    const document = await show('guide/tides.md');
    const text = await until('facts of the clock rules', async () => {
      const hover = await hoverOver(document, 'https://openberth.example/spec/clock.html');
      return hover?.includes('Backlinks') ? hover : null;
    });
    assert.match(text, /openberth\.example/);
    assert.match(text, /Referring domains/);
    assert.match(text, /pages/, 'says which index this is known from');
  });

  it('tells the same for a reference link and for HTML', async () => {
    const markdown = await show('README.md');
    await until('facts of [spec]', async () => (await hoverOver(markdown, '[OpenBerth][spec]'))?.includes('Backlinks'));
    const html = await show('api.html');
    await until('facts in HTML', async () => (await hoverOver(html, 'https://openberth.example/spec/call.html'))?.includes('Backlinks'));
  });

  it('tells who in the folder links to a file of it', async () => {
    const document = await show('README.md');
    const text = await until('folder backlinks of guide/install.md', async () => {
      const hover = await hoverOver(document, 'guide/install.md');
      return hover !== null && /pages? of this folder link/.test(hover) ? hover : null;
    });
    assert.match(text, /guide\/deploy\.md:\d+/);
  });

  it('never claims zero backlinks for a private address', async () => {
    const document = await show('guide/install.md');
    const text = await until('a hover', () => hoverOver(document, 'http://192.168.1.7:4711/'));
    assert.match(text, /private|none seen/i);
    assert.doesNotMatch(text, /\b0 backlinks\b/i);
  });

  it('says none seen, never zero, for a page that the index does not know', async () => {
    const document = await show('guide/tides.md');
    const text = await until('none seen', async () => {
      const hover = await hoverOver(document, 'https://marsh-buoys.example/list.html');
      return hover !== null && /none seen/i.test(hover) ? hover : null;
    });
    assert.match(text, /pages of this index/);
  });

  it('trusts our commands and nothing else, and no HTML', async () => {
    const document = await show('guide/tides.md');
    const at = document.positionAt(document.getText().indexOf('https://openberth.example/spec/clock.html') + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const ours = hovers
      .flatMap((hover) => hover.contents)
      .filter((content) => content instanceof vscode.MarkdownString && typeof content.isTrusted === 'object');
    assert.ok(ours.length > 0);
    for (const content of ours as vscode.MarkdownString[]) {
      assert.ok(typeof content.isTrusted === 'object' && content.isTrusted.enabledCommands.every((id) => id.startsWith('backlinkLens.')));
      assert.notEqual(content.supportHtml, true);
    }
  });

  it('says nothing beside a link', async () => {
    const document = await show('guide/tides.md');
    assert.equal(await hoverOver(document, 'when the mast falls down'), null);
  });
});
