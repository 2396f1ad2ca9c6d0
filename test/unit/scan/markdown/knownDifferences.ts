/** Where micromark and we differ and the specification is on our side, one by one. Each example is held to differ, so the list stays honest. */

export interface KnownDifference {
  readonly reason: string;
  /** True for a text in which the difference can show. */
  readonly applies: (text: string) => boolean;
  readonly example: string;
}

const lines = (text: string) => text.replaceAll('\r', '\n');

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: 'CommonMark 6.5 lets `!` stand in the local part of an e-mail autolink; micromark has `#-’` for `!-’` there',
    applies: (text) => /<[^\s<>]*![^\s<>]*@/.test(text),
    example: 'a <b!c@d.ef>',
  },
  {
    reason: 'CommonMark 4.6 ends an HTML block of kind 5 at any `]]>`; micromark does not see it behind one more `]`',
    applies: (text) => text.includes(']]]'),
    example: '<![CDATA[ ]]]>\n[a](b)',
  },
  {
    reason: 'CommonMark 4.6: a tag alone on its line (kind 7) cannot interrupt a paragraph; micromark lets it where the line is a lazy one',
    applies: (text) => /^[ >\t+*-]*<\/?[a-z][^>]*>[ \t]*$/m.test(lines(text)) && /^[ \t]*(?:>|[-*+]|\d+[.)]|\[\^)/m.test(lines(text)),
    example: '> a\n<b>\n[c](d)',
  },
  {
    reason: 'CommonMark 5.2: only a paragraph keeps an item with another number than 1 from starting; micromark lets indented code do so too',
    applies: (text) => /^[ >]*(?: {4}|\t).*\n[ >]*\d+[.)]/m.test(lines(text)),
    example: '    a\n2. <!-- b',
  },
];

export function mayDiffer(text: string): boolean {
  return KNOWN_DIFFERENCES.some(({ applies }) => applies(text));
}
