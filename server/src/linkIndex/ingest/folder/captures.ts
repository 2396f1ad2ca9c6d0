/** A folder of HTML and Markdown to captures. Reading the folder is the capture: its time is the build's. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { scanHtml } from '../../../scan/html.ts';
import { scanMarkdown } from '../../../scan/markdown.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import type { Capture } from '../../store.ts';
import type { CaptureReader, ReadOptions } from '../capture.ts';
import { decodeFile } from '../charset.ts';
import { crawledPage } from '../crawledPage.ts';
import { readHostsFile } from './hostsFile.ts';
import { type PageFile, pageFiles, type SiteFolder, siteFolders } from './pagePaths.ts';
import { readRedirectsFile } from './redirectsFile.ts';

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
  const sites = await siteFolders(folder, options.baseUrl);
  const addresses = readHostsFile(readOptional(path.join(folder, 'hosts')));
  let unread: string | null = null;
  for (const site of sites) {
    const ip = addresses.get(new URL(site.baseUrl).hostname) ?? null;
    yield* redirectsOf(site, ip, options.now);
    for await (const page of pageFiles(site, options.signal)) {
      const capture = await pageOf(page, ip, options);
      if (capture === null) unread ??= page.file;
      else yield capture;
    }
  }
  if (unread === null) return { problem: null };
  return {
    problem: { code: 'input.unreadable', message: `${unread} could not be read; it is not in the index. Check its permissions and rebuild.` },
  };
}

function* redirectsOf(site: SiteFolder, ip: string | null, now: number): Generator<Capture, void, void> {
  for (const redirect of readRedirectsFile(readOptional(path.join(site.folder, '_redirects')), site.baseUrl, now)) {
    yield { kind: 'redirect', redirect: { ...redirect, ip } };
  }
}

async function pageOf({ file, url, kind }: PageFile, ip: string | null, options: FolderOptions): Promise<Capture | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch {
    return null;
  }
  options.onBytes(bytes.length);
  const text = decodeFile(bytes, kind === 'html');
  const scan = kind === 'html' ? scanHtml(text, { url }) : scanMarkdown(text, { url });
  return { kind: 'page', page: crawledPage({ url, capturedAt: options.now, ip }, scan) };
}

function readOptional(file: string): string {
  if (!existsSync(file)) return '';
  try {
    return decodeFile(readFileSync(file), false);
  } catch (cause) {
    throw new BacklinkLensError('input.unreadable', `${file} could not be read. Check its permissions.`, { cause });
  }
}
