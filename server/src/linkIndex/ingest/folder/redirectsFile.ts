/**
 * Reads a `_redirects` file: one `from to [status]` a line. Format: Netlify documentation, "Redirects and rewrites". Only lines that name
 * one page are redirects of that page; patterns (`*`, `:name`), conditions and rewrites (200, 404) are passed over.
 */
import { resolveUrl } from '../../../urls/resolve.ts';
import type { CrawledRedirect } from '../../store.ts';

/**
 * @param baseUrl address of the folder the file lies in
 * @param capturedAt epoch milliseconds
 */
export function readRedirectsFile(text: string, baseUrl: string, capturedAt: number | null): CrawledRedirect[] {
  return text.split(/\r?\n/).flatMap((line) => readLine(line, baseUrl, capturedAt) ?? []);
}

function readLine(line: string, baseUrl: string, capturedAt: number | null): CrawledRedirect | null {
  const [from, to, status = '301', ...conditions] = line
    .replace(/(?:^|\s)#.*$/, '')
    .trim()
    .split(/\s+/);
  if (from === undefined || to === undefined || conditions.length > 0) return null;
  const code = Number.parseInt(status, 10);
  if (!/^30[12378]!?$/.test(status) || /[*]|\/:[a-z]/i.test(from)) return null;
  const url = resolveUrl(from, baseUrl);
  const target = resolveUrl(to, baseUrl);
  return url === null || target === null ? null : { url, target, status: code, capturedAt, ip: null };
}
