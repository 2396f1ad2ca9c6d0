/** List files: one input a line, `#` comments. Common Crawl's `warc.paths.gz` is one whose entries lie below an address. */
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeText } from '../../../util/decodeText.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import { displayUrl, isWebInput } from './webInput.ts';

/** A million entries fit several times. */
const LONGEST_LIST = 256 << 20;

export interface ListedInput {
  /** Path, pattern or URL. */
  readonly text: string;
  /** Where it was named, for messages: ` (line 3 of inputs.txt)`; empty for the command line. */
  readonly where: string;
}

export interface ListOptions {
  /** Path or URL of the list. */
  readonly list: string;
  /** What relative entries lie below; by default the list's folder, or the top of its server for a list from the web. */
  readonly prefix?: string | undefined;
}

/**
 * Reads a list, gzip or not.
 *
 * @throws BacklinkLensError input.unreadable for a damaged gzip file
 */
export function readListFile(bytes: Buffer, { list, prefix }: ListOptions): ListedInput[] {
  const lines = textOf(bytes, list).split(/\r\n|\r|\n/);
  return lines.flatMap((line, at) => {
    const entry = line.trim();
    if (entry === '' || entry.startsWith('#')) return [];
    return { text: placed(entry, list, prefix), where: ` (line ${at + 1} of ${displayUrl(list)})` };
  });
}

function textOf(bytes: Buffer, list: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decodeText(bytes);
  try {
    return decodeText(gunzipSync(bytes, { maxOutputLength: LONGEST_LIST }));
  } catch (cause) {
    throw new BacklinkLensError('input.unreadable', `The list ${displayUrl(list)} is truncated or damaged. Fetch it again.`, { cause });
  }
}

function placed(entry: string, list: string, prefix: string | undefined): string {
  if (isWebInput(entry)) return entry;
  if (prefix !== undefined) return isWebInput(prefix) ? new URL(entry, prefix.replace(/\/*$/, '/')).href : path.join(prefix, entry);
  if (isWebInput(list)) return new URL(entry, /\.paths(?:\.gz)?$/i.test(new URL(list).pathname) ? new URL('/', list) : list).href;
  return path.isAbsolute(entry) ? entry : path.join(path.dirname(list), entry);
}
