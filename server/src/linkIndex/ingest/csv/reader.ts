/** CSV exports as a kind of input: of Search Console, Ahrefs, Majestic, Semrush, Moz and anybody who names both ends of a link. */
import { BacklinkLensError, isAbort } from '../../../util/errors.ts';
import type { CaptureReader, ReadOptions, ReadOutcome, ReadProblem } from '../capture.ts';
import type { InputReader, InputSource, KindOptions } from '../inputs/inputReader.ts';
import { archiveBytes } from '../warc/bytes.ts';
import { rowReader } from './captures.ts';
import { dateInName } from './dates.ts';
import { type KnownExport, type Layout, layoutOf } from './layout.ts';
import { type Property, readProperty } from './property.ts';
import { recordsOf } from './records.ts';
import { SeenRows } from './seenRows.ts';

/** Bytes that decide what an export is. */
const HEAD = 1 << 16;
const TABLE_NAME = /\.(?:csv|tsv|tab)(?:\.gz)?$/i;

export const csvReader: InputReader = {
  kind: 'csv',
  label: 'CSV export',
  recognises: ({ bytes, name }) => TABLE_NAME.test(name) || (layoutOf(bytes)?.known ?? null) !== null,
  read: readCsv,
};

const KNOWN =
  'Known are exports of backlinks of Ahrefs, Majestic, Semrush and Moz; Top linked pages, Latest links and Top linking sites of Google Search Console; and tables with the columns source and target.';

/** Reads one export. Rows that name no link, and rows that stand there twice, are passed over and counted. */
export async function* readCsv(source: InputSource, options: KindOptions & ReadOptions): CaptureReader {
  const head = new Head(archiveBytes(source, options));
  try {
    const found = await lookAt(source.name, head, options.site);
    if ('problem' in found) return found;
    return yield* readRows(source, head, found, options);
  } catch (error) {
    if (isAbort(error) || options.signal.aborted) throw error;
    return { problem: problemOf(source.name, error, 0) };
  } finally {
    await head.close();
  }
}

interface Found {
  readonly layout: Layout;
  readonly known: KnownExport;
  readonly property: Property | null;
}

async function lookAt(name: string, head: Head, site: string | undefined): Promise<Found | ReadOutcome> {
  const bytes = await head.look(HEAD);
  const property = site === undefined ? null : readProperty(site);
  if (site !== undefined && property === null) {
    return usage(`${site} is no property of Search Console. Write --site like example.com or https://example.com/blog/.`);
  }
  if (bytes.length === 0) return { problem: { code: 'input.unknown-table', message: `${name} is empty. Export it again.` } };
  const layout = layoutOf(bytes, property);
  if (layout?.known == null) return { problem: unknownTable(name, layout) };
  if (property === null && layout.known.of === 'console' && layout.known.kind !== 'linked-pages') {
    return usage(`${name} does not say whose links it lists. Name the property with --site example.com.`);
  }
  return { layout, known: layout.known, property };
}

async function* readRows(source: InputSource, head: Head, found: Found, options: KindOptions & ReadOptions): CaptureReader {
  const asOf = dateInName(baseName(source.name)) ?? source.modified ?? null;
  const read = rowReader({ ...found, asOf, now: options.now });
  const seen = new SeenRows();
  const counts = { rows: 0, taken: 0, repeated: 0 };
  try {
    for await (const row of recordsOf(head, found.layout)) {
      options.signal.throwIfAborted();
      counts.rows++;
      if (seen.has(row)) counts.repeated++;
      else {
        const capture = read(row);
        if (capture === null) continue;
        counts.taken++;
        yield capture;
      }
    }
    return { problem: null, note: noteOf(counts) };
  } catch (error) {
    if (isAbort(error) || options.signal.aborted) throw error;
    return { problem: problemOf(source.name, error, counts.taken), note: noteOf(counts) };
  }
}

function noteOf({ rows, taken, repeated }: { rows: number; taken: number; repeated: number }): string | null {
  const n = (value: number): string => value.toLocaleString('en');
  const passed = rows - taken - repeated;
  const parts = [
    ...(rows === 0 ? ['it has a header and no rows'] : []),
    ...(passed > 0 ? [`${n(passed)} of ${n(rows)} rows name no link and were passed over`] : []),
    ...(repeated > 0 ? [`${n(repeated)} rows stand there twice and count once`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function unknownTable(name: string, layout: Layout | null): ReadProblem {
  if (layout === null) return { code: 'input.unknown-table', message: `${name} is no table of texts. ${KNOWN}` };
  const names = layout.header.slice(0, 40).map((cell) => cell.replace(/\s+/g, ' ').trim().slice(0, 60));
  const more = layout.header.length > names.length ? ', …' : '';
  return {
    code: 'input.unknown-table',
    message: `${name} has the columns ${names.join(', ')}${more}, which are of no export that is known. ${KNOWN}`,
  };
}

function problemOf(name: string, error: unknown, rows: number): ReadProblem {
  const kept = `What came before is in the index (${rows.toLocaleString('en')} rows).`;
  if (BacklinkLensError.is(error)) return { code: error.code, message: `${name} ${error.message}. ${kept} Export it again for the rest.` };
  return { code: 'input.unreadable', message: `${name} could not be read: ${error instanceof Error ? error.message : String(error)}. ${kept}` };
}

function usage(message: string): ReadOutcome {
  return { problem: { code: 'usage.invalid', message } };
}

function baseName(name: string): string {
  return name.replace(/^.*[\\/]/s, '');
}

/** A stream that can be looked into before it is read. */
class Head implements AsyncIterable<Buffer> {
  readonly #chunks: AsyncGenerator<Buffer, void, void>;
  readonly #looked: Buffer[] = [];
  #failure: Error | null = null;

  constructor(chunks: AsyncGenerator<Buffer, void, void>) {
    this.#chunks = chunks;
  }

  /** The first bytes, `limit` or all there are. Damage among them shows itself when they are read. */
  async look(limit: number): Promise<Buffer> {
    let held = 0;
    while (held < limit) {
      const next = await this.#next();
      if (next === null) break;
      this.#looked.push(next);
      held += next.length;
    }
    return Buffer.concat(this.#looked).subarray(0, limit);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, void> {
    yield* this.#looked.splice(0);
    if (this.#failure !== null) throw this.#failure;
    yield* this.#chunks;
  }

  async close(): Promise<void> {
    await this.#chunks.return();
  }

  async #next(): Promise<Buffer | null> {
    try {
      const next = await this.#chunks.next();
      return next.done ? null : next.value;
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#failure = error instanceof Error ? error : new Error(String(error));
      return null;
    }
  }
}
