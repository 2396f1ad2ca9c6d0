// `<!-- backlink-lens-ignore -->` silences the problems of its own line, `<!-- backlink-lens-ignore-next-line -->` those of the next. MDX, which has
// no such comments, says the same as `{/* backlink-lens-ignore */}`.

/** Lines (0-based) on which nothing is reported. */
export function ignoredLines(text: string, mdx = false): ReadonlySet<number> {
  const lines = new Set<number>();
  if (!text.includes('backlink-lens-ignore')) return lines;
  const comment = mdx
    ? /(?:<!--\s*|\{\s*\/\*\s*)backlink-lens-ignore(-next-line)?\s*(?:-->|\*\/\s*\})/g
    : /<!--\s*backlink-lens-ignore(-next-line)?\s*-->/g;
  for (const [number, line] of text.split(/\r\n|\n|\r/).entries()) {
    for (const [, next] of line.matchAll(comment)) lines.add(next === undefined ? number : number + 1);
  }
  return lines;
}
