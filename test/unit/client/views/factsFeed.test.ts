/** Facts for the tree: asked once, asked again when they changed, put together from changes, and left alone while somebody types. */
import assert from 'node:assert/strict';
import { createFactsFeed, MOMENT, PAUSE } from '../../../../client/src/views/factsFeed.ts';
import { createToldFacts } from '../../../../server/src/lsp/toldFacts.ts';
import type { DocumentFacts } from '../../../../shared/protocol.ts';
import { fresh, link, target } from '../support/samples.ts';

const URI = 'file:///a.md';
const places = (names: readonly string[], backlinks = 0) =>
  names.map((name) => link({ url: name, targets: { page: target(name), domain: target('site.test', 'domain') }, page: fresh({ backlinks }) }));
const facts = (changes: Partial<DocumentFacts> = {}): DocumentFacts => ({
  uri: URI,
  version: 1,
  links: places(['a', 'b', 'c']),
  findings: 0,
  problem: null,
  ...changes,
});

/** A feed over a server that answers with `current`, and the timers that it set. */
function feedOf(current: () => DocumentFacts | null) {
  const asked: number[] = [];
  const told: (DocumentFacts | null)[] = [];
  const sent: number[] = [];
  const timers: { run: () => void; wait: number; stopped: boolean }[] = [];
  const server = createToldFacts();
  const feed = createFactsFeed({
    ask: async (uri, since) => {
      asked.push(since);
      const answer = server.tell(uri, current(), since);
      sent.push(answer?.links.length ?? -1);
      return answer;
    },
    told: (_, found) => told.push(found),
    later: (run, wait) => {
      const timer = { run, wait, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
  });
  const fire = async () => {
    for (const timer of timers.splice(0)) if (!timer.stopped) timer.run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { feed, asked, told, sent, timers, fire };
}

describe('facts for the tree', () => {
  it('are asked for once, whoever wants them', async () => {
    const { feed, asked } = feedOf(() => facts());
    const [one, other] = await Promise.all([feed.get(URI), feed.get(URI)]);
    assert.equal(one, other);
    assert.equal(await feed.get(URI), one);
    assert.deepEqual(asked, [0]);
  });

  it('are sent as what changed, and are whole all the same', async () => {
    let now = facts();
    const { feed, sent } = feedOf(() => now);
    await feed.get(URI);
    now = facts({ links: now.links.with(1, { ...places(['b'], 7)[0], findings: 1 } as (typeof now.links)[number]), findings: 1 });
    feed.changed(URI, 'knowledge');
    const found = await feed.get(URI);
    assert.deepEqual(sent, [3, 1]);
    assert.deepEqual(found?.links, now.links);
    assert.equal(found?.findings, 1);
  });

  it('are sent whole where the text or what is listed is another', async () => {
    let now = facts();
    const { feed, sent } = feedOf(() => now);
    await feed.get(URI);
    now = facts({ version: 2 });
    feed.changed(URI, 'text');
    await feed.get(URI);
    now = facts({ version: 2, links: places(['a', 'b']) });
    feed.changed(URI, 'knowledge');
    assert.equal((await feed.get(URI))?.links.length, 2);
    assert.deepEqual(sent, [3, 3, 2]);
  });

  it('are asked for again a moment after they changed, and told', async () => {
    const { feed, told, timers, fire } = feedOf(() => facts());
    await feed.get(URI);
    feed.changed(URI, 'knowledge');
    feed.changed(URI, 'knowledge');
    assert.deepEqual(
      timers.map(({ wait }) => wait),
      [MOMENT],
    );
    await fire();
    assert.equal(told.length, 1);
  });

  it('of ten thousand links are asked for twice a second, and sent as what changed', async () => {
    let now = facts({ links: places(Array.from({ length: 10_000 }, (_, index) => `https://site.test/${index}`)) });
    const { feed, sent, timers, fire } = feedOf(() => now);
    await feed.get(URI);
    for (let step = 1; step <= 3; step += 1) {
      now = facts({ links: now.links.with(step, places([`https://site.test/${step}`], step)[0] as (typeof now.links)[number]) });
      for (let times = 0; times < 50; times += 1) feed.changed(URI, 'knowledge');
      assert.deepEqual(
        timers.filter(({ stopped }) => !stopped).map(({ wait }) => wait),
        [500],
      );
      await fire();
    }
    assert.deepEqual(sent, [10_000, 1, 1, 1]);
  });

  it('wait for a pause while somebody types: one question however many keys', async () => {
    const { feed, asked, timers, fire } = feedOf(() => facts());
    await feed.get(URI);
    for (let key = 0; key < 30; key += 1) feed.changed(URI, key % 3 === 0 ? 'knowledge' : 'text');
    assert.equal(timers.filter(({ stopped }) => !stopped).length, 1);
    assert.equal(timers.findLast(({ stopped }) => !stopped)?.wait, PAUSE);
    await fire();
    assert.equal(asked.length, 2);
  });

  it('are left alone while nobody looks, and caught up with when somebody does', async () => {
    const { feed, asked, fire } = feedOf(() => facts());
    await feed.get(URI);
    feed.pause(true);
    feed.changed(URI, 'knowledge');
    await fire();
    assert.equal(asked.length, 1);
    feed.pause(false);
    await fire();
    assert.equal(asked.length, 2);
  });

  it('are asked for again where the server had none yet, or failed', async () => {
    let now: DocumentFacts | null = null;
    let fails = false;
    const { feed } = feedOf(() => {
      if (fails) throw new Error('gone');
      return now;
    });
    assert.equal(await feed.get(URI), null);
    fails = true;
    await assert.rejects(feed.get(URI));
    fails = false;
    now = facts();
    assert.equal((await feed.get(URI))?.links.length, 3);
  });
});
