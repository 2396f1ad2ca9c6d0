/** Finds and reads the files that tell of a folder's site: a few, near its root. */
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SiteBuilderId } from '../../../../shared/settings.ts';
import { skipsFolder } from '../walk.ts';
import { detectSite, isSettingsFile, type Site } from './builders.ts';
import { inferSiteUrl, type SiteGuess, tellsAddress } from './inferUrl.ts';
import type { SettingsFile } from './site.ts';

export interface FoundSite {
  readonly site: Site | null;
  readonly guess: SiteGuess | null;
  /** Differs where files would be published elsewhere, or links be read otherwise. */
  readonly key: string;
}

export const NO_SITE: FoundSite = { site: null, guess: null, key: '' };

/** Folders below the root that are looked into. */
const DEPTH = 3;
/** Folders looked into at most. */
const FOLDERS = 300;
/** Bytes read of a file at most: a sitemap may be large. */
const BYTES = 256 * 1024;

/** True for a file that is read here: when it changes, what is known of the site may change. */
export function tellsOfSite(relative: string): boolean {
  return isSettingsFile(relative) || tellsAddress(relative);
}

/**
 * @param root native path of the open folder
 * @param wanted the setting `siteBuilder`
 */
export async function readSite(root: string, wanted: SiteBuilderId | 'auto' | 'none', signal: AbortSignal): Promise<FoundSite> {
  const paths = await candidates(root, signal);
  const files = (await Promise.all(paths.map((file) => readStart(root, file)))).filter((file) => file !== null);
  const site = detectSite(files, wanted);
  const guess = inferSiteUrl(files, site);
  return { site, guess, key: JSON.stringify([site?.builder, site?.root, guess?.url, files.filter(({ path: file }) => isSettingsFile(file))]) };
}

async function candidates(root: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  let ring = [''];
  let left = FOLDERS;
  for (let depth = 0; depth <= DEPTH && ring.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of ring.slice(0, left)) {
      signal.throwIfAborted();
      for (const entry of await list(path.join(root, folder))) {
        const relative = `${folder}${entry.name}`;
        if (entry.isFile() && tellsOfSite(relative)) found.push(relative);
        else if (entry.isDirectory() && !skipsFolder(entry.name)) next.push(`${relative}/`);
      }
    }
    left -= ring.length;
    ring = left > 0 ? next : [];
  }
  return found;
}

async function list(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

async function readStart(root: string, relative: string): Promise<SettingsFile | null> {
  try {
    const file = await open(path.join(root, relative));
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BYTES), position: 0 });
      return { path: relative, text: buffer.toString('utf8', 0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
