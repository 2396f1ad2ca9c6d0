/** From what the user named to captures: plans the inputs, asks for their sizes, and reads them, here or in processes. */
import { availableParallelism } from 'node:os';
import type { Dispatchers } from '../../http/dispatchers.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import { programFile } from '../programFile.ts';
import { siteFolders } from './folder/pagePaths.ts';
import { download, sizeOnTheWeb } from './inputs/download.ts';
import { isListHead, mayBeList } from './inputs/listSniff.ts';
import { lazyNetwork } from './inputs/network.ts';
import { type PlannedInput, planInputs } from './inputs/plan.ts';
import { displayUrl } from './inputs/webInput.ts';
import { withFetchedSize } from './listSizes.ts';
import type { IngestTask } from './options.ts';
import type { InputConsumer } from './pool/consumer.ts';
import { readHere } from './pool/readHere.ts';
import { readInProcesses } from './pool/readInProcesses.ts';

/** Addresses whose sizes are asked for before the reading; of a longer list the first ones stand for all. */
const ASKED = 64;
const LONGEST_LIST = 64 << 20;

/**
 * The inputs of a task, each path looked at and the first addresses asked for their size.
 *
 * @throws BacklinkLensError usage.invalid, input.unreadable, as planInputs and siteFolders
 */
export async function planTask(task: IngestTask, signal: AbortSignal): Promise<PlannedInput[]> {
  const network = lazyNetwork(task.http);
  try {
    const fetchList = (url: string): Promise<Buffer | null> => listFrom(url, signal, task, network.open);
    const inputs = await planInputs(task.inputs, { signal, prefix: task.prefix, fetchList });
    for (const { kind, at } of inputs) if (kind === 'folder') await siteFolders(at, task.baseUrl);
    const asked = inputs.filter(({ kind }) => kind === 'url').slice(0, ASKED);
    const sizes = new Map(
      await Promise.all(asked.map(async (input) => [input, await sizeOnTheWeb(input.at, signal, await network.open())] as const)),
    );
    const sized = inputs.map((input) => ({ ...input, bytes: input.bytes ?? sizes.get(input) ?? null }));
    const sizeOf = async (at: string): Promise<number | null> => sizeOnTheWeb(at, signal, await network.open());
    return await Promise.all(sized.map((input) => withFetchedSize(input, task, sizeOf)));
  } finally {
    await network.close();
  }
}

export interface Reading {
  readonly signal: AbortSignal;
  /** True where the consumer takes one input at a time. */
  readonly inOrder: boolean;
  /** Hashes of what is in the index already and as long as this input. */
  readonly known?: ((input: PlannedInput) => readonly string[]) | undefined;
}

/** Reads planned inputs to their end. */
export async function readInputs(
  inputs: readonly PlannedInput[],
  task: IngestTask & { readonly now: number },
  consumer: InputConsumer,
  { signal, inOrder, known = () => [] }: Reading,
): Promise<void> {
  const { http, patience, workers = 1 } = task;
  const { now, baseUrl, site, ranksTop, ranksPopulation, targets, vertices, ranks } = task;
  const options = { now, baseUrl, site, ranksTop, ranksPopulation, targets, vertices, ranks };
  const tasks = inputs.map((input) => ({ input, options, http, patience, known: known(input) }));
  if (workers === 1) return readHere(tasks, consumer, signal);
  const workerFile = programFile(import.meta.url, './worker.ts', 'ingestWorker.cjs');
  // What two read leaves time on two cores; what more of them read keeps the writing process busy.
  const alsoHere = !inOrder && workers === 2 && availableParallelism() === 2;
  await readInProcesses(tasks, consumer, { workers, alsoHere, workerFile, inOrder, signal });
}

/** The list behind an address, or null when there is an input. */
async function listFrom(url: string, signal: AbortSignal, task: IngestTask, open: () => Promise<Dispatchers>): Promise<Buffer | null> {
  if (!mayBeList(url)) return null;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of download(url, signal, { http: await open(), patience: task.patience })) {
    if (length === 0 && !isListHead(piece, url)) return null;
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST_LIST)
      throw new BacklinkLensError('input.unreadable', `${displayUrl(url)} is too large for a list of inputs. Check the address.`);
  }
  return Buffer.concat(pieces);
}
