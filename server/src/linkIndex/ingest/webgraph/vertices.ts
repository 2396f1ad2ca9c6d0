/** The vertices of a web graph, `id <tab> name turned around [<tab> hosts]` a line, sorted by id. */
import { BacklinkLensError } from '../../../util/errors.ts';
import { linesOf } from '../textLines.ts';

/** Finds the ids of some names. */
export async function idsOf(chunks: AsyncIterable<Buffer>, reversed: ReadonlySet<string>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const lines of linesOf(chunks)) {
    for (const line of lines) {
      const name = nameOf(line);
      if (reversed.has(name)) found.set(name, idOf(line));
    }
    if (found.size === reversed.size) break;
  }
  return found;
}

/** Names of ids that are asked for in ascending order: one pass, nothing kept. */
export class NameCursor {
  readonly #batches: AsyncGenerator<readonly string[], void, void>;
  #lines: readonly string[] = [];
  #at = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#batches = linesOf(chunks);
  }

  /**
   * The name of a vertex, turned around as it stands there; null when there is no such vertex.
   *
   * @param id not below the id asked for before
   */
  async nameOf(id: number): Promise<string | null> {
    for (;;) {
      for (; this.#at < this.#lines.length; this.#at++) {
        const line = this.#lines[this.#at] ?? '';
        const present = idOf(line);
        if (present === id) return nameOf(line);
        if (present > id) return null;
      }
      const next = await this.#batches.next();
      if (next.done) return null;
      this.#lines = next.value;
      this.#at = 0;
    }
  }

  async close(): Promise<void> {
    await this.#batches.return();
  }
}

function idOf(line: string): number {
  const id = Number(line.slice(0, line.indexOf('\t')));
  if (!Number.isSafeInteger(id)) throw new BacklinkLensError('input.unknown-table', 'is no list of vertices: a line has no number in front');
  return id;
}

function nameOf(line: string): string {
  const start = line.indexOf('\t') + 1;
  const end = line.indexOf('\t', start);
  return end < 0 ? line.slice(start) : line.slice(start, end);
}
