/**
 * Bytes of a page to text: byte order mark, HTTP header, `<meta>`, else windows-1252.
 * Source of the order and of the prescan: WHATWG HTML, "Determining the character encoding", with the byte order mark first.
 */
import { decodeWindows1252 } from '../../util/windows1252.ts';

const PRESCAN_BYTES = 1024;

/**
 * Decodes a page. Never throws: an unknown label counts as none, malformed bytes become U+FFFD.
 *
 * @param label the `charset` of the Content-Type header
 */
export function decodePage(bytes: Uint8Array, label: string | null): string {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return new TextDecoder(mark).decode(bytes);
  return decoder(label)?.(bytes) ?? decoder(prescan(bytes))?.(bytes) ?? decodeWindows1252(bytes);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

/** The encoding a page names in its first kilobyte. A page that could be read so far is not UTF-16, whatever it says. */
function prescan(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, PRESCAN_BYTES))
    .toString('latin1')
    .replace(/<!--.*?-->/gs, '');
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
