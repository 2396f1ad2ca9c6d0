/** Raw URL text to an absolute URL, as browsers do it (WHATWG URL standard). */

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

/** True for the two schemes that have backlinks. */
export function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Resolves many URLs of one document; a base that is no URL counts as none. */
export function resolverFor(base: string | undefined): (raw: string) => string | null {
  const usable = base !== undefined && URL.canParse(base) ? base : undefined;
  return (raw) => resolveUrl(raw, usable);
}
