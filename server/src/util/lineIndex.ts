/** Offsets of a text to lines and characters, as LSP counts them (0-based, UTF-16; lines end with LF, CRLF or CR). */

export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/**
 * Reads the text once; each look-up is then a binary search.
 *
 * @returns a function from offset to position; an offset beyond the end gives the end
 */
export function lineIndex(text: string): (offset: number) => LinePosition {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (starts[low] ?? 0) };
  };
}
