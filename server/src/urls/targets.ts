/** What a person, a link or the contract's `url` parameter asks for: a domain, a host, a page or a folder. */
import type { Target } from '../../../shared/backlinks.ts';
import { registrableDomain, withoutWww } from './domains.ts';
import { pageKey, withoutTracking } from './keys.ts';
import { isWebUrl, parseWebUrl } from './resolve.ts';

/**
 * Reads what was typed or sent. Without a path and query it is a domain or a host, with one (`/` alone included) a page; a path that
 * ends in `/*` is a folder. A scheme is optional.
 *
 * @returns null when it is no URL or not http(s)
 * @example parseTarget('blog.example.com')?.kind // 'host'
 */
export function parseTarget(text: string): Target | null {
  const trimmed = text.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  const absolute = withScheme(trimmed);
  const url = absolute === null ? null : parseWebUrl(absolute);
  if (url === null) return null;
  if (url.pathname.endsWith('/*') && url.search === '') return folderTarget(url);
  const path = /^https?:\/\/[^/?#\\]*(.*)$/is.exec(absolute ?? '')?.[1] ?? '';
  return path === '' || path.startsWith('#') ? siteTarget(url.hostname) : pageTarget(url.href);
}

/** The page a URL names, by its address without userinfo, fragment and tracking parameters; null for what is no http(s) URL. */
export function pageTarget(url: string): Target | null {
  const key = pageKey(url);
  const parsed = parseWebUrl(url);
  if (key === null || parsed === null) return null;
  parsed.username = '';
  parsed.password = '';
  if (!parsed.hash.startsWith('#!')) parsed.hash = '';
  parsed.search = withoutTracking(parsed.search);
  return { kind: 'page', name: parsed.href, id: `page:${key}` };
}

/** The registrable domain a URL belongs to; null for what is no http(s) URL. */
export function domainTarget(url: string): Target | null {
  const parsed = parseWebUrl(url);
  if (parsed === null) return null;
  const domain = registrableDomain(hostName(parsed.hostname));
  return { kind: 'domain', name: domain, id: `domain:${domain}` };
}

function siteTarget(hostname: string): Target {
  const host = withoutWww(hostName(hostname));
  const kind = host === registrableDomain(host) ? 'domain' : 'host';
  return { kind, name: host, id: `${kind}:${host}` };
}

function folderTarget(url: URL): Target | null {
  const key = pageKey(`${url.origin}${url.pathname.slice(0, -1)}`);
  return key === null ? null : { kind: 'folder', name: `${key}*`, id: `folder:${key}` };
}

function hostName(hostname: string): string {
  return hostname.replace(/(?<=.)\.$/, '');
}

/** `example.com:8080/a` has no scheme though it looks like one; `mailto:` and friends do. */
function withScheme(text: string): string | null {
  if (isWebUrl(text)) return text;
  if (text.startsWith('//')) return `https:${text}`;
  if (/^[/\\?#]/.test(text)) return null;
  if (/^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i.test(text)) return null;
  return `https://${text}`;
}
