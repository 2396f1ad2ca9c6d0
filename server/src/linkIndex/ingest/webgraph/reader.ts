/**
 * Common Crawl's web graph as a kind of input: for some target domains, every domain that links to them. The edges are read once, side by
 * side with the vertices, which are sorted alike, so that nothing is held but the ids of the targets, however many domains link to them.
 */
import { registrableDomain, withoutWww } from '../../../urls/domains.ts';
import { parseTarget } from '../../../urls/targets.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import type { CaptureReader, ReadOptions, ReadProblem } from '../capture.ts';
import { fileSource } from '../inputs/fileSource.ts';
import type { InputReader, InputSource, KindOptions } from '../inputs/inputReader.ts';
import { releaseIn } from '../ranks/releases.ts';
import { archiveBytes } from '../warc/bytes.ts';
import { beginsEdges, beginsVertices, companionOf } from './files.ts';
import { GraphReading } from './graphReading.ts';

export const edgesReader: InputReader = {
  kind: 'webgraph',
  label: 'web graph of domains (its edges)',
  recognises: ({ bytes }) => beginsEdges(bytes.toString('latin1', 0, 4000)),
  read: readGraph,
};

/** Vertices that are named among the inputs say nothing without their edges, which find them by themselves. */
export const verticesReader: InputReader = {
  kind: 'webgraph-vertices',
  label: 'vertices of a web graph',
  recognises: ({ bytes }) => beginsVertices(bytes.toString('latin1', 0, 4000)),
  async *read(): CaptureReader {
    yield* [];
    return { problem: null, note: 'these are names of a web graph, which are read together with its edges' };
  },
};

/** Reads the referring domains of `--targets`; places in the ranks come from `--ranks`, where it is named. */
export async function* readGraph(source: InputSource, options: KindOptions & ReadOptions): CaptureReader {
  const fail = (problem: ReadProblem): { problem: ReadProblem } => ({ problem });
  if (/-host-edges\b/.test(source.name)) {
    return fail(usage(`${source.name} is the graph of hosts. Name the graph of domains of the same release (…-domain-edges.txt.gz).`));
  }
  const targets = new Set((options.targets ?? []).map(targetDomain).filter((name) => name !== null));
  if (targets.size === 0) {
    return fail(
      usage(`${source.name} is a web graph: name the domains whose referring domains you want with --targets example.com or --targets FILE.`),
    );
  }
  const vertices = options.vertices ?? companionOf(source.name, 'vertices');
  if (vertices === null) return fail(usage(`${source.name} has numbers instead of names. Name the file of its vertices with --vertices.`));
  const open = options.open ?? (async (at: string) => fileSource(at));
  const bytesOf = async (at: string): Promise<AsyncGenerator<Buffer, void, void>> => archiveBytes(await open(at), options);
  const reading = new GraphReading({ release: releaseIn(source.name), signal: options.signal });
  try {
    yield* reading.captures({
      targets,
      edges: () => archiveBytes(source, options),
      vertices: () => bytesOf(vertices),
      ranks: options.ranks === undefined ? null : () => bytesOf(options.ranks ?? ''),
    });
    return { problem: null, note: reading.note() };
  } catch (error) {
    options.signal.throwIfAborted();
    return { problem: problemOf(source.name, error), note: reading.note() };
  }
}

/** The registrable domain of what a person names; null for what is no name. */
function targetDomain(text: string): string | null {
  const target = parseTarget(text);
  if (target === null) return null;
  const host = target.id.slice(target.kind.length + 1).replace(/[/:].*$/s, '');
  return registrableDomain(withoutWww(host));
}

function usage(message: string): ReadProblem {
  return { code: 'usage.invalid', message };
}

function problemOf(name: string, error: unknown): ReadProblem {
  const kept = 'The referring domains found before are in the index.';
  if (BacklinkLensError.is(error)) return { code: error.code, message: `${name} ${error.message}. ${kept}` };
  return { code: 'input.unreadable', message: `${name} could not be read: ${error instanceof Error ? error.message : String(error)}. ${kept}` };
}
