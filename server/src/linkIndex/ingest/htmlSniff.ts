/** Tells a page by its first bytes, where nothing else says its type. Source: WHATWG MIME Sniffing, the tags of the "unknown MIME type" table. */

const FIRST_TAG = /^[\s\ufeff]*<(?:!--|(?:!doctype html|html|head|body|title|script|iframe|h1|div|font|table|style|br|p)(?=[\s>]))/i;

/** True when the bytes start as an HTML document does, after blanks and a byte order mark. */
export function startsAsHtml(bytes: Buffer): boolean {
  return FIRST_TAG.test(bytes.toString('utf8', 0, 256));
}
