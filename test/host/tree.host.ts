/** The tree *Links*: document, link, rows, Load more; folder backlinks; only open documents. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BacklinkLensApi } from '../../client/src/api.ts';
import type { LinkNode, MoreNode, TreeNode } from '../../client/src/views/nodes.ts';
import { closeAll, fileOf, running, set, show, until } from './support.ts';

describe('tree', () => {
  let api: BacklinkLensApi;
  before(async () => {
    await closeAll();
    api = await running();
  });
  afterEach(async () => {
    await set('rows.perPage', undefined);
    await closeAll();
  });

  const text = async (node: TreeNode) => {
    const item = await api.tree.getTreeItem(node);
    const label = typeof item.label === 'object' ? item.label.label : item.label;
    return `${label ?? item.resourceUri?.path} | ${item.description}`;
  };
  const documentNode = (name: string) =>
    until(`${name} in the tree`, async () =>
      (await api.tree.getChildren()).find((node) => node.kind === 'document' && node.uri === fileOf(name).toString()),
    );
  const linkNodes = async (name: string) => (await api.tree.getChildren(await documentNode(name))) as LinkNode[];
  const linkNode = (name: string, url: string, ready: (node: LinkNode) => boolean) =>
    until(`${url} below ${name}`, async () => (await linkNodes(name)).find((node) => node.link.url.includes(url) && ready(node)));
  const known = (node: LinkNode) => node.link.page.state === 'fresh';

  it('shows the open documents and their links', async () => {
    await show('README.md');
    const node = await documentNode('README.md');
    assert.match(await text(node), /\d+ links/);
    const links = await linkNodes('README.md');
    assert.ok(links.some((link) => link.link.url === 'guide/install.md'));
    assert.ok(links.some((link) => link.link.url.startsWith('https://www.harbour.example')));
  });

  it('says strength and counts to the right of a link', async () => {
    await show('README.md');
    const node = await linkNode('README.md', 'https://openberth.example/spec/', known);
    assert.match(await text(node), /^openberth\.example\/spec\/ \| \d\.\d\s+\d+ from \d+ domains?/);
    const item = await api.tree.getTreeItem(node);
    assert.ok(item.accessibilityInformation?.label.includes('openberth.example'));
    assert.ok(item.iconPath);
  });

  it('unfolds rows, and more of them on demand, without gap or repetition', async () => {
    await set('rows.perPage', 10);
    await show('README.md');
    const node = await linkNode(
      'README.md',
      'https://openberth.example/spec/',
      (link) => known(link) && link.link.page.state === 'fresh' && (link.link.page.value.backlinks ?? 0) > 20,
    );
    const total = node.link.page.state === 'fresh' ? (node.link.page.value.backlinks ?? 0) : 0;
    const first = await until('ten rows', async () => {
      const children = await api.tree.getChildren(node);
      return children.filter(({ kind }) => kind === 'row').length === 10 ? children : null;
    });
    const more = first.at(-1) as MoreNode;
    assert.equal(more.kind, 'more');
    assert.equal((await api.tree.getTreeItem(more)).label, 'Load 10 more');
    let next: MoreNode | undefined = more;
    while (next !== undefined) {
      await vscode.commands.executeCommand('backlinkLens.loadMore', next);
      next = (await api.tree.getChildren(node)).find((child): child is MoreNode => child.kind === 'more');
    }
    const rows = (await api.tree.getChildren(node)).flatMap((child) => (child.kind === 'row' ? [child.row] : []));
    assert.equal(rows.length, total);
    assert.equal(new Set(rows.map((row) => `${row.sourceUrl} ${row.position} ${row.targetUrl}`)).size, total, 'no row twice');
    const strengths = rows.map((row) => row.strength?.value ?? -1);
    assert.deepEqual(
      strengths,
      strengths.toSorted((a, b) => b - a),
      'strongest first',
    );
  });

  it('has unique ids, which the editor insists on', async () => {
    await show('README.md');
    const node = await linkNode('README.md', 'https://openberth.example/spec/', known);
    const nodes = [await documentNode('README.md'), ...(await linkNodes('README.md')), ...(await api.tree.getChildren(node))];
    assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  });

  it('shows who in the folder links to a file of it, at the very place', async () => {
    await show('README.md');
    const node = await linkNode('README.md', 'guide/install.md', (link) => (link.link.local?.backlinks ?? 0) > 0);
    let children = await api.tree.getChildren(node);
    const folder = children.find((child) => child.kind === 'side' && child.side === 'folder');
    if (folder !== undefined) children = await api.tree.getChildren(folder);
    const places = children.filter((child) => child.kind === 'place');
    assert.ok(places.length >= 2, (await Promise.all(children.map(text))).join(' '));
    const place = places[0];
    assert.ok(place);
    const { command } = await api.tree.getTreeItem(place);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await until('the linking file is open', () => vscode.window.activeTextEditor?.document.uri.toString() === place.place.uri);
  });

  it('counts anew what changed in an open document', async () => {
    const document = await show('changelog.md');
    const node = await documentNode('changelog.md');
    const before = await text(node);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '\n[Another link](https://openberth.example/registry/)\n');
    await vscode.workspace.applyEdit(edit);
    try {
      await until('the same node says another number', async () => (await text(node)) !== before);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  it('forgets a document that is closed', async () => {
    await show('guide/tides.md');
    await documentNode('guide/tides.md');
    await closeAll();
    await until(
      'the document left the tree',
      async () => !(await api.tree.getChildren()).some((node) => node.kind === 'document' && node.uri.endsWith('tides.md')),
    );
  });

  it('tells the editor when facts change', async () => {
    let told = 0;
    const listening = api.tree.onDidChangeTreeData(() => {
      told += 1;
    });
    await show('guide/berths.md');
    await until('a change of the tree', () => told > 0);
    listening.dispose();
  });
});
