/** The indexes of links: by page, host and domain with their states, and the new ones of each domain by date. */
import type { IndexTree } from '../btree/indexTree.ts';
import { ScopeEntries } from '../btree/scopeEntries.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import { type PlacedLinks, stateOf } from './placedLinks.ts';
import { type Groups, scopesOf } from './scopes.ts';

/** Links have one of as many states. */
const STATES = 4;

/** (key, state, id): one scope after another, in each its states, in each the places in their order. */
export async function writeByState(tree: IndexTree, groups: Groups, { marks }: PlacedLinks, pause: Pause): Promise<void> {
  const entries = new ScopeEntries(tree);
  let written = 0;
  for (const { key, places, start, end } of scopesOf(groups)) {
    let left = end - start;
    for (let state = 0; state < STATES && left > 0; state++) {
      entries.begin(key, state);
      for (let at = start; at < end; at++) {
        const place = places === null ? at : (places[at] as number);
        if (stateOf(marks[place] as number) !== state) continue;
        entries.add(place + 1);
        left--;
        if (++written % PAUSE_EVERY === 0) await pause();
      }
    }
  }
  tree.finish();
}

/** (key, first seen, id), of the links that have such a date. */
export async function writeNew(tree: IndexTree, { starts }: Groups, { firstSeen }: PlacedLinks, pause: Pause): Promise<void> {
  const entries = new ScopeEntries(tree);
  let looked = 0;
  for (let domain = 0; firstSeen.length > 0 && domain + 1 < starts.length; domain++) {
    const dated: { place: number; second: number }[] = [];
    for (let place = starts[domain] as number; place < (starts[domain + 1] as number); place++) {
      const second = firstSeen[place] as number;
      if (second !== 0) dated.push({ place, second });
      if (++looked % PAUSE_EVERY === 0) await pause();
    }
    for (const { place, second } of dated.sort((a, b) => a.second - b.second || a.place - b.place)) {
      entries.begin(domain + 1, second);
      entries.add(place + 1);
    }
  }
  tree.finish();
}
