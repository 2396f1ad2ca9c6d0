/** The URL of `<meta http-equiv=refresh content="5; url=…">`. Source: WHATWG HTML 4.2.5.3, "shared declarative refresh steps". */

const HEAD = /^[\t\n\f\r ]*(?:\d[\d.]*|\.[\d.]*)(?:[\t\n\f\r ]*[;,][\t\n\f\r ]*|[\t\n\f\r ]+)/;
const NAME = /url[\t\n\f\r ]*=[\t\n\f\r ]*/iy;

/** Index range of the URL in the value; null where the page only reloads itself. */
export function refreshUrl(content: string): { start: number; end: number } | null {
  const head = HEAD.exec(content);
  if (head === null) return null;
  let start = head[0].length;
  NAME.lastIndex = start;
  const name = NAME.exec(content);
  if (name !== null) start += name[0].length;
  const quote = content[start];
  let end = content.length;
  if (quote === '"' || quote === "'") {
    start++;
    const close = content.indexOf(quote, start);
    if (close >= 0) end = close;
  }
  return start < end ? { start, end } : null;
}
