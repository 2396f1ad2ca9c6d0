/** Lines of large ASCII tables, a piece's worth at a time: Common Crawl's lists have hundreds of millions of them. */
import { BacklinkLensError } from '../../util/errors.ts';

/** A piece without a line end that is longer is no table. */
const LONGEST = 1 << 20;

/**
 * The lines of a stream of bytes, without their ends; empty ones are left out.
 *
 * @throws BacklinkLensError input.unknown-table for something without line ends; what `chunks` throws, after the lines before it
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly string[], void, void> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) throw new BacklinkLensError('input.unknown-table', 'is no table: it has no line ends');
    if (lines.length > 0) yield withoutEnds(lines);
  }
  if (rest !== '') yield withoutEnds([rest]);
}

function withoutEnds(lines: readonly string[]): readonly string[] {
  if (lines[0]?.endsWith('\r') !== true && !lines.includes('')) return lines;
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line !== '');
}
