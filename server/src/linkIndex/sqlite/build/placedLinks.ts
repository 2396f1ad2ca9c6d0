/**
 * The links of a build by their places in the final order: a link's id less one. Each column is an array in memory that threads share, 25 bytes
 * a link in all.
 */
import { FORM_CODES } from '../schema.ts';
import type { Staging } from '../staging.ts';
import { freedUints, sharedUints, Uints } from './grow.ts';
import { inOrder } from './linkColumns.ts';
import type { LinkOrder } from './linkOrder.ts';
import type { Pause } from './pause.ts';
import { PlacedTexts } from './placedTexts.ts';

/** Beside the flags of the staged links: the link is lost. With INTERNAL below it the two highest bits are the link's LINK_STATE. */
const LOST = 0x80;
const STATE_SHIFT = 6;

export interface PlacedLinks extends Omit<LinkOrder, 'links'> {
  readonly count: number;
  /** Numbers in the tables of texts, 0 for none; of a form as in the schema. */
  readonly anchors: Uint32Array;
  readonly forms: Uint32Array;
  readonly rels: Uint32Array;
  /** One more than the position; 0 where there is none. */
  readonly positions: Uint32Array;
  /** The flags of linkColumns, and LOST. */
  readonly marks: Uint8Array;
  /** Epoch seconds; 0 for as old as the page. Empty where all are. */
  readonly firstSeen: Uint32Array;
}

/** What belongs to the links, and stays with the thread that read them. */
export interface LinkTexts {
  readonly anchors: PlacedTexts;
  readonly forms: PlacedTexts;
  readonly rels: PlacedTexts;
  /** Places of lost links. */
  readonly lost: Uints;
  /** The same as they were staged. */
  readonly lostLinks: Uints;
}

export interface Placed {
  readonly links: PlacedLinks;
  readonly texts: LinkTexts;
}

/** The LINK_STATE of a link, by its mark. */
export function stateOf(mark: number): number {
  return mark >> STATE_SHIFT;
}

/** Puts the columns into their order and gives the staged ones back, one after the other. */
export async function placeLinks(staging: Staging, order: LinkOrder, pause: Pause): Promise<Placed> {
  const { links: staged, sources, targets, domainStarts } = order;
  const { links, dates } = staging;
  const marks = inOrder<Uint8Array>(links.flags, staged, new Uint8Array(new SharedArrayBuffer(staged.length)));
  const firstSeen = sharedUints(dates.empty ? 0 : staged.length);
  const lost = new Uints();
  const lostLinks = new Uints();
  for (let place = 0; place < firstSeen.length; place++) {
    const link = staged[place] as number;
    firstSeen[place] = dates.firstSeen(link) ?? 0;
    if (dates.lostOn(link) === 0) continue;
    marks[place] = (marks[place] as number) | LOST;
    lost.push(place);
    lostLinks.push(link);
  }
  const take = async (column: 'anchor' | 'form' | 'rel' | 'position'): Promise<Uint32Array> => {
    await pause();
    const placed = inOrder<Uint32Array>(links[column], staged, sharedUints(staged.length));
    links.release(column);
    return placed;
  };
  const positions = await take('position');
  const anchors = await take('anchor');
  const forms = await take('form');
  const rels = await take('rel');
  links.release('flags');
  const count = staged.length;
  freedUints(staged);
  await pause();
  const texts = {
    anchors: PlacedTexts.number(staging.anchors, anchors),
    forms: PlacedTexts.number(staging.forms, forms, FORM_CODES.length),
    rels: PlacedTexts.number(staging.rels, rels),
    lost,
    lostLinks,
  };
  return { links: { count, sources, targets, domainStarts, anchors, forms, rels, positions, marks, firstSeen }, texts };
}
