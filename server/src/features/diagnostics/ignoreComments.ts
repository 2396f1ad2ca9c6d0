/** `<!-- backlink-lens-ignore -->` silences the problems of its own line, `<!-- backlink-lens-ignore-next-line -->` those of the next. */

/** Lines (0-based) on which nothing is reported. */
export function ignoredLines(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  if (!text.includes('backlink-lens-ignore')) return lines;
  for (const [number, line] of text.split(/\r\n|\n|\r/).entries()) {
    for (const [, next] of line.matchAll(/<!--\s*backlink-lens-ignore(-next-line)?\s*-->/g)) lines.add(next === undefined ? number : number + 1);
  }
  return lines;
}
