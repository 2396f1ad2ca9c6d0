/**
 * Markdown scanning on real READMEs and CHANGELOGs: ours against the link computer of VS Code's Markdown language service, linkinator and
 * a remark tree. Run: `node bench/scan/markdown.ts [turns]`. Targets: at least 4, 3 and 50 times as fast.
 */
import { scanMarkdown } from '../../server/src/scan/markdown.ts';
import { realDocuments } from '../../test/unit/scan/markdown/realDocuments.ts';
import { languageServiceLinks, linkinatorLinks, type Peer, remarkLinks } from './markdownPeers.ts';
import { measure, printFigures } from './measure.ts';

/** remark takes more than proportional time; longer documents would only be to our advantage. */
const LONGEST = 50_000;
const URL_OF_PAGE = 'https://site.example/docs/';

const documents = realDocuments().filter(({ text }) => text.length <= LONGEST);
const characters = documents.reduce((sum, { text }) => sum + text.length, 0);
const each = (peer: Peer) => async () => {
  let sum = 0;
  for (const { text } of documents) sum += await peer(text, URL_OF_PAGE);
  return sum;
};

const figures = await measure(
  [
    { name: 'ours', run: () => documents.reduce((sum, { text }) => sum + scanMarkdown(text, { url: URL_OF_PAGE }).links.length, 0) },
    { name: 'vscode-markdown-languageservice', run: each(await languageServiceLinks()) },
    { name: 'linkinator (marked, getLinks)', run: each(await linkinatorLinks()) },
    { name: 'remark (mdast with GFM)', run: each(remarkLinks) },
  ],
  Number(process.argv[2] ?? 4),
);
printFigures(`${documents.length} READMEs and CHANGELOGs`, characters, figures);
