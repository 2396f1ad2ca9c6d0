/**
 * Hostile HTML: doubling the input must at most multiply the time by 2.3, and a megabyte of anything stays below a second.
 * Run: `node bench/scan/htmlLinear.ts`. CPU time, best of several rounds.
 *
 * The young generation is fixed at a size that holds what a scan of 2 MB makes: where only the larger input sets the garbage collector to
 * work, or makes it grow, its step would count as the scanner's.
 */
import { spawnSync } from 'node:child_process';
import { scanHtml } from '../../server/src/scan/html.ts';

const YOUNG_GENERATION = ['--min-semi-space-size=128', '--max-semi-space-size=128'];
const ROUNDS = 15;
const PAGE = 'https://site.example/';
const FAMILIES: Readonly<Record<string, string>> = {
  '<script><!--</script>': '<script><!--</script>',
  '<script><!--<script>': '<script><!--<script>',
  '--!>': '<!----!>',
  '<!--': '<!--',
  '<!-- -': '<!-- - -- --- ',
  'unterminated quotes': '<a href="x ',
  'mixed quotes': '<a href="x\' <b c=\'y" ',
  '</title': '<title></titl',
  '<svg></desc>': '<svg></desc></p><svg>',
  '<![CDATA[': '<svg><![CDATA[',
  '&amp': '<a href="&amp&#x;&notit">&amp</a>',
  'one long attribute list': ' b=c',
  handlers: ' onclick="location=\'x\'"',
  'open links': '<a href=x>',
  'words in an open link': 'word ',
  '<': '<',
  '</': '</',
  'srcset commas': ',,(,,,) /picture-name.png 2x (,), ',
  'style urls': '<p style="url(\'x\') url(y)">',
  json: '<script type="application/ld+json">{"a":"https://x',
  locations: '<p onclick="location=\'x location=">',
  'tables in links': '<a href=x><td>',
};
const PREFIX: Readonly<Record<string, string>> = {
  'one long attribute list': '<a ',
  handlers: '<a ',
  'words in an open link': '<a href=x>',
  'srcset commas': '<img srcset="',
};

/** CPU milliseconds of each run, best of several rounds in which they take turns: what else the machine does meets all of them alike. */
function cpuOf(runs: readonly (() => unknown)[]): number[] {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, run] of runs.entries()) {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      best[index] = Math.min(best[index] ?? 0, (user + system) / 1000);
    }
  }
  return best;
}

if (!process.execArgv.includes(YOUNG_GENERATION[0] ?? '')) {
  const { status } = spawnSync(process.execPath, [...YOUNG_GENERATION, ...process.execArgv, import.meta.filename], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
console.log('family                       0.5 MB      1 MB     2 MB   1 to 2');
let worst = 0;
let slowest = 0;
for (const [name, piece] of Object.entries(FAMILIES)) {
  const text = (size: number) => (PREFIX[name] ?? '') + piece.repeat(Math.floor(size / piece.length));
  const [half, one, two] = cpuOf([500_000, 1_000_000, 2_000_000].map(text).map((input) => () => scanHtml(input, { url: PAGE })));
  const ratio = (two ?? 0) / Math.max(one ?? 0, 0.5);
  worst = Math.max(worst, ratio);
  slowest = Math.max(slowest, one ?? 0);
  const column = (value: number | undefined) => (value ?? 0).toFixed(1).padStart(9);
  console.log(`${name.padEnd(25)}${column(half)} ${column(one)} ${column(two)} ${ratio.toFixed(2).padStart(8)}`);
}
console.log(`worst ratio ${worst.toFixed(2)} (at most 2.3), slowest megabyte ${slowest.toFixed(0)} ms (below 1,000)`);
