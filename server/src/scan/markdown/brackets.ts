/** The open brackets of a text, `[` and `![`, as numbers only: a hostile text holds a million of them. CommonMark appendix, "look for link or image". */

export class Brackets {
  private readonly starts: number[] = [];
  /** 1 for an image. */
  private readonly images: number[] = [];
  private readonly pieces: number[] = [];
  /** Link brackets below this index cannot open a link any more: a link was found inside them. */
  private inactive = 0;

  clear(): void {
    this.inactive = 0;
    if (this.starts.length === 0) return;
    this.starts.length = 0;
    this.images.length = 0;
    this.pieces.length = 0;
  }

  get count(): number {
    return this.starts.length;
  }

  /** @param piece how many pieces of text were gathered before it */
  open(start: number, image: boolean, piece: number): void {
    this.starts.push(start);
    this.images.push(image ? 1 : 0);
    this.pieces.push(piece);
  }

  /** Offset of the last open bracket, its `!` included. */
  get start(): number {
    return this.starts.at(-1) ?? 0;
  }

  get image(): boolean {
    return this.images.at(-1) === 1;
  }

  /** Offset after the last open bracket. */
  get content(): number {
    return this.start + (this.image ? 2 : 1);
  }

  get piece(): number {
    return this.pieces.at(-1) ?? 0;
  }

  /** True when the last open bracket must stay text. */
  get dead(): boolean {
    return !this.image && this.count <= this.inactive;
  }

  /** Takes the last open bracket away. */
  pop(): void {
    this.starts.pop();
    this.images.pop();
    this.pieces.pop();
    if (this.inactive > this.starts.length) this.inactive = this.starts.length;
  }

  /** After a link: links hold no links, so the brackets around it are dead. */
  deactivate(): void {
    this.inactive = this.starts.length;
  }
}
