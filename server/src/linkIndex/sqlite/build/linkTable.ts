/** The table of links, in their final order. */
import { NOFOLLOW_BITS, NOFOLLOW_SHIFT, TAG_BITS } from './linkColumns.ts';
import type { LinkTask, Trees } from './linkTask.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import { stateOf } from './placedLinks.ts';

/** Columns of a link from its id to `position`, which are always written. */
const ALWAYS = 7;

export async function writeLinks({ record, table }: Trees, { links, hostOf, domainOf }: LinkTask, pause: Pause): Promise<void> {
  const { count, targets, sources, anchors, positions, forms, rels, marks, firstSeen } = links;
  const tree = table('link');
  for (let place = 0; place < count; place++) {
    if (place % PAUSE_EVERY === 0) await pause();
    const target = targets[place] as number;
    const host = hostOf[target - 1] as number;
    const position = positions[place] as number;
    const mark = marks[place] as number;
    const form = forms[place] as number;
    const rel = rels[place] as number;
    const seen = firstSeen[place] ?? 0;
    record.begin();
    record.null();
    record.int(target);
    record.int(host);
    record.int(domainOf[host - 1] as number);
    record.int(sources[place] as number);
    record.int(anchors[place] as number);
    record.intOrNull(position === 0 ? null : position - 1);
    if ((mark | form | rel | seen) !== 0) {
      record.int(stateOf(mark));
      record.int(form);
      record.int((mark >> NOFOLLOW_SHIFT) & NOFOLLOW_BITS);
      record.int(mark & TAG_BITS);
      record.int(rel);
      record.intOrNull(seen === 0 ? null : seen);
      record.trim(ALWAYS);
    }
    tree.add(place + 1, record);
  }
  tree.finish();
}
