/**
 * One-character edits of a large HTML document: typing at random places, with the new list of links.
 * Run: `node bench/scan/htmlEdits.ts`. Targets: at most 3 ms p95 at 1 MB, 16 ms at 10 MB. The peers scan the whole text again.
 */
import { HtmlDocument } from '../../server/src/scan/html/document.ts';
import { scanHtml } from '../../server/src/scan/html.ts';
import { archivePages } from '../../test/support/archivePages.ts';
import { dataPath } from '../../test/support/data.ts';
import { htmlparser2Links } from './htmlPeers.ts';
import { bestOfThree, printSamples, printWhole, typeInto } from './typing.ts';

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
  const start = await largePage(size);
  const document = new HtmlDocument(start, { url: URL_OF_PAGE });
  const { text, wall, cpu, joining } = typeInto(document, start, EDITS);
  console.log(`\n${size / 1e6} MB, ${document.result.links.length} links, ${EDITS} edits of one character`);
  printSamples('ours, wall clock', wall);
  printSamples('ours, CPU', cpu);
  printSamples('the text itself', joining);
  printWhole('ours, whole scan', await bestOfThree(() => scanHtml(text, { url: URL_OF_PAGE })), wall);
  printWhole('htmlparser2, whole scan', await bestOfThree(() => htmlparser2Links(text, URL_OF_PAGE)), wall);
}
