/** A URL written into a document so that it means the same there. */

/**
 * @param language where it is written
 * @returns the URL with the characters that would end it, or change it, percent-encoded or replaced by references
 */
export function urlInDocument(url: string, language: 'html' | 'markdown'): string {
  const safe = url.replace(/[\s<>"'`\\|]/g, (character) => encodeURIComponent(character).replace("'", '%27'));
  if (language === 'html') return safe.replaceAll('&', '&amp;');
  return safe.replace(/[()*[\]]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
