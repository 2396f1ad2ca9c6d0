/** A generated web on disk and a real index of it: one site that many pages link to, one that few do, all of them linking among each other. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import { BIG, SMALL } from './world.ts';

/**
 * Builds `web.db` in the folder. Each page links once to the big site, the first three to the small one, all to a page among them.
 *
 * @param pages spread over 40 hosts, a host a site
 * @returns path of the index
 */
export async function buildWeb(folder: string, pages: number): Promise<string> {
  const web = path.join(folder, `web-${pages}`);
  for (let n = 0; n < pages; n++) {
    const host = path.join(web, `blog.linker-${n % 40}.com`);
    await mkdir(host, { recursive: true });
    const friend = `https://blog.linker-${(n * 7 + 1) % 40}.com/${(n * 13) % 100}.html`;
    const small = n < 3 ? `<a href="https://${SMALL}/">small</a>` : '';
    const html = `<title>Page ${n}</title><a href="https://${BIG}/${n % 9}">words ${n}</a> ${small}<a href="${friend}">friend</a>`;
    await writeFile(path.join(host, `${n}.html`), html);
  }
  const out = path.join(folder, 'web.db');
  await buildIndex({ out, inputs: [web] });
  return out;
}
