/** Tells a list of inputs from an input: content decides, the name helps. */
import { open, readFile, stat } from 'node:fs/promises';
import { HEAD_BYTES, inflatedHead, recognise } from './recognise.ts';

/** A line that names an input of ours. */
const ENTRY = /^(?:https?:\/\/\S+|.+\.(?:warc|wat|arc|csv|tsv)(?:\.gz)?|.+\.txt\.gz)$/i;
const LIST_NAME = /\.(?:txt|list|lst|paths)(?:\.gz)?$/i;
/** Tables of Common Crawl that are called like lists, and far too large to be looked into. */
const TABLE_NAME = /(?:ranks|edges|vertices)\.txt(?:\.gz)?$/i;

/** The bytes of a list file; null when the path is no file, or one that is an input itself. */
export async function looksLikeList(file: string): Promise<Buffer | null> {
  const status = await stat(file).catch(() => null);
  if (status === null || !status.isFile()) return null;
  return isListHead(await headOf(file), file) ? readFile(file) : null;
}

/** True for what begins as a list of inputs does: no kind knows it, it is text, and its name or its first lines say so. */
export function isListHead(firstBytes: Buffer, name: string): boolean {
  if (recognise(firstBytes, name) !== null) return false;
  const head = inflatedHead(firstBytes);
  if (head.length === 0 || head.includes(0)) return false;
  const lines = head.toString('utf8').split(/\r\n|\r|\n/);
  // The last line may be cut where the head ends.
  const whole = head.length >= HEAD_BYTES || firstBytes.length >= HEAD_BYTES ? lines.slice(0, -1) : lines;
  const entries = whole.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (entries.length === 0) return LIST_NAME.test(name);
  return entries.every((line) => ENTRY.test(line)) || (LIST_NAME.test(name) && !entries.some((line) => /[<>]/.test(line)));
}

/** True for an address whose name could be that of a list; others are not fetched to find out. */
export function mayBeList(url: string): boolean {
  const { pathname } = new URL(url);
  return LIST_NAME.test(pathname) && !TABLE_NAME.test(pathname);
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
