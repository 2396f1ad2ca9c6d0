/** The links behind the tree: groups, order, filter, and that a change redraws what it changed and nothing else. */
import assert from 'node:assert/strict';
import { type Arrangement, PLAIN } from '../../../../client/src/views/arrangement.ts';
import { createLinkModel } from '../../../../client/src/views/linkModel.ts';
import type { DocumentFacts, LinkFacts } from '../../../../shared/protocol.ts';
import { fresh, link, strength, target } from '../support/samples.ts';

const A = 'file:///a.md';
const B = 'file:///b.md';

function at(url: string, line: number, changes: Partial<LinkFacts> = {}): LinkFacts {
  const range = { start: { line, character: 0 }, end: { line, character: 9 } };
  const domain = URL.parse(url)?.hostname ?? '';
  return link({ url, text: `text ${line}`, range, places: [range], targets: { page: target(url), domain: target(domain, 'domain') }, ...changes });
}

function facts(uri: string, links: readonly LinkFacts[], changes: Partial<DocumentFacts> = {}): DocumentFacts {
  return { uri, version: 1, links, findings: 0, problem: null, ...changes };
}

const strong = at('https://one.test/strong', 0, { page: fresh({ strength: strength(7.2), backlinks: 90 }) });
const weak = at('https://two.test/weak', 1, { page: fresh({ strength: strength(0.4), backlinks: 700 }) });
const nobody = at('https://one.test/new', 2, { page: { state: 'unknown' }, domain: { state: 'unknown' } });
const file = at('faq.md', 3, { targets: null, local: { uri: 'file:///faq.md', exists: true, backlinks: 2 } });
const ALL = [strong, weak, nobody, file];

function modelOf(arrangement: Partial<Arrangement>, documents: readonly DocumentFacts[] = [facts(A, ALL)]) {
  const model = createLinkModel({ ...PLAIN, ...arrangement });
  for (const document of documents) model.set(document.uri, document);
  return model;
}

const urls = (nodes: readonly { readonly link: LinkFacts }[]) => nodes.map(({ link: { url } }) => url.replace(/^https:\/\//, ''));

describe('links by document', () => {
  const orders: [Arrangement['sort'], string[]][] = [
    ['place', ['one.test/strong', 'two.test/weak', 'one.test/new', 'faq.md']],
    ['strength', ['one.test/strong', 'two.test/weak', 'faq.md', 'one.test/new']],
    ['backlinks', ['two.test/weak', 'one.test/strong', 'faq.md', 'one.test/new']],
    ['name', ['faq.md', 'one.test/new', 'one.test/strong', 'two.test/weak']],
  ];
  for (const [sort, expected] of orders) it(`in the order ${sort}`, () => assert.deepEqual(urls(modelOf({ sort }).links(A)), expected));

  it('has no groups besides its documents', () => assert.deepEqual(modelOf({}).groups(), []));
});

describe('groups', () => {
  it('holds the links of a domain, of every document, each place once', () => {
    const model = modelOf({ grouping: 'domain' }, [facts(A, ALL), facts(B, [at('https://one.test/strong', 7)])]);
    assert.deepEqual(
      model.groups().map(({ id }) => id),
      ['domain one.test', 'domain two.test', 'folder'],
    );
    const [first] = model.links('domain one.test');
    assert.deepEqual([first?.link.url, first?.document, first?.documents], ['https://one.test/strong', A, 2]);
  });

  it('holds a tenth of the scale, strongest first, then what nobody knows, then the folder', () => {
    assert.deepEqual(
      modelOf({ grouping: 'strength' })
        .groups()
        .map(({ id }) => id),
      ['strength  7', 'strength  0', 'no-strength', 'folder'],
    );
  });

  it('takes a vendor by its own scale and name', () => {
    const vendor = at('https://one.test/v', 0, { page: fresh({ strength: { basis: 'vendor', value: 100, name: 'UR', scale: 100 } }) });
    assert.deepEqual(modelOf({ grouping: 'strength' }, [facts(A, [vendor])]).groups()[0]?.common, {
      kind: 'strength',
      name: 'UR',
      from: 90,
      to: 100,
    });
  });

  it('sorts domains by their first link, by the number of links, or by name', () => {
    const ids = (sort: Arrangement['sort']) =>
      modelOf({ grouping: 'domain', sort })
        .groups()
        .map(({ id }) => id.replace('domain ', ''));
    assert.deepEqual(ids('backlinks'), ['two.test', 'one.test', 'folder']);
    assert.deepEqual(ids('strength'), ['one.test', 'two.test', 'folder']);
    assert.deepEqual(ids('name'), ['one.test', 'two.test', 'folder']);
    assert.deepEqual(ids('place'), ['one.test', 'two.test', 'folder']);
  });
});

describe('groups of domains', () => {
  it('stand in the order of the strength that is said of them, not of their pages', () => {
    const of = (host: string, page: number, domain: number) =>
      at(`https://${host}/`, page, {
        page: fresh({ strength: strength(page) }),
        domain: fresh({ strength: strength(domain), backlinks: 10 - domain }),
      });
    const documents = [facts(A, [of('a.test', 9, 1), of('b.test', 1, 8)])];
    const ids = (sort: Arrangement['sort']) =>
      modelOf({ grouping: 'domain', sort }, documents)
        .groups()
        .map(({ id }) => id);
    assert.deepEqual(ids('strength'), ['domain b.test', 'domain a.test']);
    assert.deepEqual(ids('backlinks'), ['domain a.test', 'domain b.test']);
  });
});

describe('the filter', () => {
  const cases: [string, string[]][] = [
    ['one', ['one.test/strong', 'one.test/new']],
    ['ONE strong', ['one.test/strong']],
    ['text 3', ['faq.md']],
    ['nowhere', []],
    ['  ', ['one.test/strong', 'two.test/weak', 'one.test/new', 'faq.md']],
  ];
  for (const [filter, expected] of cases) it(`“${filter}”`, () => assert.deepEqual(urls(modelOf({ filter }).links(A)), expected));

  it('leaves out groups in which nothing is left, and counts', () => {
    const model = modelOf({ grouping: 'domain', filter: 'weak' });
    assert.deepEqual(
      model.groups().map(({ id }) => id),
      ['domain two.test'],
    );
    assert.deepEqual(model.counts(), { all: 4, shown: 1 });
  });
});

describe('a change', () => {
  const known = { ...nobody, page: fresh({ strength: strength(7.9), backlinks: 3 }) };

  it('of one link redraws that link, which stays the same node', () => {
    const model = modelOf({});
    const before = model.links(A)[2];
    const changes = model.set(A, facts(A, [strong, weak, known, file]));
    assert.deepEqual([changes.roots, [...changes.groups], changes.links.length], [false, [], 1]);
    assert.equal(changes.links[0], before);
    assert.equal(before?.link, known);
  });

  it('that moves it redraws its group', () => {
    const model = modelOf({ sort: 'strength' });
    const changes = model.set(A, facts(A, [strong, weak, known, file]));
    assert.deepEqual([changes.roots, [...changes.groups], changes.links], [false, [A], []]);
    assert.equal(urls(model.links(A))[0], 'one.test/new');
  });

  it('to another strength moves it to another group, and no other is touched', () => {
    const model = modelOf({ grouping: 'strength' });
    const changes = model.set(A, facts(A, [strong, weak, known, file]));
    assert.deepEqual([...changes.groups].sort(), ['no-strength', 'strength  7']);
    assert.equal(changes.roots, true, 'a group is empty now');
    assert.deepEqual(urls(model.links('strength  7')), ['one.test/strong', 'one.test/new']);
  });

  it('of nothing redraws nothing', () => {
    const model = modelOf({});
    const changes = model.set(A, structuredClone(facts(A, ALL)));
    assert.deepEqual([changes.roots, changes.groups.size, changes.links.length], [false, 0, 0]);
  });

  it('of the text keeps the nodes of what stays', () => {
    const model = modelOf({});
    const before = model.links(A);
    const changes = model.set(A, facts(A, [weak, strong], { version: 2 }));
    assert.deepEqual([changes.roots, [...changes.groups]], [false, [A]]);
    assert.deepEqual(model.links(A), [before[1], before[0]]);
  });

  it('of the findings redraws the document', () => {
    const changes = modelOf({}).set(A, facts(A, ALL, { findings: 1 }));
    assert.deepEqual([...changes.groups], [A]);
  });

  it('in ten thousand links touches as many nodes as it changed, and sorts one group', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => at(`https://d${index % 500}.test/${index}`, index, { page: { state: 'unknown' } }));
    const model = modelOf({ grouping: 'domain' }, [facts(A, many)]);
    const groups = model.groups();
    assert.equal(groups.length, 500);
    let links = many;
    for (let step = 0; step < 20; step += 1) {
      links = links.with(step * 400, { ...at(`https://d${(step * 400) % 500}.test/${step * 400}`, step * 400), page: fresh({ backlinks: step }) });
      const changes = model.set(A, facts(A, links));
      assert.deepEqual([changes.roots, changes.groups.size, changes.links.length], [false, 0, 1]);
    }
    assert.deepEqual(model.groups(), groups, 'the same groups');
  });

  it('forgets a document', () => {
    const model = modelOf({ grouping: 'domain' }, [facts(A, ALL), facts(B, [at('https://three.test/', 0)])]);
    model.remove(B);
    assert.ok(!model.groups().some(({ id }) => id === 'domain three.test'));
    assert.equal(model.facts(B), null);
  });
});
