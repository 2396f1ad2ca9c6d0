/** Readers of an index that is added to: each commit is there at the next question, under another generation, and nothing of it before. */
import assert from 'node:assert/strict';
import { openIndexInWorker } from '../../../server/src/linkIndex/openIndexInWorker.ts';
import { startAdding } from '../../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore, Capture } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { DAY, link, NOON, page, redirect } from '../../store/captures.ts';
import { builtFrom } from './builtFrom.ts';
import { emptyFolders } from './support.ts';

const signal = new AbortController().signal;
const target = parseTarget('a.com') ?? assert.fail();
const folder = parseTarget('a.com/*') ?? assert.fail();
const slice = { limit: 10, offset: 0 };

const OPENED: readonly (readonly [name: string, open: (file: string) => Promise<BacklinkStore>])[] = [
  ['in place', async (file) => openIndex(file)],
  ['in threads', (file) => openIndexInWorker(file, { mostLinks: 3 })],
];

describe('reading an index that is added to', function () {
  this.timeout(60_000);
  const emptyFolder = emptyFolders('additions');

  for (const [name, open] of OPENED) {
    it(`shows each commit and nothing before, ${name}`, async () => {
      const file = await builtFrom(emptyFolder(), [
        page('https://b.org/1', ['https://a.com/', link('https://a.com/x', { text: 'kept' })]),
        page('https://c.net/', ['https://a.com/x']),
      ]);
      const store = await open(file);
      const seen = [await everything(store)];
      const writer = startAdding(file, () => ({ countryCode: null, country: null, city: null }));
      const parts: readonly (readonly Capture[])[] = [
        [page('https://new.io/p', ['https://a.com/x', 'https://a.com/new'])],
        [page('https://b.org/1', [link('https://a.com/x', { text: 'kept' }), 'https://b.org/'], { capturedAt: NOON + DAY })],
        [redirect('https://a.com/new', 'https://a.com/', 301, NOON + 2 * DAY)],
      ];
      for (const [at, captures] of parts.entries()) {
        const input = writer.beginInput(`part ${at}`, 0);
        for (const capture of captures) writer.add(capture, input);
        assert.deepEqual(await everything(store), seen.at(-1), 'what is not committed is not there');
        writer.endInput(input, { note: null, bytes: 0, hash: null });
        seen.push(await everything(store));
      }
      await writer.finish({ signal, onPhase() {} });
      assert.deepEqual(
        seen.map(({ rows }) => rows),
        [
          ['b.org/1 a.com/', 'b.org/1 a.com/x', 'c.net/ a.com/x'],
          ['b.org/1 a.com/', 'b.org/1 a.com/x', 'c.net/ a.com/x', 'new.io/p a.com/x', 'new.io/p a.com/new'],
          ['b.org/1 a.com/x', 'c.net/ a.com/x', 'new.io/p a.com/x', 'new.io/p a.com/new'],
          ['b.org/1 a.com/x', 'c.net/ a.com/x', 'new.io/p a.com/x', 'new.io/p a.com/new'],
        ],
      );
      assert.deepEqual(
        seen.map(({ domains }) => domains),
        [2, 3, 3, 3],
      );
      assert.deepEqual(
        seen.map(({ lost }) => lost),
        [0, 0, 1, 1],
      );
      assert.deepEqual(seen.at(-1)?.via, [{ url: 'https://a.com/new', backlinks: 1 }]);
      assert.equal(new Set(seen.map(({ generation }) => generation)).size, seen.length);
      await store.close();
    });
  }
});

/** What all kinds of questions say of the target, which must be of one state. */
async function everything(store: BacklinkStore): Promise<{
  rows: string[];
  domains: number | null;
  lost: number | null;
  via: unknown;
  generation: string | null;
}> {
  const short = (url: string): string => url.replace(/^https:\/\//, '');
  const { rows, total, generation } = await store.rows({ target, ...slice, internal: 'exclude' }, signal);
  const below = await store.rows({ target: folder, ...slice, internal: 'exclude' }, signal);
  assert.deepEqual(below.rows, rows);
  const [summary, home] = await store.summaries([target, parseTarget('a.com/') ?? target], signal);
  assert.equal(summary?.backlinks, total);
  assert.equal((await store.referringDomains({ target, ...slice }, signal)).total, summary.referringDomains);
  const lost = await store.rows({ target, ...slice, internal: 'exclude', filter: { status: 'lost' } }, signal);
  assert.equal((await store.info(signal)).generation, generation);
  return {
    rows: rows.map(({ sourceUrl, targetUrl }) => `${short(sourceUrl)} ${short(targetUrl)}`),
    domains: summary.referringDomains,
    lost: lost.total,
    via: home?.viaRedirect,
    generation,
  };
}
