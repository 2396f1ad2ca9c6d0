/** Bytes of a file or page to text, as browsers decide it. Never throws: a wrong byte becomes U+FFFD. */

import { decodeWindows1252 } from './windows1252.ts';

/** Characters of the prologue that may declare a charset (HTML standard, "prescan a byte stream": 1,024 bytes). */
const PRESCAN = 1024;

/**
 * Decodes by byte order mark, then the declared charset, then `<meta charset>`, then UTF-8 where every byte fits, else windows-1252.
 *
 * @param declared charset of a Content-Type header, if there is one
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  const label = byteOrderMark(bytes) ?? known(declared) ?? known(metaCharset(bytes));
  if (label !== null) return label === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(label).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function metaCharset(bytes: Uint8Array): string | null {
  const start = decodeWindows1252(bytes.subarray(0, PRESCAN));
  return /<meta[^>]+charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(start)?.[1] ?? null;
}

function known(label: string | null): string | null {
  if (label === null) return null;
  try {
    const { encoding } = new TextDecoder(label.trim());
    // A page whose declaration could be read byte by byte is not UTF-16, whatever it says (HTML standard, same section).
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return null;
  }
}
