/** Inputs that are addresses: how they are told from paths, and what of them may be written down. */
import { parseWebUrl } from '../../../urls/resolve.ts';
import { looksSecret } from '../../../urls/secrets.ts';

/** True for an http or https address. */
export function isWebInput(text: string): boolean {
  return /^https?:\/\//i.test(text) && parseWebUrl(text) !== null;
}

/** The address as messages and the index may hold it: without user, password and fragment, and without a query that looks like a signature. */
export function displayUrl(text: string): string {
  const url = parseWebUrl(text);
  if (url === null) return text;
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.hash = '';
  if (looksSecret(shown)) shown.search = '';
  return shown.href;
}
