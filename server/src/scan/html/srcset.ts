/** The URLs of a `srcset`, split as WHATWG HTML 4.8.4.3.10 "parse a srcset attribute" does. Candidates with bad descriptors keep their URL. */

/** Calls `found` with the half-open index range of each URL in `text`. */
export function splitSrcset(text: string, found: (start: number, end: number) => void): void {
  let at = 0;
  while (at < text.length) {
    while (at < text.length && (isSpace(text, at) || text[at] === ',')) at++;
    if (at >= text.length) break;
    const start = at;
    while (at < text.length && !isSpace(text, at)) at++;
    let end = at;
    while (end > start && text[end - 1] === ',') end--;
    found(start, end);
    if (end === at) at = skipDescriptors(text, at);
  }
}

/** Behind the comma that ends the descriptors; commas in parentheses do not. */
function skipDescriptors(text: string, from: number): number {
  let inside = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (inside) inside = character !== ')';
    else if (character === '(') inside = true;
    else if (character === ',') return at + 1;
  }
  return text.length;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 10 || code === 12 || code === 13;
}
