/**
 * Crawls sites politely into a WARC file beside the index. A crawl that was interrupted goes on where it stopped; one that was done is made
 * again with conditional requests. The archives are ordinary ones: the index reads them as it reads any other.
 */
import path from 'node:path';
import { parseWebUrl } from '../../../urls/resolve.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import { silentLog } from '../../../util/log.ts';
import { homepage, version } from '../../../util/version.ts';
import { lockForBuild } from '../../sqlite/buildLock.ts';
import { findArchives, finishArchive, OpenArchive } from './archive.ts';
import { EarlierCrawls } from './earlier.ts';
import { readMembers, recordIn } from './members.ts';
import type { CrawlOptions, CrawlOutcome } from './options.ts';
import { ROLE_FIELD } from './records.ts';
import { CrawlRun } from './run.ts';
import { ROBOT_NAME } from './web.ts';

/**
 * Crawls, and gives the archives that the index should hold.
 *
 * @throws BacklinkLensError usage.invalid (no start URL, or one that is none), index.busy, index.not-writable; the signal's reason: what was
 *   fetched is kept then, and the next crawl with the same start URLs goes on
 */
export async function crawl(options: CrawlOptions): Promise<CrawlOutcome> {
  const { out, signal } = options;
  signal.throwIfAborted();
  const starts = startUrls(options.starts);
  const release = lock(out);
  try {
    return await crawlFrom(starts, options);
  } finally {
    release();
  }
}

async function crawlFrom(starts: readonly URL[], options: CrawlOptions): Promise<CrawlOutcome> {
  const { out, signal, log = silentLog } = options;
  const addresses = starts.map(({ href }) => href);
  const found = await findArchives(out, addresses);
  const unfinished = found.findLast((archive) => archive.unfinished) ?? null;
  const before = found.filter((archive) => archive !== unfinished).map((archive) => archive.file);
  const earlier = new EarlierCrawls();
  for (const file of before) await earlier.read(file, signal);
  const run = new CrawlRun(options, starts, earlier);
  const archive = unfinished === null ? await OpenArchive.create(out, addresses, INFO, Date.now()) : await resume(unfinished.file, run, signal);
  if (run.counts.resumed > 0) log.info(`going on with ${path.basename(archive.file)}: ${run.counts.resumed} URLs are there already`);
  try {
    await run.run(archive);
  } catch (error) {
    await archive.close();
    throw error;
  }
  const isEmpty = run.counts.fetched + run.counts.resumed === 0;
  await (isEmpty ? archive.discard() : archive.close());
  const archives = isEmpty ? before : [...before, archive.file];
  const { counts, complete } = run;
  const indexed = async (): Promise<void> => {
    if (complete) for (const file of archives) await finishArchive(file);
  };
  return { archives, problems: run.problems.list(), counts, complete, indexed };
}

const INFO = [
  ['software', `${ROBOT_NAME}/${version} (${homepage})`],
  ['format', 'WARC file version 1.1'],
  ['conformsTo', 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/'],
  ['robots', 'obey'],
] as const;

/** Reads what is there, and opens the file behind its last whole record. */
async function resume(file: string, run: CrawlRun, signal: AbortSignal): Promise<OpenArchive> {
  let end = 0;
  for await (const member of readMembers(file, signal)) {
    end = member.end;
    const record = await recordIn(member.bytes);
    const url = record?.fields.get('warc-target-uri');
    if (record === null || url === undefined || !/^(?:response|revisit)$/.test(record.type)) continue;
    await run.resume(member.bytes, url, record.fields.get(ROLE_FIELD.toLowerCase()) ?? null);
  }
  return await OpenArchive.reopen(file, end);
}

function startUrls(texts: readonly string[]): URL[] {
  if (texts.length === 0) throw new BacklinkLensError('usage.invalid', 'Nothing to crawl: name the address of a site, like https://example.com/.');
  return texts.map((text) => {
    const url = parseWebUrl(text);
    if (url === null) throw new BacklinkLensError('usage.invalid', `${text} cannot be crawled. Write an address like https://example.com/.`);
    url.hash = '';
    url.username = '';
    url.password = '';
    return url;
  });
}

function lock(out: string): () => void {
  try {
    return lockForBuild(`${out}.crawl`);
  } catch (error) {
    if (!BacklinkLensError.is(error, 'index.busy')) throw error;
    throw new BacklinkLensError('index.busy', `Another crawl into ${out} is running. Wait until it ends, or stop it.`, { cause: error });
  }
}
