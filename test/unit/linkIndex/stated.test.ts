/** What lists state, in an index and out of it: totals, referring domains, ranks; through additions and new generations. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { addToIndex } from '../../../server/src/linkIndex/ingest/add.ts';
import { buildIndex } from '../../../server/src/linkIndex/ingest/build.ts';
import { openIndexInWorker } from '../../../server/src/linkIndex/openIndexInWorker.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { regenerate } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { copyListed, ListedTables } from '../../../server/src/linkIndex/sqlite/listed/listedTables.ts';
import { readStatedDomains, readStatements } from '../../../server/src/linkIndex/sqlite/listed/readStated.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { Statements } from '../../../server/src/linkIndex/sqlite/statements.ts';
import type { BacklinkStore, StatedDomain } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { Target } from '../../../shared/backlinks.ts';
import { emptyFolders, written } from './support.ts';

const LIST = 'Google Search Console';
const signal = new AbortController().signal;

function target(text: string): Target {
  const found = parseTarget(text);
  assert.ok(found);
  return found;
}

function domain(name: string, pages: number | null, targetPages: number | null = null): StatedDomain {
  return { name, pages, targetPages };
}

describe('statements of lists', () => {
  describe('in their tables', () => {
    const open = (): { listed: ListedTables; statements: Statements } => {
      const db = openDatabase(':memory:');
      return { listed: new ListedTables(db), statements: new Statements(db) };
    };
    const day = (text: string): number => Date.parse(text);
    const total = (asOf: string | null, links: number) =>
      ({
        kind: 'statedTotal',
        stated: { target: target('https://a.com/x'), list: LIST, asOf: asOf === null ? null : day(asOf), links, unit: 'links', domains: 2 },
      }) as const;
    const domains = (asOf: string, ...names: readonly StatedDomain[]) =>
      ({ kind: 'statedDomains', stated: { target: target('a.com'), list: LIST, asOf: day(asOf), domains: names } }) as const;
    const named = (statements: Statements): string[] =>
      readStatedDomains(statements, target('a.com'), { list: LIST, limit: 100, offset: 0 }).map(({ domain: name, pages }) => `${name} ${pages}`);

    it('a newer total of the same list replaces an older one, in either order', () => {
      for (const [first, second] of [
        ['2026-01-01', '2026-02-01'],
        ['2026-02-01', '2026-01-01'],
        [null, '2026-02-01'],
      ] as const) {
        const { listed, statements } = open();
        listed.add(total(first, first === '2026-02-01' ? 5 : 4));
        listed.endInput();
        listed.add(total(second, second === '2026-02-01' ? 5 : 4));
        listed.endInput();
        assert.deepEqual(readStatements(statements, target('https://www.a.com/x')), [
          { list: LIST, asOf: '2026-02-01', backlinks: 5, unit: 'links', referringDomains: 2, named: 0 },
        ]);
      }
    });

    it('statements of other lists stand beside it, the newest first', () => {
      const { listed, statements } = open();
      listed.add(total('2026-01-01', 4));
      listed.add({ kind: 'statedTotal', stated: { ...total('2026-03-01', 9).stated, list: 'Other', unit: 'pages' } });
      listed.endInput();
      assert.deepEqual(
        readStatements(statements, target('https://a.com/x')).map(({ list, backlinks, unit }) => [list, backlinks, unit]),
        [
          ['Other', 9, 'pages'],
          [LIST, 4, 'links'],
        ],
      );
      assert.deepEqual(readStatements(statements, target('https://a.com/y')), []);
    });

    it('domains come whole and in order, once each, and a newer list takes the place of an older', () => {
      const { listed, statements } = open();
      listed.add(domains('2026-01-01', domain('b.org', 3), domain('c.org', 10), domain('b.org', 7)));
      assert.deepEqual(named(statements), [], 'not before the end of the input');
      listed.endInput();
      assert.deepEqual(named(statements), ['c.org 10', 'b.org 7']);
      listed.add(domains('2025-01-01', domain('old.org', 1)));
      listed.endInput();
      assert.deepEqual(named(statements), ['c.org 10', 'b.org 7']);
      listed.add(domains('2026-02-01', domain('d.org', 1)));
      listed.add(domains('2026-02-01', domain('e.org', null)));
      listed.endInput();
      assert.deepEqual(named(statements), ['d.org 1', 'e.org null']);
      assert.deepEqual(
        readStatedDomains(statements, target('a.com'), { list: LIST, limit: 1, offset: 1 }).map((found) => found.domain),
        ['e.org'],
      );
    });

    it('inputs that are read side by side do not mix', () => {
      const { listed, statements } = open();
      listed.add(domains('2026-01-01', domain('b.org', 3)), 0);
      listed.add({ kind: 'ranks', ranks: { release: 'r', population: 9, domains: [['x.org', 1]] } }, 1);
      listed.add({ kind: 'places', places: [{ name: 'b.org', harmonic: 5, pageRank: 6 }] }, 1);
      listed.endInput(1);
      listed.add(domains('2026-01-01', domain('c.org', 4)), 0);
      listed.endInput(0);
      assert.deepEqual(named(statements), ['c.org 4', 'b.org 3']);
      assert.deepEqual(
        readStatedDomains(statements, target('a.com'), { list: LIST, limit: 9, offset: 0 }).map(({ harmonic }) => harmonic),
        [null, null],
      );
    });

    it('all of them go into the next generation', () => {
      const { file } = { file: path.join(emptyFolderPath(), 'old.db') };
      const old = openDatabase(file);
      const listed = new ListedTables(old);
      listed.add(total('2026-01-01', 4));
      listed.add(domains('2026-01-01', domain('b.org', 3)));
      listed.add({ kind: 'ranks', ranks: { release: 'r', population: 9, domains: [['x.org', 1]] } });
      listed.endInput();
      const dump = (statements: Statements): unknown =>
        ['stated', 'stated_domain', 'domain_rank', 'rank_list'].map((table) => statements.all(`select * from ${table}`));
      const before = dump(new Statements(old));
      old.close();
      const next = openDatabase(':memory:');
      next.prepare('attach ? as earlier').run(file);
      copyListed(next, 'earlier');
      assert.deepEqual(dump(new Statements(next)), before);
      next.close();
    });
  });

  const folders = emptyFolders('stated');
  const emptyFolderPath = (): string => folders();

  async function built(): Promise<string> {
    const folder = folders();
    const inputs = [
      written(
        folder,
        'site.org-Top linked pages-2026-09-30.csv',
        Buffer.from('Target page,Incoming links,Linking sites\nhttps://site.org/guide,881,73\nhttps://site.org/listed,12,5\n'),
      ),
      written(folder, 'site.org-Top linking sites-2026-09-30.csv', Buffer.from('Site,Linking pages,Target pages\nmany.io,1240,12\nfew.de,87,5\n')),
      written(folder, 'cc-main-2026-mar-apr-may-domain-ranks.txt.gz', gzipSync('1\t3.4E7\t3\t0.005\tcom.big\t3\n2\t3.4E7\t2\t0.007\torg.site\t1\n')),
      written(folder, 'links.csv', Buffer.from('source,target\nhttps://a.net/1,https://site.org/listed\n')),
    ];
    const out = path.join(folder, 'web.db');
    const { problems } = await buildIndex({ out, inputs, site: 'site.org', now: Date.UTC(2026, 10, 23) });
    assert.deepEqual(problems, []);
    return out;
  }

  async function checkStore(store: BacklinkStore, sites: readonly string[] = ['many.io', 'few.de']): Promise<void> {
    const [guide, listed, site, big] = await store.summaries(
      [target('https://site.org/guide'), target('https://site.org/listed'), target('site.org'), target('big.com')],
      signal,
    );
    assert.deepEqual([guide?.backlinks, guide?.unit, guide?.referringDomains, guide?.asOf, guide?.statedBy], [881, 'links', 73, '2026-09-30', LIST]);
    assert.deepEqual([guide?.referringPages, guide?.followed, guide?.strongest], [null, null, null]);
    assert.deepEqual([listed?.backlinks, listed?.referringDomains, listed?.statedBy ?? null], [1, 1, null], 'what is counted here is never replaced');
    assert.equal(site?.backlinks, 1);
    assert.deepEqual(big?.strength, { basis: 'rank', value: 10, position: 1, population: 118_800_000 });
    const { statements, rank } = await store.statements(target('site.org'), signal);
    assert.deepEqual(rank, {
      position: 2,
      population: 118_800_000,
      release: 'cc-main-2026-mar-apr-may',
      strength: { basis: 'rank', value: 9.6, position: 2, population: 118_800_000 },
    });
    assert.deepEqual(
      statements.map(({ list, named, backlinks }) => [list, named, backlinks]),
      [[LIST, sites.length, null]],
    );
    const { items, total } = await store.statedDomains({ target: target('site.org'), list: LIST, limit: 10, offset: 0 }, signal);
    assert.deepEqual([total, items.map((found) => found.domain)], [sites.length, sites]);
    const info = await store.info(signal);
    assert.deepEqual([info.ranks, info.stated], [{ release: 'cc-main-2026-mar-apr-may', population: 118_800_000, domains: 2 }, 3]);
  }

  it('stand in for counts where nothing was counted, through a build, an addition and a new generation', async () => {
    const out = await built();
    const check = async (sites?: readonly string[]): Promise<void> => {
      const store = openIndex(out);
      await checkStore(store, sites);
      await store.close();
    };
    await check();
    const sites = written(
      path.dirname(out),
      'site.org-Top linking sites-2026-10-30.csv',
      Buffer.from('Site,Linking pages,Target pages\nnew.io,3,1\n'),
    );
    await addToIndex({ out, inputs: [sites], site: 'site.org', strength: false });
    await check(['new.io']);
    await regenerate(out, Date.now(), { signal, onPhase() {} });
    await check(['new.io']);
  });

  it('are read in a worker alike', async () => {
    const store = await openIndexInWorker(await built());
    await checkStore(store);
    await store.close();
  });

  it('an index of nothing but ranks knows no counts, rather than zeros', async () => {
    const folder = folders();
    const out = path.join(folder, 'ranks.db');
    await buildIndex({
      out,
      inputs: [written(folder, 'cc-main-2026-mar-apr-may-domain-ranks.txt', Buffer.from('1\t3.4E7\t3\t0.005\tcom.big\t3\n'))],
    });
    const store = openIndex(out);
    const [big, other] = await store.summaries([target('big.com'), target('other.com')], signal);
    assert.deepEqual([big?.backlinks, big?.strength?.basis, other?.backlinks, other?.strength], [null, 'rank', null, null]);
    await store.close();
  });
});
