/** Labels of footnotes, `[^label]`, as GitHub reads them: no blank and no unescaped bracket inside, at most 999 characters. */
import { isBlankOrEol } from './chars.ts';

/**
 * Reads a footnote label.
 *
 * @param from offset of `[`, which `^` follows
 * @returns the offset after `]`, or -1
 */
export function footnoteLabelEnd(text: string, from: number, end: number): number {
  let size = 0;
  for (let at = from + 2; at < end && size <= 999; at++) {
    const code = text.charCodeAt(at);
    if (code === 93) return size > 0 ? at + 1 : -1;
    if (code === 91 || isBlankOrEol(code)) return -1;
    size++;
    if (code === 92 && at + 1 < end) {
      const next = text.charCodeAt(at + 1);
      if (next === 91 || next === 92 || next === 93) {
        at++;
        size++;
      }
    }
  }
  return -1;
}
