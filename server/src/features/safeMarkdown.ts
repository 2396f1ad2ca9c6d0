/** Hostile text in the Markdown of a hover: clipped, escaped, and links that can only be what they say. */

import { escapeMarkdown } from '../../../shared/escapeMarkdown.ts';
import type { COMMANDS } from '../../../shared/protocol.ts';
import { isWebUrl, withoutScheme } from '../urls/resolve.ts';

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a text to so many characters as people count them; a cut one ends in an ellipsis. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let characters = 0;
  let cut = 0;
  // A pile of combining marks is one character, so the length is held too.
  for (const { index, segment } of SEGMENTER.segment(text.slice(0, 8 * most))) {
    characters++;
    if (characters < most) cut = index + segment.length;
  }
  return characters <= most && text.length <= 8 * most ? text : `${text.slice(0, cut)}…`;
}

/** A text from the web, ready for a table cell or a paragraph. */
export function webText(text: string, most = 80): string {
  return escapeMarkdown(clip(text, most));
}

/** A URL without its scheme, for people. */
export function shortUrl(url: string, most = 80): string {
  return webText(withoutScheme(url), most);
}

/**
 * A link to a page of the web. Every character that means something to Markdown or to a table is percent-encoded.
 *
 * @param label already escaped
 * @returns the label alone for what is no http(s) URL
 */
export function webLink(label: string, url: string): string {
  const href = URL.parse(url)?.href;
  if (href === undefined || !isWebUrl(href)) return label;
  return `[${label}](${href.replace(/[^A-Za-z0-9\-._:/?#@!$&+,;=%]/g, percentEncode)})`;
}

/**
 * A link that runs one of our commands.
 *
 * @param label our own words
 * @param argument handed over as the command's single argument
 */
export function commandLink(label: string, command: (typeof COMMANDS)[keyof typeof COMMANDS], argument?: object): string {
  const query = argument === undefined ? '' : `?${encodeURIComponent(JSON.stringify([argument])).replace(/[!'()*~_]/g, percentEncode)}`;
  return `[${label}](command:${command}${query})`;
}

function percentEncode(character: string): string {
  if (character.charCodeAt(0) > 0x7f) return encodeURIComponent(character.isWellFormed() ? character : '\uFFFD');
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
