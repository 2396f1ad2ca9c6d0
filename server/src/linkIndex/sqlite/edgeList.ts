/** Edges of a build in typed arrays: 12 bytes each, whatever becomes of them. */

const FIRST_CAPACITY = 1 << 12;

export class EdgeList {
  #capture = new Uint32Array(FIRST_CAPACITY);
  #source = new Uint32Array(FIRST_CAPACITY);
  #target = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  add(capture: number, source: number, target: number): void {
    if (this.#length === this.#capture.length) this.#grow();
    const at = this.#length++;
    this.#capture[at] = capture;
    this.#source[at] = source;
    this.#target[at] = target;
  }

  /** Visits the edges whose capture is its source's winner. */
  visit(winner: readonly number[], edge: (source: number, target: number) => void): void {
    for (let at = 0; at < this.#length; at++) {
      const source = this.#source[at] as number;
      if (winner[source] === this.#capture[at]) edge(source, this.#target[at] as number);
    }
  }

  #grow(): void {
    const capacity = this.#length * 2;
    this.#capture = copied(this.#capture, capacity);
    this.#source = copied(this.#source, capacity);
    this.#target = copied(this.#target, capacity);
  }
}

function copied(from: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(capacity);
  to.set(from);
  return to;
}
