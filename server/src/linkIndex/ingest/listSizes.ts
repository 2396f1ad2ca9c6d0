/**
 * What reading large lists from the web fetches, for people to know before: a list of ranks is left after its first domains, and a web graph,
 * of many gigabytes, comes with its companions and only to those who agreed.
 */
import { BacklinkLensError } from '../../util/errors.ts';
import type { PlannedInput } from './inputs/plan.ts';
import { isWebInput } from './inputs/webInput.ts';
import type { IngestTask } from './options.ts';
import { BYTES_A_DOMAIN, RANKS_TOP } from './ranks/reader.ts';
import { companionOf } from './webgraph/files.ts';

const RANKS = /(?:^|[-_/])(?:domain-)?ranks\.txt(?:\.gz)?$/i;
const EDGES = /(?:^|[-_/])(?:domain-)?edges\.txt(?:\.gz)?$/i;
/** Bytes that nobody needs to agree to. */
const SMALL = 1e9;

/**
 * The input with the bytes its reading fetches.
 *
 * @param sizeOf asks for the size of a file on the web
 * @throws BacklinkLensError usage.invalid for a web graph that nobody has agreed to fetch
 */
export async function withFetchedSize(
  input: PlannedInput,
  task: Pick<IngestTask, 'ranksTop' | 'vertices' | 'ranks' | 'agreed'>,
  sizeOf: (at: string) => Promise<number | null>,
): Promise<PlannedInput> {
  const path = input.name.replace(/[?#].*$/s, '');
  if (input.kind === 'url' && RANKS.test(path)) {
    const expected = (task.ranksTop ?? RANKS_TOP) * BYTES_A_DOMAIN;
    return { ...input, bytes: Math.min(expected, input.bytes ?? expected) };
  }
  if (!EDGES.test(path)) return input;
  const bytes = await graphBytes(input, task, sizeOf);
  if (task.agreed !== true && (bytes === null || bytes > SMALL)) throw askFirst(input.name, bytes);
  return input.kind === 'url' ? { ...input, bytes } : input;
}

/** Edges once, vertices twice, ranks once: of these the ones on the web. Null where a server does not say. */
async function graphBytes(
  edges: PlannedInput,
  { vertices, ranks }: Pick<IngestTask, 'vertices' | 'ranks'>,
  sizeOf: (at: string) => Promise<number | null>,
): Promise<number | null> {
  const names = vertices ?? companionOf(edges.at, 'vertices');
  const others = [names, names, ranks].filter((at) => at != null && isWebInput(at));
  const sizes = await Promise.all(others.map((at) => sizeOf(at ?? '')));
  const all = [...(edges.kind === 'url' ? [edges.bytes] : []), ...sizes];
  return all.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

function askFirst(name: string, bytes: number | null): BacklinkLensError {
  const size = bytes === null ? 'files of a size that the server does not say' : `${(bytes / 1e9).toFixed(1)} GB`;
  return new BacklinkLensError(
    'usage.invalid',
    `${name} is a web graph: reading it fetches ${size}, of which only the referring domains of the targets are kept. Say --yes to go on.`,
  );
}
