/** An index of lists and ranks alone has read no page: what it does not know is null on the wire, and never 0. */
import assert from 'node:assert/strict';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import type { Capture } from '../../server/src/linkIndex/store.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { NOON, page } from '../store/captures.ts';
import { target } from '../store/compare.ts';
import { described } from '../support/describedService.ts';
import { temporaryFolder } from '../support/folders.ts';
import { builtFrom } from '../unit/linkIndex/builtFrom.ts';

const RANKS: Capture = { kind: 'ranks', ranks: { release: 'cc-main-2025-26-nov-dec-jan', population: 1000, domains: [['target.com', 3]] } };
const TOTAL: Capture = {
  kind: 'statedTotal',
  stated: { target: target('target.com'), list: 'Google Search Console', asOf: NOON, links: 500, unit: 'links', domains: 70 },
};

const COUNTED = ['CountBacklinks', 'CountReferringDomains', 'CountEduGovLinks'];
const LISTED = ['ListBacklinks', 'ListLinktext', 'ListLinkedPages'];

describe('service: an index that has read no page', () => {
  const { folder, remove } = temporaryFolder('nothing-read');
  after(remove);

  /** What every call says of a target without a link, gathered. */
  async function answers(captures: readonly Capture[], url: string): Promise<readonly unknown[]> {
    const store = openIndex(await builtFrom(folder, captures, `${captures.length}-${url}.db`));
    const app = createApp({ store, log: silentLog, access: openAccess() });
    const service = await described(app);
    const get = async (name: string) => (await service.ask(`/v3/${name}?url=${url}`)).body;
    const linked = await service.postForm('/v3/ResearchLinksPostListIsLinked', { url, domains: 'other.org' });
    const said = [
      ...(await Promise.all(COUNTED.map(async (name) => (await get(`ResearchLinksGet${name}`))['response']))).flat(),
      ...(await Promise.all(LISTED.map(async (name) => (await get(`ResearchLinksGet${name}`))['count']))),
      ...(await Promise.all(['rows', 'domains', 'texts', 'pages', 'changes'].map(async (name) => (await get(`links/${name}`))['count']))),
      ...Object.values((await get('ResearchLinksGetCountReferringIps'))['response'] as object),
      ...((await get('ResearchLinksGetListSpsSpread'))['response'] as { frequency: unknown }[]).map(({ frequency }) => frequency),
      ...((await get('links/spread'))['response'] as unknown[]),
      ...(linked.body['response'] as { linked: unknown; frequency: unknown }[]).flatMap(({ linked: flag, frequency }) => [flag, frequency]),
    ];
    const { homepage, deeplinks } = (await get('ResearchLinksGetCountDeeplinkRatio'))['response'] as Record<string, unknown>;
    await app.close();
    await store.close();
    return [...said, homepage, deeplinks];
  }

  for (const [what, captures, url, expected] of [
    ['ranks alone', [RANKS], 'target.com', null],
    ['ranks alone, of a domain that is not among them', [RANKS], 'other.com', null],
    ["somebody's total alone", [TOTAL], 'target.com', null],
    ['ranks and a page that does not link', [RANKS, page('https://b.org/', ['https://c.net/'])], 'target.com', 0],
    ['a total and a page that does not link', [TOTAL, page('https://b.org/', ['https://c.net/'])], 'target.com', 0],
    ['a page that does not link', [page('https://b.org/', ['https://c.net/'])], 'target.com', 0],
  ] as const) {
    it(`${what}: ${expected}`, async () => {
      const said = await answers(captures, url);
      assert.deepEqual(
        said,
        said.map(() => expected),
      );
      assert.ok(said.length > 30);
    });
  }
});
