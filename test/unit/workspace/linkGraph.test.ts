/** Who links to whom, whatever order files come and go in. */
import assert from 'node:assert/strict';
import { clicksFrom, linkingPages } from '../../../server/src/workspace/clicks.ts';
import { createLinkGraph, type LinkGraph, type LocalLink } from '../../../server/src/workspace/linkGraph.ts';
import { siteKey } from '../../../server/src/workspace/siteKey.ts';

const link = (wanted: string, text = wanted): LocalLink => ({ wanted, or: null, range: [0, 0, 0, 1], text });

function graphOf(pages: Readonly<Record<string, readonly string[]>>): LinkGraph {
  const graph = createLinkGraph();
  for (const [file, wanted] of Object.entries(pages)) graph.setPage(file, { local: wanted.map((path) => link(path)), web: [] });
  return graph;
}

function incoming(graph: LinkGraph, file: string): string[] {
  return graph.incoming(file).map((found) => `${found.file} ${found.link.wanted}`);
}

describe('the graph of the folder', () => {
  it('collects every way to write a link to a page', () => {
    const graph = graphOf({ '/a.md': ['/g/', '/g', '/g/index.md', '/other.md'], '/b.html': ['/g/index.html'], '/g/index.md': ['/a.md'] });
    assert.deepEqual(incoming(graph, '/g/index.md'), ['/a.md /g/', '/a.md /g', '/a.md /g/index.md', '/b.html /g/index.html']);
  });

  it('gives a path to the best file only', () => {
    const graph = graphOf({ '/a.md': ['/g', '/g.html'], '/g.md': [], '/g.html': [] });
    assert.deepEqual(incoming(graph, '/g.md'), ['/a.md /g']);
    assert.deepEqual(incoming(graph, '/g.html'), ['/a.md /g.html']);
  });

  it('leaves links of a page to itself out', () => {
    assert.deepEqual(incoming(graphOf({ '/a.md': ['/a.md', '/a'] }), '/a.md'), []);
  });

  it('finds links that were there before their file', () => {
    const graph = graphOf({ '/a.md': ['/new.md'] });
    assert.equal(graph.find('/new.md'), null);
    graph.setPage('/new.md', { local: [], web: [] });
    assert.deepEqual(incoming(graph, '/new.md'), ['/a.md /new.md']);
  });

  it('forgets what a page no longer says', () => {
    const graph = graphOf({ '/a.md': ['/b.md'], '/b.md': [] });
    graph.setPage('/a.md', { local: [], web: [] });
    assert.deepEqual(incoming(graph, '/b.md'), []);
    assert.equal(graph.pageCount(), 2);
  });

  it('loses a folder with everything in it', () => {
    const graph = graphOf({ '/a.md': [], '/g/b.md': ['/a.md'], '/g/h/c.md': ['/a.md'], '/gg.md': ['/a.md'] });
    graph.setFolder('/g/');
    graph.setFile('/g/pic.png');
    assert.equal(graph.find('/g/pic.png'), '/g/pic.png');
    assert.equal(graph.remove('/g'), true);
    assert.deepEqual(incoming(graph, '/a.md'), ['/gg.md /a.md']);
    assert.deepEqual([graph.find('/g/pic.png'), graph.find('/g/'), graph.remove('/g')], [null, null, false]);
  });

  it('counts uses of the web, and forgets them with their page', () => {
    const graph = createLinkGraph();
    graph.setPage('/a.md', { local: [], web: ['page:x.org/', 'domain:x.org', 'page:x.org/y', 'domain:x.org'] });
    graph.setPage('/b.md', { local: [], web: ['domain:x.org'] });
    assert.deepEqual([graph.uses('domain:x.org'), graph.uses('page:x.org/'), graph.uses('domain:y.org')], [3, 1, 0]);
    graph.remove('/a.md');
    assert.deepEqual([graph.uses('domain:x.org'), graph.uses('page:x.org/')], [1, 0]);
  });

  it('counts clicks from the start page by the shortest way', () => {
    const graph = graphOf({
      '/index.md': ['/a.md', '/b.md'],
      '/a.md': ['/c.md'],
      '/b.md': ['/a.md'],
      '/c.md': ['/index.md'],
      '/alone.md': ['/c.md'],
    });
    assert.deepEqual(Object.fromEntries(clicksFrom(graph, '/index.md')), { '/index.md': 0, '/a.md': 1, '/b.md': 1, '/c.md': 2 });
    assert.equal(clicksFrom(graph, '/nowhere.md').size, 0);
    assert.deepEqual(Object.fromEntries(linkingPages(graph)), { '/index.md': 1, '/a.md': 2, '/b.md': 1, '/c.md': 2 });
  });

  it('finds pages by their addresses, the likelier meaning first, and forgets addresses with their page', () => {
    const graph = createLinkGraph();
    const set = (file: string, addresses: string[], ...wanted: [string, string | null][]) =>
      graph.setPage(file, { local: wanted.map(([path, or]) => ({ ...link(path), or })), web: [] }, addresses);
    const [guide, home] = [siteKey('/', 'guide/'), siteKey('/', '')];
    set('/content/_index.md', [home], [guide, '/guide/'], ['/guide.md', null]);
    set('/content/guide.md', [guide], ['/content/nowhere', home]);
    assert.deepEqual(incoming(graph, '/content/guide.md'), [`/content/_index.md ${guide}`]);
    assert.deepEqual(incoming(graph, '/content/_index.md'), ['/content/guide.md /content/nowhere']);
    set('/content/guide.md', [siteKey('/', 'moved')]);
    assert.deepEqual([incoming(graph, '/content/guide.md'), graph.find(guide)], [[], null]);
    set('/content/other.md', [siteKey('/', 'moved')]);
    assert.equal(graph.find(siteKey('/', '/moved.html')), '/content/guide.md');
    graph.remove('/content/guide.md');
    assert.equal(graph.find(siteKey('/', 'moved/index.html')), '/content/other.md');
  });

  it('never takes one text for another whose number it got', () => {
    const graph = graphOf({ '/a.md': ['/x.md'], '/x.md': [], '/y.md': [] });
    assert.deepEqual(graph.reached('/a.md'), ['/x.md']);
    graph.setPage('/a.md', { local: [link('/y.md')], web: [] });
    assert.deepEqual(graph.reached('/a.md'), ['/y.md']);
    graph.setPage('/a.md', { local: [link('/none.md'), link('/x.md', 'two\nlines')], web: [] });
    assert.deepEqual(graph.reached('/a.md'), ['/x.md']);
    assert.deepEqual(
      graph.linksOf('/a.md')?.local.map(({ text }) => text),
      ['/none.md', 'two lines'],
    );
  });
});
