/** Filters that the store suite's plain reading cannot judge: places, the case of letters beyond ASCII, patterns that are none. */
import assert from 'node:assert/strict';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { RowFilter } from '../../../shared/queries.ts';
import { link, page } from '../../store/captures.ts';
import { builtFrom } from './builtFrom.ts';
import { emptyFolders } from './support.ts';

const signal = new AbortController().signal;
const target = parseTarget('a.com') ?? assert.fail();

const TEXTS = [
  'Straße',
  'ΟΔΟΣ',
  '5 \u212A',
  'caf\u00E9',
  '100 %',
  'a_b',
  'aXb',
  "it's",
  '"quoted"',
  'back\\slash',
  '漢字',
  '',
  'İzmir',
  '\uD800 half',
];

/** What is looked for, and the texts that have it. */
const ANCHORS: readonly (readonly [wanted: string, found: readonly string[]])[] = [
  ['strasse', ['Straße']],
  ['STRASSE', ['Straße']],
  ['straße', ['Straße']],
  ['οδος', ['ΟΔΟΣ']],
  ['οδοσ', ['ΟΔΟΣ']],
  ['5 k', ['5 \u212A']],
  ['CAFE\u0301', ['caf\u00E9']],
  ['%', ['100 %']],
  ['_', ['a_b']],
  ['A_B', ['a_b']],
  ["t'S", ["it's"]],
  ['"', ['"quoted"']],
  ['\\', ['back\\slash']],
  ['字', ['漢字']],
  ['i\u0307z', ['İzmir']],
  ['*', []],
  ['a.b', []],
  ["' or 1 --", []],
];

const FILTERS: readonly (readonly [filter: RowFilter, sources: readonly string[]])[] = [
  [{ country: 'DE' }, ['de.org']],
  [{ country: 'de' }, ['de.org']],
  [{ country: 'FR' }, []],
  [{ country: 'DE', followed: true }, []],
  [{ country: 'DE', followed: false }, ['de.org']],
  [{ tag: 'iframe' }, ['frame.org']],
  [{ tag: 'iframe', followed: true }, []],
  [{ onePerDomain: true, followed: false }, ['de.org']],
];

describe('row filters', () => {
  const emptyFolder = emptyFolders('filters');
  let store: BacklinkStore;

  before(async () => {
    const file = await builtFrom(emptyFolder(), [
      page(
        'https://texts.org/',
        TEXTS.map((text) => link('https://a.com/', { text })),
      ),
      page('https://de.org/', [link('https://a.com/', { nofollow: true, text: 'x' })], { ip: '192.0.2.1' }),
      page('https://frame.org/', [link('https://a.com/', { tag: 'iframe', text: 'y' })]),
    ]);
    store = openIndex(file);
  });
  after(() => store.close());

  const rows = async (filter: RowFilter) => (await store.rows({ target, limit: 250, offset: 0, internal: 'exclude', filter }, signal)).rows;

  for (const [wanted, found] of ANCHORS) {
    it(`link text containing ${JSON.stringify(wanted)}`, async () => {
      assert.deepEqual(
        (await rows({ anchor: wanted })).map(({ anchorText }) => anchorText),
        found,
      );
    });
  }

  for (const [filter, sources] of FILTERS) {
    it(JSON.stringify(filter), async () => {
      assert.deepEqual(
        (await rows(filter)).map(({ sourceUrl }) => new URL(sourceUrl).hostname),
        sources,
      );
    });
  }
});
