/** The HTML tag around a place in a document, with its attributes: for edits beside a URL, where only the text itself can say what is there. */

export interface TagAttribute {
  /** Lower case. */
  readonly name: string;
  /** Offset of the name. */
  readonly start: number;
  /** Half-open span of the value without its quotes; null for an attribute without one. */
  readonly value: { readonly start: number; readonly end: number } | null;
  /** Offset behind the value and its quote. */
  readonly end: number;
}

export interface TagText {
  /** Offset of its `<`. */
  readonly start: number;
  /** Offset behind its `>`. */
  readonly end: number;
  readonly attributes: readonly TagAttribute[];
}

/** Characters before a place in which its tag must begin. */
const FARTHEST = 20_000;
/** Further `<` that are tried: one inside a value is no tag. */
const TRIES = 50;

/**
 * The start tag in one of whose attribute values a place lies.
 *
 * @param offset UTF-16 offset into the text
 * @returns null where no whole tag is: in prose, in a script, in a tag that the document's end cuts off
 */
export function tagAt(text: string, offset: number): TagText | null {
  let from = offset;
  for (let tries = 0; tries < TRIES && from >= 0; tries++) {
    const start = text.lastIndexOf('<', from - 1);
    if (start < 0 || start < offset - FARTHEST || from === 0) return null;
    const tag = readTag(text, start);
    if (tag?.attributes.some(({ value }) => value !== null && value.start <= offset && offset <= value.end)) return tag;
    from = start;
  }
  return null;
}

/** A name, an equals sign and a value in quotes, in braces (JSX) or bare; quotes end at their like, whatever stands between. */
const ATTRIBUTE = /([^\s"'<>/=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'<>`{][^\s<>]*)?)?/y;
const NAME = /<[A-Za-z][^\s/>]*/y;
const BETWEEN = /[\s/]*/y;

function readTag(text: string, start: number): TagText | null {
  NAME.lastIndex = start;
  if (!NAME.test(text)) return null;
  const attributes: TagAttribute[] = [];
  let at = NAME.lastIndex;
  for (;;) {
    BETWEEN.lastIndex = at;
    BETWEEN.test(text);
    at = BETWEEN.lastIndex;
    if (text[at] === '>') return { start, end: at + 1, attributes };
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(text);
    if (found === null) return null;
    attributes.push(toAttribute(found));
    at = ATTRIBUTE.lastIndex;
  }
}

function toAttribute({ 0: whole, 1: name = '', 2: equals, 3: value, index }: RegExpExecArray): TagAttribute {
  const end = index + whole.length;
  if (equals === undefined || value === undefined) return { name: name.toLowerCase(), start: index, value: null, end };
  const from = index + name.length + equals.length;
  const quoted = /^["'{]/.test(value) ? 1 : 0;
  return { name: name.toLowerCase(), start: index, value: { start: from + quoted, end: end - quoted }, end };
}
