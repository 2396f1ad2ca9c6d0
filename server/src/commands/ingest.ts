/** Runs `index build` and `index add`: what is read is said before, how far it is while it goes, and what became of it at the end. */
import { availableParallelism } from 'node:os';
import type { PlannedInput } from '../linkIndex/ingest/inputs/plan.ts';
import type { IngestTask } from '../linkIndex/ingest/options.ts';
import type { BuildProgress } from '../linkIndex/ingest/progress.ts';
import type { BuildResult } from '../linkIndex/ingest/result.ts';
import { addToIndexInWorker, type BuildWorkerOptions, buildIndexInWorker } from '../linkIndex/ingest/runInWorker.ts';
import { regenerate } from '../linkIndex/sqlite/generationWriter.ts';
import { isAbort } from '../util/errors.ts';
import { safeText } from '../util/terminal.ts';
import { infoLine } from './indexInfo.ts';
import { EXIT, type Io, logTo } from './io.ts';
import { progressBar } from './progress.ts';
import { byteSize, RateMeter } from './rate.ts';

/** Builds or adds, and tells how it went. */
export async function runIngest(
  io: Io,
  task: IngestTask,
  { verbose, addition }: { readonly verbose: boolean; readonly addition: boolean },
): Promise<void> {
  const started = performance.now();
  const run = addition ? addToIndexInWorker : buildIndexInWorker;
  const result = await withProgress(io, addition, (watched) => run({ ...task, ...watched, log: logTo(io, verbose), stop: io.signal }));
  for (const { message } of result.skipped) io.error(`${safeText(message)}\n`);
  for (const { message, code } of result.problems) io.error(`${safeText(message)} [${code}]\n`);
  if (result.problems.length > 0) io.setExitCode(EXIT.unreadable);
  const seconds = (performance.now() - started) / 1000;
  const before = addition ? `${result.added.toLocaleString(io.locale)} added: ` : '';
  io.out(`${before}${infoLine(result.info, io.locale)} in ${seconds.toFixed(1)} s: ${result.file}\n`);
  if (result.stopped) sayStopped(io, result);
}

/** Runs with a progress bar, and says what a stop leaves behind. */
async function withProgress(
  io: Io,
  addition: boolean,
  run: (watched: Pick<BuildWorkerOptions, 'onPlan' | 'onProgress'>) => Promise<BuildResult>,
): Promise<BuildResult> {
  const bar = progressBar(io, 'Indexing');
  const rate = new RateMeter();
  let crawling = false;
  try {
    return await run({
      onPlan: (inputs) => {
        crawling = false;
        const words = planWords(inputs);
        if (words !== null) io.error(`${words}\n`);
      },
      onProgress: (progress) => {
        crawling = progress.phase === 'crawling';
        rate.mark(performance.now(), progress.pages, progress.bytes);
        bar.update(...progressShare(progress), progressWords(progress, rate, io.locale));
      },
    });
  } catch (error) {
    bar.stop();
    if (isAbort(error)) {
      io.error(
        crawling
          ? 'What was fetched is kept: the same command goes on with it.\n'
          : addition
            ? 'What was added before is in the index.\n'
            : 'Nothing was written: an index that was there is as it was.\n',
      );
    }
    throw error;
  } finally {
    bar.stop();
  }
}

/** What has to be fetched is said before; null where nothing has. */
function planWords(inputs: readonly PlannedInput[]): string | null {
  const remote = inputs.filter(({ kind }) => kind === 'url');
  if (remote.length === 0) return null;
  const known = remote.flatMap(({ bytes }) => bytes ?? []);
  const sum = known.reduce((total, bytes) => total + bytes, 0);
  const [one] = remote;
  const files = remote.length === 1 && one !== undefined ? safeText(one.name) : `${remote.length.toLocaleString('en')} files`;
  if (known.length === 0) return `To fetch: ${files}, of a size that the server does not say.`;
  if (known.length === remote.length) return `To fetch: ${files}, ${byteSize(sum)}.`;
  return `To fetch: ${files}, some ${byteSize((sum * remote.length) / known.length)} if they are all like the first ${known.length}.`;
}

function progressShare({ phase, bytes, totalBytes, inputs, totalInputs }: BuildProgress): [done: number, total: number] {
  return phase === 'crawling' ? [inputs, totalInputs] : [bytes, totalBytes];
}

function progressWords({ phase, pages, links, domains, input, inputs, totalInputs }: BuildProgress, rate: RateMeter, locale: string): string {
  const n = (value: number) => value.toLocaleString(locale);
  const perSecond = rate.perSecond();
  const speed = perSecond === null ? '' : ` (${n(Math.round(perSecond))} pages/s)`;
  if (phase === 'crawling') return `${n(pages)} pages${speed}, ${n(totalInputs - inputs)} addresses waiting, ${safeText(input)}`;
  if (pages === 0 && links === 0 && domains > 0) return `${n(domains)} domains${phase === 'reading' ? '' : ', writing'}`;
  const counts = `${n(pages)} pages${phase === 'reading' ? speed : ''}, ${n(links)} links`;
  if (phase === 'reading') return totalInputs > 1 ? `${counts}, ${n(inputs)} of ${n(totalInputs)} inputs` : counts;
  return `${counts}, ${phase === 'strength' ? 'computing strength' : 'writing'}`;
}

function sayStopped(io: Io, { file }: BuildResult): void {
  io.error(`Stopped. ${file} holds what was read until then; backlink-lens index add ${file} with the same inputs goes on.\n`);
  io.setExitCode(EXIT.interrupted);
}

/** Computes strengths anew, as a new generation. */
export async function runStrength(io: Io, file: string): Promise<void> {
  const started = performance.now();
  const info = await regenerate(file, Date.now(), { signal: io.signal, onPhase() {} }, { threads: availableParallelism() });
  io.out(`${infoLine(info, io.locale)} in ${((performance.now() - started) / 1000).toFixed(1)} s: ${file}\n`);
}
