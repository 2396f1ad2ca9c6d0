/** The indexes of links: by page, host and domain with their states, and the new ones of each domain by date. */
import type { IndexTree } from '../btree/indexTree.ts';
import type { RecordWriter } from '../btree/record.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './largeTables.ts';
import { stateOf } from './linkTable.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import type { LinkScopes, Scopes } from './scopes.ts';

/** Links have one of as many states. */
const STATES = 4;

export async function writeLinkIndexes({ record, index }: Trees, { staging, order }: Generation, scopes: LinkScopes, pause: Pause): Promise<void> {
  const states = Uint8Array.from(order.links, (link) => stateOf(staging, link));
  await writeByState(index('link_page'), record, scopes.pages(), states, pause);
  await writeByState(index('link_host'), record, scopes.hosts(), states, pause);
  await writeByState(index('link_domain'), record, scopes.domains(), states, pause);
  await writeNew(index('link_new'), record, scopes.domains(), (place) => staging.dates.firstSeen(order.links[place] as number), pause);
}

/** (key, state, id): one scope after another, in each its states, in each the places in their order. */
async function writeByState(tree: IndexTree, record: RecordWriter, scopes: Scopes, states: Uint8Array, pause: Pause): Promise<void> {
  let written = 0;
  for (const [key, places] of scopes) {
    let left = places.length;
    for (let state = 0; state < STATES && left > 0; state++) {
      for (const place of places) {
        if (states[place] !== state) continue;
        record.begin();
        record.int(key);
        record.int(state);
        record.int(place + 1);
        tree.add(record);
        left--;
        if (++written % PAUSE_EVERY === 0) await pause();
      }
    }
  }
  tree.finish();
}

/** (key, first seen, id), of the links that have such a date. */
async function writeNew(
  tree: IndexTree,
  record: RecordWriter,
  scopes: Scopes,
  firstSeen: (place: number) => number | null,
  pause: Pause,
): Promise<void> {
  let looked = 0;
  for (const [key, places] of scopes) {
    const dated: { place: number; second: number }[] = [];
    for (const place of places) {
      const second = firstSeen(place);
      if (second !== null) dated.push({ place, second });
      if (++looked % PAUSE_EVERY === 0) await pause();
    }
    for (const { place, second } of dated.sort((a, b) => a.second - b.second || a.place - b.place)) {
      record.begin();
      record.int(key);
      record.int(second);
      record.int(place + 1);
      tree.add(record);
    }
  }
  tree.finish();
}
