/**
 * Where a folder is published, as far as its files tell: the builder's settings, `CNAME`, the sitemap, `robots.txt`, the homepage in
 * `package.json`. Only a guess to be confirmed: nothing is asked of anybody for it.
 */
import { folderUrl } from '../../urls/site.ts';
import type { Site } from './builders.ts';
import type { SettingsFile } from './site.ts';

export interface SiteGuess {
  /** With a slash at its end. */
  readonly url: string;
  /** Path of the file that says so, below the open folder. */
  readonly from: string;
}

/** What starters write where the author's own address is to stand. */
const PLACEHOLDERS =
  /^(?:www\.)?(?:example\.(?:com|org|net)|localhost|127\.0\.0\.1|0\.0\.0\.0|yourdomain\.com|your-domain\.com|yoursite\.com|mysite\.com|username\.github\.io)$|^your-|\.invalid$|\.localhost$/;

/** Pages about a project that are not the project's own. */
const HOSTS_OF_CODE = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|npmjs\.com|npmjs\.org|sr\.ht|dev\.azure\.com)$/;

/** @param files settings files and the others that may tell, nearest to the root first */
export function inferSiteUrl(files: readonly SettingsFile[], site: Site | null): SiteGuess | null {
  const said = site?.url == null ? null : usable(site.url);
  if (site !== null && said !== null) return { url: said, from: site.settings };
  for (const read of [fromCname, fromSitemap, fromRobots, fromPackage]) {
    for (const file of files) {
      const url = usable(read(file) ?? '');
      if (url !== null) return { url, from: file.path };
    }
  }
  return null;
}

/** True for a file whose text may tell. */
export function tellsAddress(path: string): boolean {
  return /(?:^|\/)(?:CNAME|package\.json|robots\.txt|sitemap(?:[-_]index)?\.xml)$/.test(path);
}

function usable(text: string): string | null {
  const url = folderUrl(text.trim());
  const host = url === null ? '' : (URL.parse(url)?.hostname ?? '');
  return url === null || !host.includes('.') || PLACEHOLDERS.test(host) || HOSTS_OF_CODE.test(host) ? null : url;
}

/** GitHub Pages: the host alone in a line. */
function fromCname({ path, text }: SettingsFile): string | null {
  const host = /^\s*([\w-]+(?:\.[\w-]+)+)\s*$/m.exec(text)?.[1];
  return /(?:^|\/)CNAME$/.test(path) && host !== undefined ? `https://${host}/` : null;
}

/** sitemaps.org: the shortest of the addresses is the start page, or the nearest to it. */
function fromSitemap({ path, text }: SettingsFile): string | null {
  if (!/(?:^|\/)sitemap(?:[-_]index)?\.xml$/.test(path)) return null;
  const places = Array.from(text.matchAll(/<loc>\s*([^<\s]+)\s*<\/loc>/gi), ([, url = '']) => url);
  const shortest = places.toSorted((a, b) => a.length - b.length)[0];
  const parsed = shortest === undefined ? null : URL.parse(shortest);
  return parsed === null ? null : `${parsed.origin}${parsed.pathname.replace(/[^/]*$/, '')}`;
}

/** robots.txt names the sitemap by its whole address (sitemaps.org, "Submitting your Sitemap via your site's robots.txt file"). */
function fromRobots({ path, text }: SettingsFile): string | null {
  const sitemap = /(?:^|\/)robots\.txt$/.test(path) ? /^\s*sitemap:\s*(\S+)/im.exec(text)?.[1] : undefined;
  const parsed = sitemap === undefined ? null : URL.parse(sitemap);
  return parsed === null ? null : `${parsed.origin}${parsed.pathname.replace(/[^/]*$/, '')}`;
}

function fromPackage({ path, text }: SettingsFile): string | null {
  if (!/(?:^|\/)package\.json$/.test(path)) return null;
  try {
    const { homepage } = JSON.parse(text) as { homepage?: unknown };
    return typeof homepage === 'string' ? homepage : null;
  } catch {
    return null;
  }
}
