/** Reads command-line values that are not plain text, and says which values are permitted. */
import { InvalidArgumentError } from 'commander';
import { PAGE_LIMITS, type PageLimit, type Target } from '../../../shared/backlinks.ts';
import { readPageLimit, readRowOffset } from '../../../shared/paging.ts';
import { parseWebUrl } from '../urls/resolve.ts';
import { folderUrl } from '../urls/site.ts';
import { parseTarget } from '../urls/targets.ts';

/** For commander: throws its own error, which ends in exit code 2 with the sentence. */
export function readLimit(text: string): PageLimit {
  const limit = readPageLimit(text);
  if (limit === null) throw new InvalidArgumentError(`Permitted are ${PAGE_LIMITS.join(', ')}.`);
  return limit;
}

/** A multiple of any permitted limit, as the service takes it. */
export function readOffset(text: string): number {
  const offset = readRowOffset(text);
  if (offset === null) throw new InvalidArgumentError(`Permitted are multiples of ${PAGE_LIMITS.join(', ')}.`);
  return offset;
}

/** A number of rows, from 1. */
export function readCount(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new InvalidArgumentError('Write a whole number from 1.');
  return count;
}

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Permitted are 0 (any free port) to 65535.');
  return port;
}

export function readTargetArgument(text: string): Target {
  const target = parseTarget(text);
  if (target === null) throw new InvalidArgumentError('Write a domain, a host, a page URL or a folder like example.com/docs/*.');
  return target;
}

/** A path; an empty one comes from a variable that is not set. */
export function readPath(text: string): string {
  if (text === '') throw new InvalidArgumentError('Write the name of a file.');
  return text;
}

/** The address of a folder on the web. */
export function readFolderUrl(text: string): string {
  const url = folderUrl(text);
  if (url === null) throw new InvalidArgumentError('Write an address like https://docs.example.com/.');
  return url;
}

/** An absolute http(s) address. */
export function readWebUrl(text: string): string {
  const url = parseWebUrl(text);
  if (url === null) throw new InvalidArgumentError('Write an address like https://example.com/.');
  return url.href;
}

/** A number of links, from 0. */
export function readDepth(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}

/** Milliseconds, up to an hour. */
export function readDelay(text: string): number {
  const delay = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(delay <= 3_600_000)) throw new InvalidArgumentError('Write milliseconds, from 0 to 3600000.');
  return delay;
}

/** Names with commas between them. */
export function readNames(text: string): readonly string[] {
  const names = text.split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0) throw new InvalidArgumentError('Write names with commas between them.');
  return names;
}
