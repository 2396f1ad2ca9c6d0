/**
 * One-character edits of a large Markdown document: typing at random places, with the new list of links.
 * Run: `node bench/scan/markdownEdits.ts`. Targets: at most 3 ms p95 at 1 MB, 16 ms at 10 MB. The peer scans the whole text again.
 */
import { MarkdownDocument } from '../../server/src/scan/markdown/document.ts';
import { scanMarkdown } from '../../server/src/scan/markdown.ts';
import { realDocuments } from '../../test/unit/scan/markdown/realDocuments.ts';
import { languageServiceLinks } from './markdownPeers.ts';
import { bestOfThree, printSamples, printWhole, typeInto } from './typing.ts';

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

const peer = await languageServiceLinks();
for (const size of [1_000_000, 10_000_000]) {
  const start = largeDocument(size);
  const document = new MarkdownDocument(start, { url: URL_OF_PAGE }, true);
  const { text, wall, cpu } = typeInto(document, start, FIRST + EDITS);
  console.log(`\n${size / 1e6} MB, ${document.result.links.length} links, ${EDITS} edits of one character`);
  printSamples('ours, wall clock', wall.slice(FIRST));
  printSamples(`ours, first ${FIRST}`, wall.slice(0, FIRST));
  printSamples('ours, CPU', cpu.slice(FIRST));
  printWhole('ours, whole scan', await bestOfThree(() => scanMarkdown(text, { url: URL_OF_PAGE })), wall.slice(FIRST));
  if (size === 1_000_000) printWhole('language service, whole', await bestOfThree(() => peer(text, URL_OF_PAGE)), wall.slice(FIRST));
}
