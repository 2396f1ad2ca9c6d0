/** The calls agree with each other on every site of the example web: what one counts another lists, page by page. */
import assert from 'node:assert/strict';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../server/src/linkIndex/store.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { builtIndex } from '../support/builtIndex.ts';
import { type DescribedService, described } from '../support/describedService.ts';
import { temporaryFolder } from '../support/folders.ts';

type Row = Readonly<Record<string, unknown>>;

const SITES = [
  'tidetables.example',
  'harbour.example',
  'openberth.example',
  'quayside.example',
  'forum.quayside.example',
  'www.harbour.example/',
  'minato.example',
];

describe('service: calls that agree', () => {
  const { folder, remove } = temporaryFolder('agreement');
  let store: BacklinkStore;
  let service: DescribedService;
  let close = async (): Promise<void> => {};

  before(async () => {
    store = openIndex(await builtIndex(folder));
    const app = createApp({ store, log: silentLog, access: openAccess() });
    service = await described(app);
    close = () => app.close();
  });
  after(async () => {
    await close();
    await store.close();
    remove();
  });

  async function one(name: string, site: string): Promise<Row> {
    const { status, body } = await service.ask(`/v3/${name}.json?url=${encodeURIComponent(site)}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  const number = async (name: string, site: string): Promise<unknown> => ((await one(name, site))['response'] as unknown[])[0];

  /** Every row, by pages of the smallest limit. */
  async function all(name: string, site: string, more = ''): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const { body } = await service.ask(`/v3/${name}.json?url=${encodeURIComponent(site)}&limit=10&offset=${rows.length}${more}`);
      const page = body['response'] as Row[];
      rows.push(...page);
      if (page.length < 10) {
        assert.equal(body['count'], rows.length);
        return rows;
      }
    }
  }

  const sum = (rows: readonly Row[], field: string): number => rows.reduce((total, row) => total + Number(row[field]), 0);
  const different = (rows: readonly Row[], of: (row: Row) => unknown): number => new Set(rows.map(of)).size;

  for (const site of SITES) {
    it(site, async () => {
      const rows = await all('ResearchLinksGetListBacklinks', site);
      const count = rows.length;
      assert.ok(count > 0);
      assert.equal(
        different(rows, (row) => `${String(row['backlinkpage'])} ${String(row['pos'])} ${String(row['linktarget'])}`),
        count,
      );
      assert.equal(await number('ResearchLinksGetCountBacklinks', site), count);
      const texts = await all('ResearchLinksGetListLinktext', site);
      assert.deepEqual([sum(texts, 'frequency'), texts.length], [count, different(rows, (row) => row['linktext'])]);
      assert.ok(Math.abs(sum(texts, 'percentage') - 100) < 0.01 * texts.length);
      const pages = await all('ResearchLinksGetListLinkedPages', site);
      assert.equal(sum(pages, 'frequency'), count);
      const spread = (await one('ResearchLinksGetListSpsSpread', site))['response'] as Row[];
      assert.equal(sum(spread, 'frequency'), count);
      for (const { sps, frequency } of spread) assert.equal(rows.filter((row) => Math.floor(Number(row['sr'])) === sps).length, frequency);
      const domains = await all('links/domains', site);
      assert.equal(sum(domains, 'backlinks'), count);
      assert.equal(await number('ResearchLinksGetCountReferringDomains', site), domains.length);
      const ips = (await one('ResearchLinksGetCountReferringIps', site))['response'] as Row;
      assert.equal(
        ips['ips'],
        different(rows, (row) => row['ip']),
      );
      const linked = await service.postForm('/v3/ResearchLinksPostListIsLinked', {
        url: site,
        domains: domains.map(({ domain }) => domain).join(','),
      });
      assert.deepEqual(
        (linked.body['response'] as Row[]).map(({ frequency }) => frequency),
        domains.map(({ backlinks }) => backlinks),
      );
      const firsts = await all('links/rows', site, '&onePerDomain=true');
      assert.deepEqual([firsts.length, sum(firsts, 'more') + firsts.length], [domains.length, count]);
      const parts = await Promise.all(['true', 'false'].map((followed) => all('links/rows', site, `&followed=${followed}`)));
      const kinds = rows.filter((row) => ['a', 'aimg', 'area'].includes(String(row['tag'])));
      assert.equal(parts.flat().length, kinds.length);
      if (site.includes('/')) return;
      const ratio = (await one('ResearchLinksGetCountDeeplinkRatio', site))['response'] as Row;
      assert.equal(Number(ratio['homepage']) + Number(ratio['deeplinks']), count);
      assert.equal(ratio['homepage'], await number('ResearchLinksGetCountBacklinks', `${site}/`));
    });
  }
});
