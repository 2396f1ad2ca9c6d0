/**
 * Hostile Markdown: for each family the time at 0.25, 0.5, 1 and 2 MB. Run: `node bench/scan/markdownFamilies.ts`. Targets: 1 MB in less than
 * a second, and twice the text in at most 2.3 times the time, on average over the three doublings.
 */
import { scanMarkdown } from '../../server/src/scan/markdown.ts';

const SIZES = [250_000, 500_000, 1_000_000, 2_000_000] as const;
const ROUNDS = 5;
const SLOWEST = 1000;
const STEEPEST = 2.3;
/** Below this a ratio is noise. */
const MEASURABLE = 20;

const repeat = (piece: string) => (size: number) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
/** Opening pieces, then as many closing ones. */
const nested = (open: string, middle: string, close: string) => (size: number) => {
  const depth = Math.floor(size / (open.length + close.length));
  return open.repeat(depth) + middle + close.repeat(depth);
};

const FAMILIES: Readonly<Record<string, (size: number) => string>> = {
  'links never closed, [a](': repeat('[a]('),
  'destinations never closed, [a](<b': repeat('[a](<b'),
  'titles never closed, [a](b "': repeat('[a](b "'),
  'titles never closed, [a](b (': repeat('[a](b ('),
  brackets: repeat('['),
  'brackets and their ends': nested('[', 'a', ']'),
  'links in links': nested('[', 'a', '](x)'),
  'images in images': nested('![', 'a', '](x)'),
  'images in images with words': nested('![a ', 'b', '](x)'),
  '![[': repeat('![['),
  references: repeat('[a][b]'),
  'references to one definition': (size) => `[a]: b\n\n${repeat('[a][a] ')(size)}`,
  definitions: (size) => Array.from({ length: size / 20 }, (_, index) => `[label${index}]: /url${index}`).join('\n'),
  'one long definition': (size) => `[a]: ${'b'.repeat(size)}`,
  'labels never closed': repeat('[a\n'),
  'titles of definitions never closed': repeat('[a]: b (\n'),
  'emphasis, *a_': repeat('*a_ '),
  'emphasis in a link, *a_': (size) => `[${repeat('*a_ ')(size)}](b)`,
  'emphasis in a link, nested': (size) => `[${nested('*a ', '', 'a* ')(size)}](b)`,
  'backtick runs of every length': (size) => Array.from({ length: Math.floor(Math.sqrt(2 * size)) }, (_, index) => '`'.repeat(index + 1)).join(' '),
  'backticks, `a``': repeat('`a``'),
  'tags never closed, <a': repeat('<a '),
  'attributes never closed, <a b="': repeat('<a b="'),
  'attributes of both quotes': repeat(`<a b="<a b='`),
  'comments never closed': repeat('a <!-- '),
  'instructions never closed': repeat('a <?'),
  'CDATA never closed': repeat('a <![CDATA['),
  'declarations never closed': repeat('a <!A '),
  'autolinks never closed': repeat('<http:'),
  'HTML links never closed': repeat('<a href="x">'),
  'HTML blocks with links never closed': repeat('<div><a href="x">\n\n'),
  'www. with underscores': repeat('_www.'),
  'bare URLs with underscores': repeat('http://a_b.'),
  dots: (size) => `www.a${'.'.repeat(size)}b`,
  ampersands: (size) => `http://a/${'&a'.repeat(size / 2)}`,
  'e-mail addresses': repeat('a@a.'),
  'quotes in quotes': (size) => `${'>'.repeat(size / 2)}${'\na'.repeat(size / 4)}`,
  'quoted lines': repeat('> > > > > > > >\n'),
  'lists in lists': (size) => `${'- '.repeat(size / 2)}a${'\n'.repeat(size / 2)}`,
  'list items': repeat('- a\n'),
  'stars that are no break': (size) => `${'* '.repeat(size / 2)}a`,
  'table cells': (size) => `${'|a'.repeat(size / 4)}\n${'|-'.repeat(size / 4)}`,
  'table rows': (size) => `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(size / 6)}`,
  footnotes: repeat('[^a]:\n'),
  headings: repeat('a\n=\n'),
  entities: repeat('[&amp;'),
  'front matter': (size) => `---\n${'url: [\n'.repeat(size / 7)}---\n`,
};

let failed = 0;
for (const [name, make] of Object.entries(FAMILIES)) {
  const times = SIZES.map((size) => {
    const text = make(size);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage();
      scanMarkdown(text);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
    }
    return best;
  });
  const [quarter = 0, , whole = 0, twice = 0] = times;
  // Over all doublings: one alone is at the mercy of the garbage collector, which has more to keep from some size on.
  const ratio = whole < MEASURABLE ? 0 : Math.cbrt(twice / Math.max(quarter, 1));
  const bad = whole > SLOWEST || ratio > STEEPEST;
  if (bad) failed++;
  const shown = times.map((time) => time.toFixed(1).padStart(8)).join('');
  console.log(`${name.padEnd(38)} ${shown} ms  ${ratio === 0 ? '' : `x${ratio.toFixed(2)}`} ${bad ? 'TOO SLOW' : ''}`);
}
console.log(`\n${Object.keys(FAMILIES).length} families, ${failed} too slow (CPU time, best of ${ROUNDS} rounds)`);
