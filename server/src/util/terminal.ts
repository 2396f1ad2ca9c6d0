/** Text for a terminal: no control characters, columns measured as they are drawn. */
import stringWidth from 'string-width';

/** Replaces control and bidirectional-override characters, which could rewrite what stands on the screen, by visible ones. */
export function safeText(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** Cuts a text to a width in columns; a cut one ends in an ellipsis. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Pads a text to a width in columns. */
export function cell(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const blank = ' '.repeat(Math.max(0, columns - stringWidth(text)));
  return side === 'left' ? text + blank : blank + text;
}
