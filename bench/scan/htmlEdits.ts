/**
 * One-character edits of a large HTML document: typing at random places, with the new list of links.
 * Run: `node bench/scan/htmlEdits.ts`. Targets: at most 3 ms p95 at 1 MB, 16 ms at 10 MB. The peers scan the whole text again.
 */
import { performance } from 'node:perf_hooks';
import { HtmlDocument } from '../../server/src/scan/html/document.ts';
import { scanHtml } from '../../server/src/scan/html.ts';
import { archivePages } from '../../test/support/archivePages.ts';
import { dataPath } from '../../test/support/data.ts';
import { htmlparser2Links } from './htmlPeers.ts';
import { percentile } from './measure.ts';

const EDITS = 300;
const URL_OF_PAGE = 'https://site.example/';

/** Real pages one after another, without the closing of a document, until there are so many characters. */
async function largePage(characters: number): Promise<string> {
  const folder = dataPath('warc');
  const real = folder === null ? '<p>A <a href="/page?id=1&amp;x=2">link</a> in some text that goes on.</p>\n' : await realText(folder);
  return real.repeat(Math.ceil(characters / real.length)).slice(0, characters);
}

async function realText(folder: string): Promise<string> {
  const pages = await archivePages(folder);
  return pages.map(({ html }) => html.replace(/<plaintext>|<base [^>]*>/gi, '')).join('\n');
}

for (const size of [1_000_000, 10_000_000]) {
  let text = await largePage(size);
  const document = new HtmlDocument(text, { url: URL_OF_PAGE });
  const samples: number[] = [];
  const cpu: number[] = [];
  let seed = 42;
  const joining: number[] = [];
  for (let index = 0; index < EDITS; index++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const start = seed % text.length;
    const began = performance.now();
    text = `${text.slice(0, start)}x${text.slice(start)}`;
    // The engine joins the parts when a character is first read; the protocol's text document pays for that, whoever scans.
    text.charCodeAt(start);
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    document.update(text, { start, removed: 0, inserted: 1 });
    const { user, system } = process.cpuUsage(cpuBefore);
    samples.push(performance.now() - before);
    cpu.push((user + system) / 1000);
    joining.push(before - began);
  }
  const whole = (scan: () => unknown) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const before = performance.now();
      scan();
      best = Math.min(best, performance.now() - before);
    }
    return best;
  };
  const [p50, p95] = [percentile(samples, 50), percentile(samples, 95)];
  const ours = whole(() => scanHtml(text, { url: URL_OF_PAGE }));
  const peer = whole(() => htmlparser2Links(text, URL_OF_PAGE));
  console.log(`\n${size / 1e6} MB, ${document.result.links.length} links, ${EDITS} edits of one character`);
  console.log(`  ours, wall clock            p50 ${p50.toFixed(2)} ms   p95 ${p95.toFixed(2)} ms`);
  console.log(`  ours, CPU                   p50 ${percentile(cpu, 50).toFixed(2)} ms   p95 ${percentile(cpu, 95).toFixed(2)} ms`);
  console.log(`  the text itself             p50 ${percentile(joining, 50).toFixed(2)} ms   p95 ${percentile(joining, 95).toFixed(2)} ms`);
  console.log(`  ours, whole scan            ${ours.toFixed(1)} ms   ${(ours / p95).toFixed(1)} x p95`);
  console.log(`  htmlparser2, whole scan     ${peer.toFixed(1)} ms   ${(peer / p95).toFixed(1)} x p95`);
}
