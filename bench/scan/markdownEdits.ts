/**
 * One-character edits of a large Markdown document: typing at random places, with the new list of links.
 * Run: `node bench/scan/markdownEdits.ts`. Targets: at most 3 ms p95 at 1 MB, 16 ms at 10 MB. The peer scans the whole text again.
 */
import { performance } from 'node:perf_hooks';
import { MarkdownDocument } from '../../server/src/scan/markdown/document.ts';
import { scanMarkdown } from '../../server/src/scan/markdown.ts';
import { realDocuments } from '../../test/unit/scan/markdown/realDocuments.ts';
import { languageServiceLinks } from './markdownPeers.ts';
import { percentile } from './measure.ts';

/** The first edits also pay for compilation; they are measured apart. */
const FIRST = 100;
const EDITS = 300;
const URL_OF_PAGE = 'https://site.example/docs/';

/** Real documents one after another until there are so many characters. */
function largeDocument(characters: number): string {
  const real = realDocuments()
    .map(({ text }) => text)
    .join('\n\n');
  return real.repeat(Math.ceil(characters / real.length)).slice(0, characters);
}

async function best(rounds: number, scan: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    await scan();
    least = Math.min(least, performance.now() - before);
  }
  return least;
}

const peer = await languageServiceLinks();
for (const size of [1_000_000, 10_000_000]) {
  let text = largeDocument(size);
  const document = new MarkdownDocument(text, { url: URL_OF_PAGE }, true);
  const samples: number[] = [];
  const cpu: number[] = [];
  let seed = 42;
  for (let index = 0; index < FIRST + EDITS; index++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const start = seed % text.length;
    text = `${text.slice(0, start)}x${text.slice(start)}`;
    // The engine joins the parts when a character is first read; the protocol's text document pays for that, whoever scans.
    text.charCodeAt(start);
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    document.update(text, { start, removed: 0, inserted: 1 });
    const { user, system } = process.cpuUsage(cpuBefore);
    samples.push(performance.now() - before);
    cpu.push((user + system) / 1000);
  }
  const first = samples.splice(0, FIRST);
  cpu.splice(0, FIRST);
  const [p50, p95] = [percentile(samples, 50), percentile(samples, 95)];
  const ours = await best(3, () => scanMarkdown(text, { url: URL_OF_PAGE }));
  console.log(`\n${size / 1e6} MB, ${document.result.links.length} links, ${EDITS} edits of one character`);
  console.log(`  ours, wall clock            p50 ${p50.toFixed(2)} ms   p95 ${p95.toFixed(2)} ms`);
  console.log(`  ours, first ${FIRST}             p50 ${percentile(first, 50).toFixed(2)} ms   p95 ${percentile(first, 95).toFixed(2)} ms`);
  console.log(`  ours, CPU                   p50 ${percentile(cpu, 50).toFixed(2)} ms   p95 ${percentile(cpu, 95).toFixed(2)} ms`);
  console.log(`  ours, whole scan            ${ours.toFixed(1)} ms   ${(ours / p95).toFixed(1)} x p95`);
  if (size > 1_000_000) continue;
  const theirs = await best(1, () => peer(text, URL_OF_PAGE));
  console.log(`  language service, whole     ${theirs.toFixed(1)} ms   ${(theirs / p95).toFixed(1)} x p95`);
}
