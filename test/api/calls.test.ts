/** Every call of the contract over HTTP, beside a plain reading of the same captures; each answer is held to the service's own description. */
import assert from 'node:assert/strict';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { GENERATION_HEADER } from '../../server/src/api/contract.ts';
import { SERVICES } from '../../server/src/api/services.ts';
import { openIndexInWorker } from '../../server/src/linkIndex/openIndexInWorker.ts';
import type { BacklinkStore, Capture } from '../../server/src/linkIndex/store.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { DAY, gone, link, NOON, page, redirect } from '../store/captures.ts';
import { target } from '../store/compare.ts';
import { type NaiveRow, NaiveStore } from '../store/naiveStore.ts';
import { type DescribedService, described } from '../support/describedService.ts';
import { temporaryFolder } from '../support/folders.ts';
import { WIRE_FIELDS } from '../support/wireFields.ts';
import { builtFrom } from '../unit/linkIndex/builtFrom.ts';

/** Fourteen pages: link texts of every kind, servers in several nets, an edu and a gov domain, links lost and new, and a site linking itself. */
const WEB: readonly Capture[] = [
  page('https://blog.one.org/a', ['https://target.com/', link('https://target.com/deep?x=1', { text: '' })], { ip: '192.0.2.1' }),
  page('https://one.org/b', [link('https://target.com/deep?x=1', { text: '[img]', tag: 'aimg', nofollow: true, rel: ['nofollow'] })], {
    ip: '192.0.2.9',
  }),
  page('https://two.net/', [link('https://shop.target.com/x', { text: 'shop ünï' }), 'https://one.org/b'], { ip: '198.51.100.4' }),
  page('https://www.mit.edu/', ['https://target.com/', 'https://target.com/'], { ip: '2001:db8::7' }),
  page('https://nasa.gov/links', [link('https://target.com/docs/a', { text: 'Shop' })], { ip: null }),
  page('https://three.de/', [link('https://target.com/docs/b', { tag: 'iframe', text: '' })], { ip: '192.0.77.3' }),
  redirect('https://old.org/', 'https://target.com/', 302),
  page('https://target.com/', ['https://target.com/deep?x=1', 'https://two.net/'], { ip: '203.0.113.1' }),
  page('https://two.net/', [link('https://shop.target.com/x', { text: 'shop ünï' }), link('https://target.com/late', { text: 'later' })], {
    ip: '198.51.100.4',
    capturedAt: NOON + 5 * DAY,
  }),
  gone('https://three.de/', 410, NOON + 6 * DAY),
];

const TARGETS = ['target.com', 'shop.target.com', 'https://target.com/', 'target.com/deep?x=1', 'target.com/docs/*', 'two.net', 'never-seen.com'];

const GET = (name: string): string => `/v3/${name}.json`;

describe('service: every call', () => {
  const { folder, remove } = temporaryFolder('calls');
  const naive = new NaiveStore(WEB);
  let store: BacklinkStore;
  let service: DescribedService;
  let close = async (): Promise<void> => {};

  before(async () => {
    store = await openIndexInWorker(await builtFrom(folder, WEB));
    const app = createApp({ store, log: silentLog, access: openAccess() });
    service = await described(app);
    close = () => app.close();
  });
  after(async () => {
    console.log(`      ${service.checked} answers held to the description`);
    await close();
    await store.close();
    remove();
  });

  async function response<T>(path: string): Promise<T> {
    const { status, body } = await service.ask(path);
    assert.equal(status, 200, JSON.stringify(body));
    return body['response'] as T;
  }

  const live = (asked: string): NaiveRow[] => naive.rows({ target: target(asked), internal: 'exclude' });
  const share = (part: number, asked: string): number => Math.round((part / live(asked).length) * 10_000) / 100;

  for (const asked of TARGETS) {
    const query = `?url=${encodeURIComponent(asked)}`;
    describe(asked, () => {
      it('counts backlinks, for each kind of origin as many as the list has', async () => {
        for (const internal of ['exclude', 'include', 'only'] as const) {
          const expected = naive.rows({ target: target(asked), internal }).length;
          assert.deepEqual(await response(`${GET('ResearchLinksGetCountBacklinks')}${query}&internal=${internal}`), [expected]);
          const { body } = await service.ask(`${GET('ResearchLinksGetListBacklinks')}${query}&internal=${internal}`);
          assert.equal(body['count'], expected);
        }
      });

      it('counts referring domains', async () => {
        const domains = naive.summary(target(asked)).referringDomains;
        assert.deepEqual(await response(`${GET('ResearchLinksGetCountReferringDomains')}${query}`), [domains]);
      });

      it('counts links from edu and gov', async () => {
        assert.deepEqual(await response(`${GET('ResearchLinksGetCountEduGovLinks')}${query}`), [naive.eduGov(target(asked)).backlinks]);
      });

      it('tells the strength, null for what has none', async () => {
        assert.deepEqual(await response(`${GET('ResearchLinksGetValuePageStrength')}${query}`), [naive.strength(target(asked))]);
      });

      it('lists link texts with their share', async () => {
        const expected = naive.anchors(target(asked)).map(({ text, backlinks, referringDomains }) => ({
          anchortext: text ?? '',
          frequency: backlinks,
          percentage: share(backlinks, asked),
          refdoms: referringDomains,
        }));
        assert.deepEqual(await response(`${GET('ResearchLinksGetListLinktext')}${query}`), expected);
      });

      it('lists linked pages with their share', async () => {
        const pages = await response<Record<string, unknown>[]>(`${GET('ResearchLinksGetListLinkedPages')}${query}`);
        const expected = naive.linkedPages(target(asked)).map(({ backlinks, referringDomains }) => ({
          frequency: backlinks,
          percentage: share(backlinks, asked),
          refdoms: referringDomains,
        }));
        assert.deepEqual(
          pages.map(({ linkedpage: _, ...rest }) => rest),
          expected,
        );
        assert.ok(pages.every(({ linkedpage }) => live(asked).some(({ row }) => row.targetUrl === linkedpage)));
      });

      it('spreads links over the strengths of their pages', async () => {
        const spread = naive.strengthSpread(target(asked));
        const expected = spread.map((frequency, sps) => ({ sps, frequency, percentage: live(asked).length === 0 ? null : share(frequency, asked) }));
        assert.deepEqual(await response(`${GET('ResearchLinksGetListSpsSpread')}${query}`), expected);
      });

      it('tells which domains link, by form and by JSON', async () => {
        const domains = ['one.org', 'mit.edu', 'www.two.net', 'target.com', 'one.org', 'nobody.org'];
        const links = naive.linksFrom(target(asked), ['one.org', 'mit.edu', 'two.net', 'target.com', 'one.org', 'nobody.org']);
        const expected = domains.map((domain, at) => ({ domain, linked: (links[at] ?? 0) > 0 ? 1 : 0, frequency: links[at] }));
        const path = GET('ResearchLinksPostListIsLinked');
        const form = await service.postForm(path, { domains: domains.join(','), url: asked });
        assert.deepEqual([form.status, form.body['count'], form.body['response']], [200, 6, expected]);
        const json = await service.postJson(path, { domains: domains.join(', '), url: asked });
        assert.deepEqual(json.body['response'], expected);
        const mixed = await service.postForm(`${path}${query}`, { domains: domains.join(',') });
        assert.deepEqual(mixed.body['response'], expected);
      });

      it('gives rows by every filter, as the contract has them and with our own fields', async () => {
        for (const [parameters, filter, sort] of [
          ['', {}, 'strength'],
          ['&followed=true', { followed: true }, 'strength'],
          ['&followed=0', { followed: false }, 'strength'],
          ['&tag=redirect', { tag: 'redirect' }, 'strength'],
          ['&status=lost', { status: 'lost' }, 'strength'],
          ['&status=new&since=2026-11-02', { status: 'new', since: '2026-11-02' }, 'strength'],
          ['&status=all&sort=date', { status: 'all' }, 'date'],
          ['&anchor=SHOP', { anchor: 'shop' }, 'strength'],
          ['&onePerDomain=1', { onePerDomain: true }, 'strength'],
        ] as const) {
          const { body } = await service.ask(`/v3/links/rows${query}${parameters}&limit=100`);
          const expected = naive.rows({ target: target(asked), internal: 'exclude', filter, sort });
          const rows = body['response'] as Record<string, unknown>[];
          assert.equal(body['count'], expected.length, parameters);
          const words = (row: Record<string, unknown>) => [row['backlinkpage'], row['linktext'], row['linktarget'], row['firstSeen'], row['lost']];
          assert.deepEqual(
            inOneOrder(rows.map(words)),
            inOneOrder(expected.map(({ row }) => [row.sourceUrl, row.anchorText, row.targetUrl, row.firstSeen, row.lost])),
            parameters,
          );
          assert.ok(rows.every((row) => 'more' in row === (parameters === '&onePerDomain=1')));
        }
      });

      it('sums up, lists domains, texts, pages, changes and strengths in our words', async () => {
        const expected = naive.summary(target(asked));
        const { body } = await service.postJson('/v3/links/summaries', { targets: [asked] });
        const [summary] = body['response'] as Record<string, unknown>[];
        assert.deepEqual([summary?.['target'], summary?.['backlinks'], summary?.['forms']], [asked, expected.backlinks, expected.forms]);
        for (const list of ['domains', 'texts', 'pages', 'changes', 'spread']) await response(`/v3/links/${list}${query}`);
      });
    });
  }

  for (const asked of ['target.com', 'shop.target.com', 'never-seen.com', '192.0.2.1']) {
    it(`${asked}: links to the home page and deeper`, async () => {
      const home = live(`${asked}/`).length;
      const deeplinks = live(asked).length - home;
      const percentage = live(asked).length === 0 ? null : share(deeplinks, asked);
      assert.deepEqual(await response(`${GET('ResearchLinksGetCountDeeplinkRatio')}?url=${asked}`), { homepage: home, deeplinks, percentage });
    });
  }

  it('counts servers and their nets; null where none is known, 0 where nothing links', async () => {
    const path = `${GET('ResearchLinksGetCountReferringIps')}?url=`;
    assert.deepEqual(await response(`${path}target.com`), { ips: 4, cclass: 3, bclass: 3 });
    assert.deepEqual(await response(`${path}target.com/docs/a`), { ips: null, cclass: null, bclass: null });
    assert.deepEqual(await response(`${path}never-seen.com`), { ips: 0, cclass: 0, bclass: 0 });
  });

  it('tells the credits, null where they are not counted', async () => {
    const { body } = await service.ask(GET('AdminStatusGetValueAvailableCredits'));
    assert.deepEqual(body, { response: [null], balance: null });
  });

  it('has the recorded pseudo texts and the order of the recorded fields', async () => {
    const { body } = await service.ask(`${GET('ResearchLinksGetListLinktext')}?url=target.com`);
    const texts = (body['response'] as { anchortext: string }[]).map(({ anchortext }) => anchortext);
    for (const text of ['', '[img]', '[redirect 302]']) assert.ok(texts.includes(text), text);
    assert.deepEqual(Object.keys(body), ['count', 'response', 'response_time', 'balance']);
    assert.deepEqual(Object.keys((body['response'] as object[])[0] ?? {}), ['anchortext', 'frequency', 'percentage', 'refdoms']);
    const rows = await service.ask('/v3/links/rows?url=target.com');
    const [row = {}] = rows.body['response'] as object[];
    assert.deepEqual(Object.keys(row), [...WIRE_FIELDS, 'strength', 'rel', 'firstSeen', 'lastSeen', 'lost']);
  });

  it('answers under each name, with .json and with a slash behind it, and to HEAD with the same headers', async () => {
    for (const { name, method } of SERVICES.values()) {
      if (method === 'POST') continue;
      const paths = [`/v3/${name}`, `/v3/${name}.json`, `/v3/${name}.json/`].map((path) => `${path}?url=target.com`);
      const replies = await Promise.all(paths.map((path) => service.ask(path)));
      for (const { status, body } of replies) assert.deepEqual([status, body['response']], [200, replies[0]?.body['response']], name);
      const head = await service.ask(paths[0] ?? '', { method: 'HEAD' });
      assert.deepEqual([head.status, head.body], [200, {}]);
      assert.equal(head.headers[GENERATION_HEADER], replies[0]?.headers[GENERATION_HEADER]);
    }
  });

  it('pages through lists by limit and offset; beyond the end there is nothing and the true count', async () => {
    for (const name of [
      'ResearchLinksGetListBacklinks',
      'ResearchLinksGetListLinktext',
      'ResearchLinksGetListLinkedPages',
      'links/rows',
      'links/domains',
    ]) {
      const { body } = await service.ask(`/v3/${name}?url=target.com&limit=250`);
      const { body: beyond } = await service.ask(`/v3/${name}?url=target.com&limit=10&offset=1000`);
      assert.deepEqual([beyond['count'], beyond['response']], [body['count'], []], name);
      assert.ok((body['count'] as number) > 0);
    }
  });

  it('is the same for every way of writing a target', async () => {
    const counts = await Promise.all(
      [
        'target.com',
        'www.target.com',
        'http://target.com',
        'https://WWW.TARGET.com#x',
        'https://user:pass@target.com',
        'user@target.com',
        'target.com.',
      ].map((url) => response(`${GET('ResearchLinksGetCountBacklinks')}?url=${encodeURIComponent(url)}`)),
    );
    for (const count of counts) assert.deepEqual(count, counts[0]);
    const path = (url: string): string => `${GET('ResearchLinksGetCountBacklinks')}?url=${encodeURIComponent(url)}`;
    assert.deepEqual(await response(path('bücher.de')), await response(path('xn--bcher-kva.de')));
  });
});

/** Equals in the store's order may stand either way. */
function inOneOrder(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted((a, b) => (a < b ? -1 : 1));
}
