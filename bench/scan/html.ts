/**
 * HTML scanning on real pages: ours against an htmlparser2 extractor with the same fields, linkinator and parse5 with locations.
 * Run: `node bench/scan/html.ts [turns]`. Targets: at least 3, 8 and 20 times as fast.
 */
import { scanHtml } from '../../server/src/scan/html.ts';
import { archivePages } from '../../test/support/archivePages.ts';
import { dataPath } from '../../test/support/data.ts';
import { htmlparser2Links, linkinatorLinks, parse5Links } from './htmlPeers.ts';
import { measure, printFigures } from './measure.ts';

const folder = dataPath('warc');
if (folder === null) {
  console.log('No archives: set BACKLINK_LENS_DATA to a folder that holds warc/.');
  process.exit(0);
}
// The decoder of the archives leaves large pages outside the engine's heap, where every character costs more. An editor's documents come
// out of JSON, as ordinary strings: so do these, for every candidate.
const pages = (await archivePages(folder))
  .filter((page) => URL.canParse(page.url))
  .map(({ html, url }) => ({ html: JSON.parse(JSON.stringify(html)) as string, url }));
const characters = pages.reduce((sum, page) => sum + page.html.length, 0);
const linkinator = await linkinatorLinks();
const each = (links: (html: string, url: string) => readonly unknown[]) => () =>
  pages.reduce((sum, { html, url }) => sum + links(html, url).length, 0);

const figures = await measure(
  [
    { name: 'ours', run: each((html, url) => scanHtml(html, { url }).links) },
    { name: 'htmlparser2 extractor', run: each(htmlparser2Links) },
    {
      name: 'linkinator getLinks',
      run: async () => {
        let sum = 0;
        for (const { html, url } of pages) sum += (await linkinator(html, url)).length;
        return sum;
      },
    },
    { name: 'parse5 with locations', run: each(parse5Links) },
  ],
  Number(process.argv[2] ?? 6),
);
printFigures(`${pages.length} pages of the archives`, characters, figures);
