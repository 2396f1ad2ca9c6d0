/** What the service's page has beside its script and style: its frame, its picture, and its words in German. */
import fs from 'node:fs';
import path from 'node:path';

/**
 * Writes them into dist/page, once the script was bundled. The German is that of exactly those sentences that the script says: what editor and
 * page both say stands among the editor's words (l10n/bundle.l10n.de.json), the rest among the page's own (l10n/page.de.json).
 */
export function writePage(root) {
  const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
  const german = { ...JSON.parse(read('l10n/bundle.l10n.de.json')), ...JSON.parse(read('l10n/page.de.json')) };
  const said = pageSentences(root).filter((sentence) => german[sentence]);
  const write = (file, text) => fs.writeFileSync(path.join(root, 'dist/page', file), text);
  write('page.de.json', JSON.stringify(Object.fromEntries(said.map((sentence) => [sentence, german[sentence]]))));
  write('page.html', read('client/src/browser/page.html').replace(/^ +/gm, ''));
  fs.copyFileSync(path.join(root, 'media/icon.svg'), path.join(root, 'dist/page/icon.svg'));
}

/** Every sentence that the page can say: the first arguments of `t` in the files that its bundle was made of. */
export function pageSentences(root) {
  const { inputs } = JSON.parse(fs.readFileSync(path.join(root, 'out/meta/page/page.js.json'), 'utf8'));
  const calls = Object.keys(inputs).flatMap((file) => [
    ...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g),
  ]);
  return [...new Set(calls.map(([, single, double]) => (single ?? double).replace(/\\(.)/g, '$1')))].sort();
}
