/** The base that the relative links of a document are resolved against. */

/**
 * `<base href>`, itself resolved against the document's address; that address where there is none or it is no base.
 * Source: WHATWG HTML 4.2.3.
 *
 * @param href as written, or null
 */
export function documentBase(href: string | null, url: string | undefined): string | undefined {
  const own = url === undefined ? null : URL.parse(url);
  if (href === null) return own?.href;
  const base = URL.parse(href, own?.href);
  return base === null || base.protocol === 'data:' || base.protocol === 'javascript:' ? own?.href : base.href;
}
