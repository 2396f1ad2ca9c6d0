/** Files of a folder to the addresses they have on the web: a site below its base URL, or the layout `wget -r` leaves, one folder a host. */
import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ScannerKind, scannerOfFile } from '../../../scan/languages.ts';
import { fileUrl, folderUrl } from '../../../urls/site.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import { startsAsHtml } from '../htmlSniff.ts';

/** A folder that holds one site. */
export interface SiteFolder {
  readonly folder: string;
  /** Absolute URL of the folder, ending in a slash. */
  readonly baseUrl: string;
}

export interface PageFile {
  readonly file: string;
  readonly url: string;
  readonly kind: ScannerKind;
  /** Its length; 0 where it cannot be asked. */
  readonly bytes: number;
}

/** Names that servers give to pages they make, as a mirror saves them: the content says whether it is HTML. */
const MADE = /^[^.]+$|\.(?:php\d?|aspx?|jsp|cgi|pl|cfm|shtml)$/i;
const INDEX = /^index\.(?:html?|xhtml|md|markdown)$/i;
/** A name with a dot, as hosts have and ordinary folders rarely; `wget` adds the port after a colon, or a plus sign on Windows. */
const HOST = /^(?:localhost|(?:[a-z0-9_-]+\.)+[a-z0-9-]+)(?:[:+]\d+)?$/i;

/**
 * The sites a folder holds.
 *
 * @param baseUrl address of the folder; without it its first level must be named by host
 * @throws BacklinkLensError usage.invalid when there is neither, or when `baseUrl` is no http(s) URL; input.unreadable
 */
export async function siteFolders(folder: string, baseUrl: string | undefined): Promise<SiteFolder[]> {
  if (baseUrl !== undefined) return [{ folder, baseUrl: baseOf(baseUrl) }];
  const entries = await list(folder);
  const hosts = entries.filter((entry) => entry.isDirectory() && HOST.test(entry.name));
  if (hosts.length === 0) {
    throw new BacklinkLensError(
      'usage.invalid',
      `The pages in ${folder} have no address. Say it with --base-url https://…, or name the folders of the first level after their hosts (blog.example.net).`,
    );
  }
  return hosts.map(({ name }) => ({ folder: path.join(folder, name), baseUrl: `https://${name.replace('+', ':').toLowerCase()}/` }));
}

function baseOf(baseUrl: string): string {
  const url = folderUrl(baseUrl);
  if (url !== null) return url;
  throw new BacklinkLensError('usage.invalid', `--base-url ${baseUrl} is not an http or https address. Write it like https://docs.example.com/.`);
}

/** The HTML and Markdown files below a site's folder, in name order. Hidden folders and symbolic links are left alone. */
export async function* pageFiles(site: SiteFolder, signal: AbortSignal, below = ''): AsyncGenerator<PageFile, void, void> {
  for (const entry of await list(path.join(site.folder, below))) {
    signal.throwIfAborted();
    const relative = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') yield* pageFiles(site, signal, relative);
    else if (entry.isFile()) {
      const file = path.join(site.folder, relative);
      const kind = kindOf(entry.name) ?? (await sniffedKind(file, entry.name));
      if (kind === null) continue;
      const bytes = (await stat(file).catch(() => null))?.size ?? 0;
      yield { file, url: urlOf(relative, site.baseUrl), kind, bytes };
    }
  }
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new BacklinkLensError('input.unreadable', `The folder ${folder} could not be read. Check its name and permissions.`, { cause });
  }
}

/** `page.html?id=3` is how `wget` names a page with a query. */
function kindOf(name: string): ScannerKind | null {
  const plain = name.replace(/[?].*$/s, '');
  return scannerOfFile(name) === 'html' ? 'html' : scannerOfFile(plain);
}

async function sniffedKind(file: string, name: string): Promise<ScannerKind | null> {
  if (!MADE.test(name.replace(/[?].*$/s, ''))) return null;
  return startsAsHtml(await firstBytes(file)) ? 'html' : null;
}

async function firstBytes(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(256) });
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return Buffer.alloc(0);
  }
}

/** An index file is its folder's address; other files keep their name. */
function urlOf(relative: string, baseUrl: string): string {
  const question = relative.indexOf('?');
  const filePath = question < 0 ? relative : relative.slice(0, question);
  const query = question < 0 ? '' : `?${relative.slice(question + 1)}`;
  const below = query === '' && INDEX.test(path.posix.basename(filePath)) ? filePath.slice(0, filePath.lastIndexOf('/') + 1) : filePath;
  return new URL(fileUrl(below, baseUrl) + query).href;
}
