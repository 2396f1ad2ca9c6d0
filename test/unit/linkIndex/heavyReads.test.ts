/** What is heavily linked is counted in a thread of its own: whoever asks something else meanwhile is answered meanwhile. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openIndexInWorker } from '../../../server/src/linkIndex/openIndexInWorker.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import { TooHeavy } from '../../../server/src/linkIndex/sqlite/readState.ts';
import type { BacklinkStore } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { Target } from '../../../shared/backlinks.ts';
import { link, page } from '../../store/captures.ts';
import { builtFrom } from './builtFrom.ts';
import { emptyFolders } from './support.ts';

const HELD = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/heldWorker.ts');
const STUCK = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/stuckWorker.ts');
const MOST_LINKS = 5;
const signal = new AbortController().signal;

function target(text: string): Target {
  return parseTarget(text) ?? assert.fail(text);
}

const [heavy, folder, light] = [target('heavy.com'), target('heavy.com/*'), target('light.org')];
const slice = { limit: 10, offset: 0 };

/** Every question about a target that many link to, except those that totals answer. */
const HEAVY: readonly (readonly [what: string, ask: (store: BacklinkStore, signal: AbortSignal) => Promise<unknown>])[] = [
  ['link texts', (store, signal) => store.anchors({ target: heavy, ...slice }, signal)],
  ['referring domains', (store, signal) => store.referringDomains({ target: heavy, ...slice }, signal)],
  ['linked pages', (store, signal) => store.linkedPages({ target: heavy, ...slice }, signal)],
  ['the spread of strength', (store, signal) => store.strengthSpread(heavy, signal)],
  ['servers', (store, signal) => store.networks(heavy, signal)],
  ['links from edu and gov', (store, signal) => store.eduGov(heavy, signal)],
  ['links from given domains', (store, signal) => store.linksFrom({ target: heavy, domains: ['site1.net'] }, signal)],
  ['changes', (store, signal) => store.changes({ target: heavy, ...slice }, signal)],
  ['an intersection', (store, signal) => store.intersection({ to: [light, heavy], butNot: [], ...slice }, signal)],
  ['filtered rows', (store, signal) => store.rows({ target: heavy, ...slice, internal: 'exclude', filter: { anchor: 'x' } }, signal)],
  ['rows by date', (store, signal) => store.rows({ target: heavy, ...slice, internal: 'exclude', sort: 'date' }, signal)],
  ['the summary of a folder', (store, signal) => store.summaries([light, folder], signal)],
];

describe('heavy questions', function () {
  this.timeout(60_000);
  const emptyFolder = emptyFolders('heavy');
  let file = '';

  before(async () => {
    const pages = Array.from({ length: 10 }, (_, at) =>
      page(`https://h${at}.site${at % 3}.net/`, [link('https://heavy.com/x'), 'https://heavy.com/']),
    );
    file = await builtFrom(emptyFolder(), [...pages, page('https://h.site1.net/', ['https://light.org/'])]);
  });
  afterEach(() => rmSync(`${file}.go`, { force: true }));

  for (const [what, ask] of HEAVY) {
    it(`${what}: refused where others would wait, and answered by a thread of their own`, async () => {
      const quick = openIndex(file, { mostLinks: MOST_LINKS });
      await assert.rejects(ask(quick, signal), TooHeavy);
      await quick.close();
      const plain = openIndex(file);
      const expected = await ask(plain, signal);
      await plain.close();
      const store = await openIndexInWorker(file, { mostLinks: MOST_LINKS, workerFile: HELD });
      const slow = ask(store, signal);
      // The heavy thread goes on only after all of these have been answered.
      for (let time = 0; time < 5; time++) await askLightly(store);
      writeFileSync(`${file}.go`, '');
      assert.deepEqual(await slow, expected);
      await store.close();
    });
  }

  it('of a folder that a build has found heavy, neither its summary nor its first rows are heavy', async () => {
    const links = (at: number) => Array.from({ length: 120 }, (_, to) => `https://heavy.com/docs/${to}?at=${at % 7}`);
    const crowd = Array.from({ length: 10 }, (_, at) => page(`https://h${at}.site${at % 3}.net/`, [...links(at), 'https://heavy.com/']));
    const crowded = await builtFrom(emptyFolder(), crowd);
    const [quick, plain] = [openIndex(crowded, { mostLinks: MOST_LINKS }), openIndex(crowded)];
    for (const asked of ['heavy.com/*', 'heavy.com/docs/*'].map(target)) {
      const [summary] = await quick.summaries([asked], signal);
      assert.deepEqual(
        [summary?.backlinks, summary?.referringDomains, summary?.strongest?.[0]?.more],
        [asked.name.includes('docs') ? 1200 : 1210, 3, 479 + (asked.name.includes('docs') ? 0 : 4)],
      );
      const query = { target: asked, limit: 250, offset: 250, internal: 'exclude' } as const;
      const listed = await plain.rows({ ...query, filter: { tag: 'a' } }, signal);
      assert.deepEqual(await quick.rows(query, signal), listed);
    }
    await assert.rejects(quick.rows({ target: target('heavy.com/docs/*'), ...slice, internal: 'include' }, signal), TooHeavy);
    await quick.close();
    await plain.close();
  });

  it('an aborted one is let go at once, and the next is answered though the thread was in the middle of it', async () => {
    const store = await openIndexInWorker(file, { mostLinks: MOST_LINKS, workerFile: HELD });
    const abort = new AbortController();
    const slow = store.anchors({ target: heavy, ...slice }, abort.signal);
    await askLightly(store);
    abort.abort();
    await assert.rejects(slow, { name: 'AbortError' });
    await askLightly(store);
    writeFileSync(`${file}.go`, '');
    assert.equal((await store.anchors({ target: heavy, ...slice }, signal)).items[0]?.backlinks, 10);
    await store.close();
  });

  it('one that is cancelled lets the others behind it through, though it never ends', async () => {
    const store = await openIndexInWorker(file, { mostLinks: MOST_LINKS, workerFile: STUCK });
    const abort = new AbortController();
    // The thread stands still at what asks for 250 rows, and would for ever.
    const stuck = store.anchors({ target: heavy, limit: 250, offset: 0 }, abort.signal);
    const others = HEAVY.map(([, ask]) => ask(store, signal));
    const unwanted = new AbortController();
    const cancelledToo = assert.rejects(store.anchors({ target: heavy, ...slice }, unwanted.signal), { name: 'AbortError' });
    await askLightly(store);
    unwanted.abort();
    abort.abort();
    await assert.rejects(stuck, { name: 'AbortError' });
    await cancelledToo;
    const plain = openIndex(file);
    assert.deepEqual(await Promise.all(others), await Promise.all(HEAVY.map(([, ask]) => ask(plain, signal))));
    await plain.close();
    await store.close();
  });

  it('cancelled again and again, it always answers the next', async () => {
    const store = await openIndexInWorker(file, { mostLinks: MOST_LINKS, workerFile: STUCK });
    for (let time = 0; time < 8; time++) {
      const abort = new AbortController();
      const stuck = assert.rejects(store.anchors({ target: heavy, limit: 250, offset: 0 }, abort.signal), { name: 'AbortError' });
      if (time % 2 === 0) await askLightly(store);
      abort.abort();
      await stuck;
      assert.equal((await store.anchors({ target: heavy, ...slice }, signal)).items[0]?.backlinks, 10);
    }
    await store.close();
  });

  it('closing fails what is still being counted', async () => {
    const store = await openIndexInWorker(file, { mostLinks: MOST_LINKS, workerFile: HELD });
    const slow = store.anchors({ target: heavy, ...slice }, signal);
    const failed = assert.rejects(slow, { code: 'internal' });
    await askLightly(store);
    await store.close();
    await failed;
  });
});

async function askLightly(store: BacklinkStore): Promise<void> {
  assert.equal((await store.rows({ target: light, ...slice, internal: 'exclude' }, signal)).total, 1);
  assert.equal((await store.rows({ target: heavy, ...slice, internal: 'exclude' }, signal)).total, 20, 'rows by totals and in order are light');
  const [one, other] = await store.summaries([light, heavy], signal, { lists: false });
  assert.deepEqual([one?.backlinks, other?.referringDomains], [1, 3]);
  assert.equal((await store.anchors({ target: light, ...slice }, signal)).total, 1);
}
