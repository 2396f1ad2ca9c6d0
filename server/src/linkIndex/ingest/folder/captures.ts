/** A folder of HTML and Markdown to captures. Reading the folder is the capture: its time is the build's. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SCANNERS } from '../../../scan/scanners.ts';
import { decodeText } from '../../../util/decodeText.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import type { Capture } from '../../store.ts';
import type { CaptureReader, ReadOptions, ReadProblem } from '../capture.ts';
import { crawledPage } from '../crawledPage.ts';
import { readHostsFile } from './hostsFile.ts';
import { type PageFile, pageFiles, type SiteFolder, siteFolders } from './pagePaths.ts';
import { readRedirectsFile } from './redirectsFile.ts';

/** Longer files are data, not pages; the same bound as in archives. */
const LARGEST_PAGE = 64 << 20;

export interface FolderOptions extends ReadOptions {
  readonly baseUrl: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Reads a folder. A `hosts` file at its top (`address name…` lines, as in hosts(5)) gives the addresses of its hosts, and a `_redirects` file
 * at the top of a host its redirects.
 *
 * @throws BacklinkLensError usage.invalid, input.unreadable, as siteFolders
 */
export async function* readFolder(folder: string, options: FolderOptions): CaptureReader {
  const walked = await walk(folder, options);
  const addresses = readHostsFile(readOptional(path.join(folder, 'hosts')));
  const unread: string[] = [];
  for (const { site, pages } of walked) {
    const ip = addresses.get(new URL(site.baseUrl).hostname) ?? null;
    yield* redirectsOf(site, ip, options.now);
    for (const page of pages) {
      options.signal.throwIfAborted();
      const capture = await pageOf(page, ip, options);
      if (capture === null) unread.push(page.file);
      else yield capture;
    }
  }
  return { problem: problemOf(unread) };
}

interface WalkedSite {
  readonly site: SiteFolder;
  readonly pages: readonly PageFile[];
}

/** Every page of the folder, found once: their bytes together are what progress counts to. */
async function walk(folder: string, { baseUrl, signal, onSize }: FolderOptions): Promise<WalkedSite[]> {
  const walked: WalkedSite[] = [];
  let bytes = 0;
  for (const site of await siteFolders(folder, baseUrl)) {
    const pages: PageFile[] = [];
    for await (const page of pageFiles(site, signal)) {
      pages.push(page);
      bytes += page.bytes;
    }
    walked.push({ site, pages });
  }
  onSize?.(bytes);
  return walked;
}

function problemOf([first, ...more]: readonly string[]): ReadProblem | null {
  if (first === undefined) return null;
  const others = more.length === 0 ? '' : ` (and ${more.length.toLocaleString('en')} more)`;
  return {
    code: 'input.unreadable',
    message: `${first}${others} could not be read or is larger than 64 MB; it is not in the index. Check its permissions and rebuild.`,
  };
}

function* redirectsOf(site: SiteFolder, ip: string | null, now: number): Generator<Capture, void, void> {
  for (const redirect of readRedirectsFile(readOptional(path.join(site.folder, '_redirects')), site.baseUrl, now)) {
    yield { kind: 'redirect', redirect: { ...redirect, ip } };
  }
}

async function pageOf({ file, url, kind, bytes: size }: PageFile, ip: string | null, options: FolderOptions): Promise<Capture | null> {
  const bytes = size > LARGEST_PAGE ? null : await readFile(file).catch(() => null);
  if (bytes === null) return null;
  options.onBytes(bytes.length);
  const scan = SCANNERS[kind](decodeText(bytes), { url });
  return { kind: 'page', page: crawledPage({ url, capturedAt: options.now, ip }, scan) };
}

function readOptional(file: string): string {
  if (!existsSync(file)) return '';
  try {
    return decodeText(readFileSync(file));
  } catch (cause) {
    throw new BacklinkLensError('input.unreadable', `${file} could not be read. Check its permissions.`, { cause });
  }
}
