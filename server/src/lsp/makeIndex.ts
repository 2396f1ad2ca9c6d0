/** Builds an index for the editor, in a process of its own: nothing of it runs on the server's event loop. */
import { availableParallelism } from 'node:os';
import * as l10n from '@vscode/l10n';
import type { WorkDoneProgressReporter } from 'vscode-languageserver';
import type { HttpSettings, IndexOrder, MadeIndex } from '../../../shared/protocol.ts';
import type { IngestTask } from '../linkIndex/ingest/options.ts';
import type { BuildProgress } from '../linkIndex/ingest/progress.ts';
import { addToIndexInWorker, buildIndexInWorker } from '../linkIndex/ingest/runInWorker.ts';
import { isPrivateHost } from '../urls/privacy.ts';
import type { Log } from '../util/log.ts';

export interface IndexMaker {
  /**
   * Makes what is ordered.
   *
   * @param stop ends the reading; what is whole is written
   * @throws BacklinkLensError as buildIndex and addToIndex; the reason of `stop` where nothing was whole
   */
  (order: IndexOrder, work: Progress, stop: AbortSignal): Promise<MadeIndex>;
  /** Ends what still runs, leaving every index as it was. */
  dispose(): void;
}

type Progress = Pick<WorkDoneProgressReporter, 'report'> & {
  begin(title: string, percentage?: number, message?: string, cancellable?: boolean): void;
  done(): void;
};

export interface IndexMakerParts {
  readonly log: Log;
  /** BCP 47 tag for numbers. */
  readonly locale: string;
  /** The editor's proxy and certificates as they stand. */
  readonly http: () => HttpSettings | undefined;
}

export function createIndexMaker({ log, locale, http }: IndexMakerParts): IndexMaker {
  const end = new AbortController();
  const make = async (order: IndexOrder, work: Progress, stop: AbortSignal): Promise<MadeIndex> => {
    const run = order.addition ? addToIndexInWorker : buildIndexInWorker;
    work.begin('', 0, l10n.t('Looking at the inputs'), true);
    try {
      const onProgress = reporter(work, locale);
      const { file, info, added, problems, skipped, stopped } = await run({
        ...taskOf(order),
        http: http(),
        log,
        onProgress,
        stop,
        signal: end.signal,
      });
      for (const { message } of problems) log.warn(message);
      const messages = { problems: problems.map(({ message }) => message), skipped: skipped.map(({ message }) => message) };
      return { file, pages: info.pages, links: info.links, rankedDomains: info.ranks?.domains ?? 0, added, stopped, ...messages };
    } finally {
      work.done();
    }
  };
  return Object.assign(make, { dispose: () => end.abort() });
}

/** All cores but one, which writes. Somebody who types an address of their own network means it. */
function taskOf({ out, inputs, baseUrl, crawl }: IndexOrder): IngestTask {
  const workers = Math.max(1, availableParallelism() - 1);
  return { out, inputs, baseUrl, workers, crawl: crawl === undefined ? undefined : { starts: [crawl], allowPrivate: isPrivateHost(crawl) } };
}

/** One report a percent or a changed sentence: an index may have tens of thousands of captures a second. */
function reporter(work: Progress, locale: string): (progress: BuildProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  let phase = '';
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && now - last < REPORT_EVERY) return;
    phase = progress.phase;
    last = now;
    work.report(percentOf(progress), wordsOf(progress, locale));
  };
}

/** Milliseconds between two reports. */
const REPORT_EVERY = 200;
/** Percent that reading takes of a build; the rest is strength and writing. */
const READING = 80;

function percentOf({ phase, bytes, totalBytes, inputs, totalInputs }: BuildProgress): number {
  switch (phase) {
    case 'crawling':
      return Math.floor((READING * inputs) / Math.max(1, totalInputs) / 2);
    case 'reading':
      return totalBytes === 0 ? 0 : Math.floor((READING * bytes) / totalBytes);
    case 'strength':
      return READING;
    case 'writing':
      return READING + 10;
  }
}

function wordsOf({ phase, pages, links, domains, input }: BuildProgress, locale: string): string {
  const n = (value: number) => value.toLocaleString(locale);
  if (pages === 0 && links === 0 && domains > 0) return l10n.t('{0} domains by rank', n(domains));
  switch (phase) {
    case 'crawling':
      return l10n.t('{0} pages fetched, {1}', n(pages), input);
    case 'reading':
      return l10n.t('{0} pages, {1} links', n(pages), n(links));
    case 'strength':
      return l10n.t('{0} pages: computing their strength', n(pages));
    case 'writing':
      return l10n.t('{0} pages: writing', n(pages));
  }
}
