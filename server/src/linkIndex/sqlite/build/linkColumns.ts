/** The links of a build, one array a column: 21 bytes a link. */
import { FIRST_CAPACITY, freedUints, grownBytes, grownUints, roomFor } from './grow.ts';

/** Bits of the flags: the tag's code below, then what `nofollow` says (0, 1, or 2 for not said), then whether the link stays in its domain. */
export const TAG_BITS = 0x0f;
export const NOFOLLOW_SHIFT = 4;
export const NOFOLLOW_BITS = 0x03;
export const INTERNAL = 0x40;

type Column = 'target' | 'anchor' | 'form' | 'position' | 'rel' | 'flags';

export class LinkColumns {
  /** Number of the known URL. */
  target = new Uint32Array(FIRST_CAPACITY);
  anchor = new Uint32Array(FIRST_CAPACITY);
  /** As in the schema: a form code, or one of the texts behind them. */
  form = new Uint32Array(FIRST_CAPACITY);
  /** One more than the position; 0 where there is none. */
  position = new Uint32Array(FIRST_CAPACITY);
  rel = new Uint32Array(FIRST_CAPACITY);
  flags = new Uint8Array(FIRST_CAPACITY);
  length = 0;

  /** @param position null, or anything that is no whole number from 0 on, is none */
  push(target: number, anchor: number, form: number, position: number | null, rel: number, flags: number): void {
    const at = this.length;
    if (at === this.target.length) this.#grow();
    this.target[at] = target;
    this.anchor[at] = anchor;
    this.form[at] = form;
    this.position[at] = position !== null && Number.isInteger(position) && position >= 0 && position < 0xffff_ffff ? position + 1 : 0;
    this.rel[at] = rel;
    this.flags[at] = flags;
    this.length++;
  }

  /** Gives back the memory of a column that nobody needs any more. */
  release(column: Column): void {
    if (column === 'flags') this.flags = grownBytes(this.flags, 0);
    else this[column] = freedUints(this[column]);
  }

  /**
   * Takes the links of another build's columns over, which are empty afterwards. Nothing has been pushed yet.
   *
   * @param order places in `from`, by the places they get
   */
  takeOver(from: LinkColumns, order: Uint32Array): void {
    for (const column of ['target', 'anchor', 'form', 'position', 'rel'] as const) {
      this.release(column);
      this[column] = inOrder(from[column], order, new Uint32Array(order.length));
      from.release(column);
    }
    this.release('flags');
    this.flags = inOrder(from.flags, order, new Uint8Array(order.length));
    from.release('flags');
    this.length = order.length;
  }

  #grow(): void {
    const room = roomFor(this.length + 1);
    this.target = grownUints(this.target, room);
    this.anchor = grownUints(this.anchor, room);
    this.form = grownUints(this.form, room);
    this.position = grownUints(this.position, room);
    this.rel = grownUints(this.rel, room);
    this.flags = grownBytes(this.flags, room);
  }
}

/** Puts the values at the places of an order into an array. */
export function inOrder<T extends Uint32Array | Uint8Array>(values: T, order: Uint32Array, into: T): T {
  for (let at = 0; at < order.length; at++) into[at] = values[order[at] as number] as number;
  return into;
}

/** The flags of a link. */
export function linkFlags(tag: number, nofollow: number, internal: boolean): number {
  return tag | (nofollow << NOFOLLOW_SHIFT) | (internal ? INTERNAL : 0);
}
