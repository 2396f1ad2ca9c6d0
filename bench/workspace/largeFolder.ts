/** A folder as a large documentation site has it: pages of a few kilobytes, most links between them, the same navigation on each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDERS = 200;
const SENTENCE = 'The berth is assigned when the vessel has sent its papers and the tide allows it to pass the outer lock. ';

/** Name of a page below the folder: the first is the start page. */
export function pageName(at: number): string {
  return at === 0 ? 'index.md' : `section-${at % FOLDERS}/page-${at}.md`;
}

/** Writes `pages` Markdown files; every tenth is HTML in its body. The same number always gives the same folder. */
export function writeLargeFolder(root: string, pages: number): void {
  for (let section = 0; section < FOLDERS; section++) mkdirSync(path.join(root, `section-${section}`), { recursive: true });
  for (let at = 0; at < pages; at++) writeFileSync(path.join(root, pageName(at)), pageText(at, pages));
}

/** Text of one page. */
export function pageText(at: number, pages: number): string {
  const up = at === 0 ? '' : '../';
  const other = (step: number) => (Math.imul(at + 1, 7_919) + step * 104_729) % pages;
  const links = Array.from({ length: 10 }, (_, step) => {
    const to = Math.abs(other(step));
    return `${SENTENCE}See [the page on subject ${to} and what belongs to it](${up}${pageName(to)}#part-${step}).`;
  });
  const web = Array.from(
    { length: 3 },
    (_, step) => `${SENTENCE}[source ${step}](https://host-${(at * 3 + step) % 5_000}.example/papers/${at % 97})`,
  );
  const head = `---\ntitle: Subject ${at}\n---\n\n# Subject ${at}\n\n[Home](${up}index.md) · [Guide](${up}${pageName(1)}) · [Reference](${up}${pageName(2)})\n`;
  return [head, ...links, ...web, '```sh\nmake berth\n```', SENTENCE.repeat(10)].join('\n\n');
}
