/** Raw URL text to an absolute URL, as browsers do it (WHATWG URL standard). */
import { FastBase, URL_FORM, urlForm } from './fastResolve.ts';

/**
 * Resolves a URL as written in a document.
 *
 * @param raw the decoded attribute value or Markdown destination
 * @param base absolute URL of the document or its `<base href>`; without it only absolute URLs resolve
 * @returns the absolute URL, or null when it does not parse
 */
export function resolveUrl(raw: string, base?: string): string | null {
  return URL.parse(raw, base)?.href ?? null;
}

/**
 * Gives the absolute form of a URL, or null.
 *
 * @param form what `urlForm` says of it, where the caller has asked already
 */
export type Resolver = (raw: string, form?: number) => string | null;

/**
 * Resolves many URLs of one document. Gives what `resolveUrl` gives, several times faster for the plain URLs that most are.
 *
 * @param base as for `resolveUrl`; one that is no URL counts as none
 */
export function resolverFor(base: string | undefined): Resolver {
  const parsed = base === undefined ? null : URL.parse(base);
  const fast = new FastBase(parsed);
  return (raw, form = urlForm(raw, 0, raw.length)) => {
    const plain = fast.resolve(raw, form);
    if (plain !== null) return plain;
    if (parsed === null && form !== URL_FORM.parser) return null;
    return URL.parse(raw, parsed?.href)?.href ?? null;
  };
}

/** An absolute http(s) URL taken apart; null for any other text. */
export function parseWebUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

/** A URL as people say it, without `https://`. */
export function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//i, '');
}

/** True for the two schemes that have backlinks. */
export function isWebUrl(url: string): boolean {
  return url.startsWith('https://') || url.startsWith('http://') || /^https?:\/\//i.test(url);
}
