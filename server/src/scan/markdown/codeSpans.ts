/** Code spans: which run of backticks closes which. CommonMark 6.1. */

export class CodeSpans {
  private text = '';
  private end = 0;
  /** Offsets of the runs of each length, once they had to be gathered. */
  private runs: Map<number, number[]> | null = null;
  private gatheredFrom = 0;

  /** Starts on another text. */
  reset(text: string, end: number): void {
    this.text = text;
    this.end = end;
    this.runs = null;
  }

  /** Offset after the run of backticks at `at`. */
  runEnd(at: number): number {
    const { text, end } = this;
    let next = at + 1;
    while (next < end && text.charCodeAt(next) === 96) next++;
    return next;
  }

  /**
   * The code span that opens with the run at `at`.
   *
   * @returns the offset after its closing run, or -1
   */
  spanEnd(at: number): number {
    const open = this.runEnd(at);
    const size = open - at;
    const near = this.text.indexOf('`', open);
    if (near < 0 || near >= this.end) return -1;
    const nearEnd = this.runEnd(near);
    if (nearEnd - near === size) return nearEnd;
    return this.farEnd(nearEnd, size);
  }

  private farEnd(from: number, size: number): number {
    this.runs ??= this.gather(from);
    const starts = this.runs.get(size);
    if (starts === undefined || from < this.gatheredFrom) return -1;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const found = starts[low];
    return found === undefined ? -1 : found + size;
  }

  private gather(from: number): Map<number, number[]> {
    const runs = new Map<number, number[]>();
    this.gatheredFrom = from;
    let at = this.text.indexOf('`', from);
    while (at >= 0 && at < this.end) {
      const next = this.runEnd(at);
      const starts = runs.get(next - at);
      if (starts === undefined) runs.set(next - at, [at]);
      else starts.push(at);
      at = this.text.indexOf('`', next);
    }
    return runs;
  }
}
