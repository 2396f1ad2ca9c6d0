/** Text from the web inside Markdown: always text, never markup, link, image, HTML, table cell border or VS Code icon. */

/** All ASCII punctuation may be escaped by a backslash (CommonMark 0.31, section 2.4); `:` and `.` also stop GFM's bare URLs, `$` VS Code's icons. */
const PUNCTUATION = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/g;

/** Escapes a text for a line of Markdown: line breaks and control characters become blanks. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\s]+/gu, ' ').replace(PUNCTUATION, '\\$&');
}
