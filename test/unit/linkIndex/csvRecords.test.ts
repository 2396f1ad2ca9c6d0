/** Records of a table, cut anywhere and written by another library (csv-stringify, the oracle): every cell comes back. */
import assert from 'node:assert/strict';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { layoutOf } from '../../../server/src/linkIndex/ingest/csv/layout.ts';
import { recordsOf } from '../../../server/src/linkIndex/ingest/csv/records.ts';

const HEADER = ['source', 'target', 'anchor', 'title', 'first seen'];

const ENCODERS: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16LE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

async function* pieces(bytes: Buffer, step: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

async function read(bytes: Buffer, step: number): Promise<string[][]> {
  const layout = layoutOf(bytes.subarray(0, 1 << 16));
  assert.ok(layout?.known, 'recognised');
  const records: string[][] = [];
  for await (const record of recordsOf(pieces(bytes, step), layout)) records.push(record);
  return records;
}

/** Characters that mean something in a table, and some that are long in one encoding or another. */
const plain = fc.string({ unit: fc.constantFrom('a', 'b', '"', "'", ' ', ';', ',', '\t', '|', 'é', '漢', '🙂', '=', '-'), maxLength: 8 });
/** Cells of several lines have no delimiters in these tests: such a row could be two. */
const lines = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r\n', 'é', '🙂'), maxLength: 8 });
const rows = fc.array(fc.tuple(...HEADER.map(() => fc.oneof({ weight: 4, arbitrary: plain }, lines))), { maxLength: 12 });

describe('CSV records', () => {
  it('are what was written, in every delimiter, line end and encoding, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.record({
          delimiter: fc.constantFrom(',', ';', '\t', '|'),
          newline: fc.constantFrom('\n', '\r\n'),
          encoding: fc.constantFrom(...Object.keys(ENCODERS)),
          quoted: fc.boolean(),
          step: fc.integer({ min: 1, max: 60 }),
          ended: fc.boolean(),
        }),
        async (cells, { delimiter, newline, encoding, quoted, step, ended }) => {
          const text = stringify([HEADER, ...cells], { delimiter, record_delimiter: newline, quoted, quoted_match: /[\r\n]/, eof: ended });
          const bytes = ENCODERS[encoding]?.(text) ?? Buffer.alloc(0);
          assert.deepEqual(await read(bytes, step), cells, JSON.stringify(text));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are the same however large the pieces are', async () => {
    const cells = Array.from({ length: 3000 }, (_, at) => [
      `https://a.org/${at}`,
      `https://b.org/${at % 7}`,
      `say "${at}"`,
      at % 5 === 0 ? 'two\nlines' : 'é, ü',
      '2024-01-01',
    ]);
    const bytes = Buffer.from(stringify([HEADER, ...cells]));
    for (const step of [13, 1000, 65_536, bytes.length]) assert.deepEqual(await read(bytes, step), cells, `pieces of ${step} bytes`);
  });
});
