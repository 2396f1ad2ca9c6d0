/** The table of links, in their final order. */
import { LINK_STATE } from '../schema.ts';
import type { Staging } from '../staging.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './largeTables.ts';
import { INTERNAL, NOFOLLOW_BITS, NOFOLLOW_SHIFT, TAG_BITS } from './linkColumns.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

/** Columns of a link from its id to `position`, which are always written. */
const ALWAYS = 7;

export async function writeLinks({ record, table }: Trees, { staging, numbering, order }: Generation, pause: Pause): Promise<void> {
  const { links, dates } = staging;
  const { hostOf, domainOf } = numbering;
  const tree = table('link');
  for (let place = 0; place < order.links.length; place++) {
    if (place % PAUSE_EVERY === 0) await pause();
    const link = order.links[place] as number;
    const target = order.targets[place] as number;
    const host = hostOf[target - 1] as number;
    const flags = links.flags[link] as number;
    const position = links.position[link] as number;
    record.begin();
    record.null();
    record.int(target);
    record.int(host);
    record.int(domainOf[host - 1] as number);
    record.int(order.sources[place] as number);
    record.int(links.anchor[link] as number);
    record.intOrNull(position === 0 ? null : position - 1);
    record.int(stateOf(staging, link));
    record.int(links.form[link] as number);
    record.int((flags >> NOFOLLOW_SHIFT) & NOFOLLOW_BITS);
    record.int(flags & TAG_BITS);
    record.int(links.rel[link] as number);
    record.intOrNull(dates.firstSeen(link));
    record.trim(ALWAYS);
    tree.add(place + 1, record);
  }
  tree.finish();
}

/** The LINK_STATE of a staged link. */
export function stateOf({ links, dates }: Staging, link: number): number {
  const state = ((links.flags[link] as number) & INTERNAL) === 0 ? LINK_STATE.external : LINK_STATE.internal;
  return dates.lostOn(link) === 0 ? state : state + LINK_STATE.lostExternal;
}
