/** The HTML pages of the data set's archives, read by warcio: an oracle for our own reader and real input for the scanners. */
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { WARCParser } from 'warcio';

export interface ArchivePage {
  readonly archive: string;
  readonly url: string;
  readonly html: string;
}

/**
 * Every HTML response of every archive in the folder, in order.
 *
 * @param folder of `.warc` and `.warc.gz` files
 */
export async function archivePages(folder: string): Promise<ArchivePage[]> {
  const pages: ArchivePage[] = [];
  // warcio warns of every record with a wrong length; these archives are full of them.
  const warn = console.warn;
  console.warn = () => {};
  for (const archive of readdirSync(folder).filter((name) => /\.warc(?:\.gz)?$/.test(name))) {
    try {
      for await (const record of new WARCParser(createReadStream(path.join(folder, archive)))) {
        const type = record.httpHeaders?.headers.get('content-type') ?? '';
        if (record.warcType !== 'response' || !/html/i.test(type)) continue;
        pages.push({ archive, url: (record.warcTargetURI ?? '').replace(/^<|>$/g, ''), html: await record.contentText() });
      }
    } catch {
      // Some archives are broken on purpose; what was read before stands.
    }
  }
  console.warn = warn;
  return pages;
}
