/** CSV files as they really are: quotes, formulas, cut lines, repeated headers, encodings that nobody names, and a million rows. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { cellCount, cellFlag, cellScore, cellText } from '../../../server/src/linkIndex/ingest/csv/cells.ts';
import { cellDate, dateInName, orderOf } from '../../../server/src/linkIndex/ingest/csv/dates.ts';
import { csvReader } from '../../../server/src/linkIndex/ingest/csv/reader.ts';
import { SeenRows } from '../../../server/src/linkIndex/ingest/csv/seenRows.ts';
import { day, listedOf, madeSource, memorySource, type Read, readInput, readThrough } from './listReading.ts';

const HEADER = 'Referring page URL,Referring page title,Target URL,Anchor,UR,First seen';
const read = (text: string | Uint8Array, name = 'export.csv'): Promise<Read> =>
  readInput(csvReader, memorySource(Buffer.from(text as string), name, 64));
const texts = async (text: string | Uint8Array): Promise<(string | null)[]> => listedOf((await read(text)).captures).map(({ link }) => link.text);

describe('CSV quirks', () => {
  it('cells keep line ends, delimiters and quotes that are quoted', async () => {
    const rows = [
      'https://a.org/1,"Two\nlines; and, more",https://b.org/,"say ""hi""\r\nthere",3,',
      'https://a.org/2,plain,https://b.org/,a "loose" quote,3,',
    ];
    const { captures, problem } = await read(`${HEADER}\n${rows.join('\n')}\n`);
    assert.equal(problem, null);
    assert.deepEqual(
      listedOf(captures).map(({ sourceTitle, link }) => [sourceTitle, link.text]),
      [
        ['Two\nlines; and, more', 'say "hi"\r\nthere'],
        ['plain', 'a "loose" quote'],
      ],
    );
  });

  it('texts lose the armour against formulas, and only that', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["'=HYPERLINK(1)", '=HYPERLINK(1)'],
      ["'+1", '+1'],
      ["'-1", '-1'],
      ["'@you", '@you'],
      ['="007"', '007'],
      ["'tis", "'tis"],
      ["'quoted'", "'quoted'"],
      ['=SUM(A1)', '=SUM(A1)'],
      ['  blanks\u00a0', 'blanks'],
    ];
    for (const [cell, text] of cases) assert.equal(cellText(cell), text, cell);
    assert.deepEqual(await texts(`${HEADER}\nhttps://a.org/,t,https://b.org/,'=1+1,3,\n`), ['=1+1']);
  });

  it('rows that stand there twice count once, a repeated header not at all', async () => {
    const row = 'https://a.org/,t,https://b.org/,text,3,2024-01-01';
    const { captures, note } = await read([HEADER, row, row, HEADER, row.replace('text', 'other'), row].join('\n'));
    assert.equal(captures.length, 2);
    assert.equal(note, '2 rows stand there twice and count once');
  });

  it('a last line that is cut is passed over where its target is missing', async () => {
    const { problem, note, captures } = await read(`${HEADER}\nhttps://a.org/1,t,https://b.org/,one,3,2024-01-01\nhttps://a.org/2,ti`);
    assert.deepEqual([problem, note, captures.length], [null, '1 of 2 rows name no link and were passed over', 1]);
  });

  it('a quote that is never closed costs nothing but its own quotes', async () => {
    const row = (at: number, title: string): string => `https://a.org/${at},${title},https://b.org/,text ${at},3,2024-01-01`;
    const rows = Array.from({ length: 60 }, (_, at) => row(at, `t${at}`));
    for (const [where, title] of [
      [59, '"cut'],
      [20, '"never closed'],
      [0, '"never closed'],
      [30, '"'],
    ] as const) {
      const { problem, captures } = await read([HEADER, ...rows.with(where, row(where, title))].join('\n'));
      assert.equal(problem, null);
      assert.deepEqual(
        listedOf(captures).map(({ link }) => link.text),
        rows.map((_, at) => `text ${at}`),
        `row ${where}`,
      );
    }
    const two = rows.with(10, row(10, '"one')).with(40, row(40, '"other'));
    assert.equal(listedOf((await read([HEADER, ...two].join('\r\n'))).captures).length, 60, 'two of them do not take in what is between');
  });

  it('a quote that would swallow megabytes does not', async () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `https://a.org/${at},t,https://b.org/,x,3,`);
    const text = [HEADER, ...lines.with(100, 'https://a.org/100,"never closed,https://b.org/,x,3,')].join('\n');
    const { problem, captures } = await readInput(csvReader, memorySource(Buffer.from(text), 'x.csv', 1 << 16));
    assert.deepEqual([problem, captures.length], [null, 40_000]);
  });

  it('in a file full of loose quotes they count as ordinary signs', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `https://a.org/${at},${at % 3 === 0 ? '"loose' : '"fast"'},https://b.org/,x,3,`);
    const { problem, captures } = await readInput(csvReader, memorySource(Buffer.from([HEADER, ...rows].join('\n')), 'x.csv', 1 << 16));
    assert.deepEqual([problem, captures.length], [null, 3000]);
    assert.deepEqual([...new Set(listedOf(captures).map(({ sourceTitle }) => String(sourceTitle)))].toSorted(), ['fast', 'loose']);
  });

  it('lines above the header, byte order marks, gzip and windows-1252', async () => {
    const body = `${HEADER}\nhttps://a.org/,Über uns,https://b.org/,größer,3,\n`;
    for (const bytes of [
      Buffer.from(body),
      Buffer.from(`Moz Link Explorer\nInbound links of example.com\n\n${body}`),
      Buffer.from(`sep=,\r\n${body}`),
      Buffer.from(`\ufeff${body}`),
      gzipSync(`\ufeff${body}`),
      Buffer.from(body, 'latin1'),
      Buffer.from(`\ufeff${body.replaceAll(',', '\t')}`, 'utf16le'),
    ]) {
      assert.deepEqual(await texts(bytes), ['größer'], bytes.subarray(0, 8).toString('hex'));
    }
  });

  it('addresses without a scheme, and what is none', async () => {
    const cases: readonly (readonly [string, string | null])[] = [
      ['https://a.org/x', 'https://a.org/x'],
      ['HTTP://A.org', 'http://a.org/'],
      ['a.org/x', 'https://a.org/x'],
      ['//a.org/x', 'https://a.org/x'],
      ['a.org:8080/x', 'https://a.org:8080/x'],
      ['https://mañana.com/ü', 'https://xn--maana-pta.com/%C3%BC'],
      ['', null],
      ['-', null],
      ['n/a', null],
      ['mailto:a@b.org', null],
      ['javascript:alert(1)', null],
      ['ftp://a.org/', null],
      ['two words', null],
      ['http://', null],
    ];
    for (const [cell, url] of cases) {
      const [listed] = listedOf((await read(`source,target\n${cell},https://b.org/\n`)).captures);
      assert.equal(listed?.sourceUrl ?? null, url, cell);
    }
  });

  it('says of an empty file, a bare header and an unknown table what they are', async () => {
    const empty = await read('');
    assert.equal(empty.problem?.code, 'input.unknown-table');
    assert.match(empty.problem?.message ?? '', /export\.csv is empty/);
    const bare = await read(`${HEADER}\r\n`);
    assert.deepEqual([bare.problem, bare.note], [null, 'it has a header and no rows']);
    const strange = await read('Query;Clicks;Impressions\nfoo;1;2\n');
    assert.equal(strange.problem?.code, 'input.unknown-table');
    assert.match(
      strange.problem?.message ?? '',
      /has the columns Query, Clicks, Impressions, which .*Ahrefs, Majestic, Semrush and Moz.*Search Console/,
    );
    for (const bytes of [Buffer.from('<html><body>'), Buffer.from('PK\u0003\u0004\0\0\0'), Buffer.from([0, 1, 2, 3]), Buffer.from('{"a": 1}')]) {
      const { problem, captures } = await read(bytes);
      assert.deepEqual([problem?.code, captures.length], ['input.unknown-table', 0]);
    }
  });

  it('counts, scores and flags in the ways of several countries', () => {
    const counts: readonly (readonly [string, number | null])[] = [
      ['0', 0],
      ['1204', 1204],
      ['1,204', 1204],
      ['1.204', 1204],
      ['1 204', 1204],
      ['1\u202f204\u202f000', 1_204_000],
      ["1'204", 1204],
      ['12.0', 12],
      ['12,34', null],
      ['', null],
      ['-', null],
      ['-3', null],
      ['1e9', null],
    ];
    for (const [cell, value] of counts) assert.equal(cellCount(cell), value, cell);
    const scores: readonly (readonly [string, number | null])[] = [
      ['31', 31],
      ['31.5', 31.5],
      ['31,5', 31.5],
      ['3 %', 3],
      ['', null],
      ['n/a', null],
      ['-1', null],
    ];
    for (const [cell, value] of scores) assert.equal(cellScore(cell), value, cell);
    for (const cell of ['1', 'true', 'TRUE', 'Yes', '+', 'wahr', 'oui', 'sí']) assert.equal(cellFlag(cell), true, cell);
    for (const cell of ['', '0', 'false', 'No', '-', 'falsch', 'non']) assert.equal(cellFlag(cell), false, cell);
    assert.equal(cellFlag('maybe'), null);
  });

  it('dates in the ways of several countries', () => {
    const cases: readonly (readonly [string, string | null])[] = [
      ['2025-03-04', '2025-03-04'],
      ['2025/03/04', '2025-03-04'],
      ['2025-03-04 05:06:07', '2025-03-04'],
      ['2025-03-04T23:30:00-05:00', '2025-03-05'],
      ['2025-03-04 02:46:50 +00:00', '2025-03-04'],
      ['04.03.2025', '2025-03-04'],
      ['4.3.25', '2025-03-04'],
      ['04/03/2025', '2025-03-04'],
      ['25/03/2025', '2025-03-25'],
      ['03/25/2025', '2025-03-25'],
      ['Mar 4, 2025', '2025-03-04'],
      ['4 March 2025', '2025-03-04'],
      ['4. März 2025', '2025-03-04'],
      ['4 mars 2025', '2025-03-04'],
      ['4 de marzo de 2025', '2025-03-04'],
      ['4 août 2025', '2025-08-04'],
      ['1 juil. 2025', '2025-07-01'],
      ['30 juin 2025', '2025-06-30'],
      ['28 Dez. 2025', '2025-12-28'],
      ['1578929242', '2020-01-13'],
      ['1578929242000', '2020-01-13'],
      ['2025-02-30', null],
      ['31.04.2025', null],
      ['0000-00-00', null],
      ['1970-01-01', null],
      ['yesterday', null],
      ['', null],
    ];
    for (const [cell, iso] of cases) assert.equal(day(cellDate(cell, 'day-first')), iso, cell);
    assert.equal(day(cellDate('04/03/2025', 'month-first')), '2025-04-03');
    assert.equal(orderOf(['01/02/2025', '13/02/2025']), 'day-first');
    assert.equal(orderOf(['01/02/2025', '02/13/2025']), 'month-first');
    assert.equal(orderOf(['01/02/2025', '2025-02-03']), null);
    assert.equal(day(dateInName('https___example.com_-Latest links-2026-09-30.csv')), '2026-09-30');
    assert.equal(dateInName('export-12345-2026-13-99.csv'), null);
  });

  it('a date that fits two orders is read as the other dates of the file prove', async () => {
    const dated = async (dates: readonly string[]): Promise<(string | null)[]> => {
      const rows = dates.map((date, at) => `https://a.org/${at},t,https://b.org/,x,3,${date}`);
      return listedOf((await read([HEADER, ...rows].join('\n'))).captures).map(({ firstSeen }) => day(firstSeen));
    };
    assert.deepEqual(await dated(['03/04/2025', '25/04/2025']), ['2025-04-03', '2025-04-25']);
    assert.deepEqual(await dated(['03/04/2025', '04/25/2025']), ['2025-03-04', '2025-04-25']);
  });

  it('remembers rows exactly up to two million, in bounded memory', () => {
    const seen = new SeenRows();
    for (let at = 0; at < 300_000; at++) assert.equal(seen.has([`https://a.org/${at}`, 'x']), false);
    for (let at = 0; at < 300_000; at += 997) assert.equal(seen.has([`https://a.org/${at}`, 'x']), true);
    assert.equal(seen.has(['ab', 'c']), false);
    assert.equal(seen.has(['a', 'bc']), false, 'where cells end counts');
  });

  it('a million rows stream through in bounded memory', async function () {
    this.timeout(120_000);
    const rows = 1_000_000;
    function* pieces(): Generator<string, void, void> {
      yield `${HEADER}\n`;
      for (let at = 0; at < rows; at += 1000) {
        const line = (row: number): string =>
          `https://site${row % 5000}.org/page/${row},"Title, ${at}",https://b.org/${row % 1000},anchor ${row},31,2024-05-03\n`;
        yield Array.from({ length: 1000 }, (_, row) => line(at + row)).join('');
      }
    }
    const { problem, note, counted, grown } = await readThrough(csvReader, madeSource(pieces(), 'large.csv'), {}, () => 1);
    assert.deepEqual([problem, note, counted], [null, null, rows]);
    // The file has 95 MB, and its rows as objects several times as much.
    assert.ok(grown < 250 << 20, `grew by ${grown >> 20} MB`);
  });
});
