/**
 * Bytes of a file or an archived page to text. Never throws: an unknown label counts as none, malformed bytes become U+FFFD.
 * Source of the order and of the prescan: WHATWG HTML, "Determining the character encoding", with the byte order mark first.
 */
import { decodeWindows1252 } from './windows1252.ts';

const PRESCAN_BYTES = 1024;

/** Decodes a file: what it says of itself, else UTF-8 where every byte fits, else windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  const told = decodeAsTold(bytes, null);
  if (told !== null) return told;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

/**
 * Decodes a page as browsers do: what it or its server says, else windows-1252.
 *
 * @param label the `charset` of the Content-Type header
 */
export function decodePage(bytes: Uint8Array, label: string | null): string {
  return decodeAsTold(bytes, label) ?? decodeWindows1252(bytes);
}

function decodeAsTold(bytes: Uint8Array, label: string | null): string | null {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return new TextDecoder(mark).decode(bytes);
  return decoder(label)?.(bytes) ?? decoder(prescan(bytes))?.(bytes) ?? null;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

/** The encoding a page names in its first kilobyte. A page that could be read so far is not UTF-16, whatever it says. */
function prescan(bytes: Uint8Array): string | null {
  const head = decodeWindows1252(bytes.subarray(0, PRESCAN_BYTES)).replace(/<!--.*?-->/gs, '');
  const meta = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(head)?.[1] ?? /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1];
  if (meta === undefined) return null;
  const label = meta.toLowerCase();
  return label.startsWith('utf-16') || label === 'utf8' ? 'utf-8' : label;
}

function decoder(label: string | null): ((bytes: Uint8Array) => string) | null {
  if (label === null) return null;
  try {
    const found = new TextDecoder(label.trim());
    return found.encoding === 'windows-1252' ? decodeWindows1252 : (bytes) => found.decode(bytes);
  } catch {
    return null;
  }
}
