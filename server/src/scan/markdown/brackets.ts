/** The open brackets of a text, `[` and `![`, as numbers only: a hostile text holds a million of them. CommonMark appendix, "look for link or image". */

export class Brackets {
  count = 0;
  /** For each bracket: its offset times two, plus one for an image; then how many pieces of text were gathered before it. */
  private slots = new Int32Array(64);
  /** Link brackets below this index cannot open a link any more: a link was found inside them. */
  private inactive = 0;

  clear(): void {
    this.count = 0;
    this.inactive = 0;
  }

  /** @param piece how many pieces of text were gathered before it */
  open(start: number, image: boolean, piece: number): void {
    const at = 2 * this.count++;
    if (at === this.slots.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.slots);
      this.slots = longer;
    }
    this.slots[at] = 2 * start + (image ? 1 : 0);
    this.slots[at + 1] = piece;
  }

  private get last(): number {
    return this.count > 0 ? (this.slots[2 * this.count - 2] ?? 0) : 0;
  }

  /** Offset of the last open bracket, its `!` included. */
  get start(): number {
    return this.last >> 1;
  }

  get image(): boolean {
    return (this.last & 1) === 1;
  }

  /** Offset after the last open bracket. */
  get content(): number {
    return (this.last >> 1) + 1 + (this.last & 1);
  }

  get piece(): number {
    return this.count > 0 ? (this.slots[2 * this.count - 1] ?? 0) : 0;
  }

  /** True when the last open bracket must stay text. */
  get dead(): boolean {
    return !this.image && this.count <= this.inactive;
  }

  /** Takes the last open bracket away. */
  pop(): void {
    if (this.count > 0) this.count--;
    if (this.inactive > this.count) this.inactive = this.count;
  }

  /** After a link: links hold no links, so the brackets around it are dead. */
  deactivate(): void {
    this.inactive = this.count;
  }
}
