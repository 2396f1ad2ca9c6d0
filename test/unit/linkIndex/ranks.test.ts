/** Common Crawl's domain ranks: the first N of a sorted list, their release and its size, in an index and back as a strength. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { BYTES_A_DOMAIN, RANKS_TOP, ranksReader } from '../../../server/src/linkIndex/ingest/ranks/reader.ts';
import { domainsOf, releaseIn } from '../../../server/src/linkIndex/ingest/ranks/releases.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { ListedTables } from '../../../server/src/linkIndex/sqlite/listed/listedTables.ts';
import { rankStrength, readRank, readRankList } from '../../../server/src/linkIndex/sqlite/listed/readStated.ts';
import { Statements } from '../../../server/src/linkIndex/sqlite/statements.ts';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { RANKS_MEGABYTES, RANKS_RELEASE, ranksAddress } from '../../../shared/ranks.ts';
import { madeSource, memorySource, readInput, readThrough } from './listReading.ts';

const HEADER = '#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts';
const FIRST = [
  '1\t3.4626736E7\t3\t0.005384977821460953\tcom.facebook\t3668',
  '2\t3.42356E7\t2\t0.007010813553170503\tcom.googleapis\t3000',
  '3\t3.007577E7\t1\t0.008634952900502719\tcom.google\t9000',
  '4\t3.0036014E7\t4\t0.0044\tuk.co.example\t4',
  '5\t3.0E7\t6\t4.4E-4\txn--p1ai.xn--e1afmkfd\t1',
  '6\t2.9E7\t5\t0.0043\tcom.b?d\t1',
  '7\t2.8E7\t7\t0.0042\tio.github\t88',
];
const NAME = 'https://data.example.net/cc-main-2026-mar-apr-may/domain/cc-main-2026-mar-apr-may-domain-ranks.txt.gz';

function ranksOf(captures: readonly Capture[]): (readonly [string, number])[] {
  return captures.flatMap((capture) => (capture.kind === 'ranks' ? capture.ranks.domains : []));
}

/** A list of `count` seeded names, sorted by rank. */
function syntheticRanks(count: number): string {
  const tlds = ['com', 'org', 'net', 'de', 'uk.co', 'io'];
  let seed = 42;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const lines = [HEADER];
  for (let at = 1; at <= count; at++) {
    const name = Math.floor(random() * 36 ** 6).toString(36) + at.toString(36);
    lines.push(
      `${at}\t${(3.5e7 - at).toExponential(6)}\t${at + 7}\t${(1 / at).toExponential(9)}\t${tlds[at % tlds.length]}.${name}\t${(at % 9) + 1}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

describe('domain ranks', () => {
  it('are read with a header or without, plain or gzip, with any line end', async () => {
    const expected = [
      ['facebook.com', 1],
      ['googleapis.com', 2],
      ['google.com', 3],
      ['example.co.uk', 4],
      ['xn--e1afmkfd.xn--p1ai', 5],
      ['github.io', 7],
    ];
    const texts = [
      [HEADER, ...FIRST].join('\n'),
      [HEADER.replace('#host_rev', '#domain_rev').replace('\t#n_hosts', ''), ...FIRST.map((line) => line.replace(/\t\d+$/, ''))].join('\r\n'),
      `${FIRST.join('\n')}\n\n`,
      [HEADER, ...FIRST].join('\n').replaceAll('\t', '  '),
    ];
    for (const text of texts) {
      for (const bytes of [Buffer.from(text), gzipSync(text)]) {
        const head = { bytes: Buffer.from(text), name: 'x' };
        assert.equal(ranksReader.recognises(head), true, text.slice(0, 30));
        const { captures, problem, note } = await readInput(ranksReader, memorySource(bytes, NAME, 33));
        assert.equal(problem, null);
        assert.deepEqual(ranksOf(captures), expected);
        assert.equal(note, '6 domains of 118,800,000; 1 names are no host names and were passed over');
      }
    }
  });

  it('have their columns by name', async () => {
    const text = ['#host_rev\t#pr_pos\t#harmonicc_pos', 'com.a\t9\t1', 'com.b\t8\t2'].join('\n');
    assert.deepEqual(ranksOf((await readInput(ranksReader, memorySource(Buffer.from(text)))).captures), [
      ['a.com', 1],
      ['b.com', 2],
    ]);
  });

  it('are not confused with other tables', () => {
    for (const text of ['', '0\tcom.example\t1\n', '0\t1\n', 'source,target\n', 'https://example.com/\n', 'WARC/1.0\r\n']) {
      assert.equal(ranksReader.recognises({ bytes: Buffer.from(text), name: NAME }), false, text);
    }
  });

  it('stop after the first N, and read hardly more than these', async () => {
    const packed = gzipSync(syntheticRanks(40_000));
    const sizes: number[] = [];
    const { captures, bytes, note } = await readInput(ranksReader, memorySource(packed, NAME, 4096), {
      ranksTop: 1000,
      onSize: (size) => sizes.push(size),
    });
    const ranks = ranksOf(captures);
    assert.equal(ranks.length, 1000);
    assert.deepEqual(ranks.at(-1)?.[1], 1000);
    assert.equal(note, '1,000 domains of 118,800,000');
    assert.ok(bytes < packed.length / 8, `${bytes} of ${packed.length} bytes`);
    assert.ok(sizes.every((size) => size <= packed.length));
  });

  it('a million of them stream through in bounded memory', async function () {
    this.timeout(60_000);
    function* pieces(): Generator<string, void, void> {
      for (let at = 1; at <= 1_500_000; at += 1000) {
        yield Array.from({ length: 1000 }, (_, line) => `${at + line}\t3.4E7\t${at}\t1.0E-7\tcom.name${at + line}\t1\n`).join('');
      }
    }
    const count = (capture: Capture): number => (capture.kind === 'ranks' ? capture.ranks.domains.length : 0);
    const { problem, counted, grown } = await readThrough(ranksReader, madeSource(pieces(), NAME), {}, count);
    assert.deepEqual([problem, counted], [null, 1_000_000]);
    assert.ok(grown < 250 << 20, `grew by ${grown >> 20} MB`);
  });

  it('of a list that is not sorted are all that stand below N', async () => {
    const lines = syntheticRanks(5000).trim().split('\n').slice(1).reverse();
    const { captures } = await readInput(ranksReader, memorySource(Buffer.from([HEADER, ...lines].join('\n'))), { ranksTop: 10 });
    assert.deepEqual(
      ranksOf(captures)
        .map(([, place]) => place)
        .toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('keep what came before a truncation or damage, and say so', async () => {
    const packed = gzipSync(syntheticRanks(20_000));
    for (const cut of [packed.length >> 1, packed.length - 4]) {
      const { captures, problem } = await readInput(ranksReader, memorySource(packed.subarray(0, cut), NAME), { ranksTop: 1e6 });
      assert.equal(problem?.code, 'input.truncated');
      const kept = ranksOf(captures).length;
      assert.ok(kept > 1000 && kept <= 20_000);
      assert.match(problem?.message ?? '', new RegExp(`${kept.toLocaleString('en')} domains`));
    }
    const broken = Buffer.concat([packed.subarray(0, packed.length >> 1), Buffer.from('garbage'.repeat(100))]);
    assert.equal((await readInput(ranksReader, memorySource(broken, NAME))).problem?.code, 'input.truncated');
  });

  it('refuse ranks of hosts, and what holds none', async () => {
    const host = await readInput(ranksReader, memorySource(Buffer.from(FIRST.join('\n')), 'cc-main-2026-mar-apr-may-host-ranks.txt.gz'));
    assert.equal(host.problem?.code, 'usage.invalid');
    for (const text of ['', `${HEADER}\n`, '#some\t#thing\n1\t2\n', 'x'.repeat(3 << 20)]) {
      assert.equal(
        (await readInput(ranksReader, memorySource(Buffer.from(text), NAME, 1 << 17))).problem?.code,
        'input.unknown-table',
        text.slice(0, 20),
      );
    }
  });

  it('stop when they are told to', async () => {
    const abort = new AbortController();
    const reading = ranksReader.read(memorySource(gzipSync(syntheticRanks(40_000)), NAME, 4096), { now: 0, signal: abort.signal, onBytes() {} });
    await reading.next();
    abort.abort();
    await assert.rejects(async () => {
      for (;;) if ((await reading.next()).done) return;
    }, /abort/i);
  });

  it('know their release and how many domains it ranks', async () => {
    assert.equal(releaseIn(NAME), 'cc-main-2026-mar-apr-may');
    assert.equal(releaseIn('/tmp/cc-main-2024-25-nov-dec-jan-domain-ranks.txt.gz'), 'cc-main-2024-25-nov-dec-jan');
    assert.equal(releaseIn('ranks.txt.gz'), null);
    assert.equal(domainsOf('cc-main-2024-25-nov-dec-jan'), 100_765_998);
    assert.equal(domainsOf('cc-main-2031-jan-feb-mar'), null);
    assert.equal(releaseIn(ranksAddress()), RANKS_RELEASE);
    assert.ok((domainsOf(RANKS_RELEASE) ?? 0) > 100_000_000, 'the one that is offered gives strengths');
    assert.equal(RANKS_MEGABYTES, (RANKS_TOP * BYTES_A_DOMAIN) / 1e6);
    const population = async (name: string, options: { ranksPopulation?: number; ranksTop?: number } = {}): Promise<number | null | undefined> => {
      const { captures } = await readInput(ranksReader, memorySource(Buffer.from([HEADER, ...FIRST].join('\n')), name), options);
      const last = captures.at(-1);
      return last?.kind === 'ranks' ? last.ranks.population : undefined;
    };
    assert.equal(await population(NAME), 118_800_000);
    assert.equal(await population(NAME, { ranksPopulation: 5_000_000 }), 5_000_000);
    assert.equal(await population('mine.txt', { ranksTop: 3 }), null, 'unknown, not invented');
    assert.equal(await population('mine.txt'), 7, 'a list read to its end');
  });

  it('become strengths by their formula', () => {
    const cases: readonly (readonly [number, number, number])[] = [
      [1, 118_800_000, 10],
      [1000, 118_800_000, 6.3],
      [1_000_000, 118_800_000, 2.6],
      [118_800_000, 118_800_000, 0],
      [1, 1, 10],
    ];
    for (const [position, population, value] of cases) {
      assert.deepEqual(rankStrength(position, population), { basis: 'rank', value, position, population });
    }
  });

  it('stand in an index compactly, and a newer release replaces them', async () => {
    const db = openDatabase(':memory:');
    const listed = new ListedTables(db);
    const load = async (text: string, name: string): Promise<void> => {
      const { captures } = await readInput(ranksReader, memorySource(Buffer.from(text), name));
      for (const capture of captures) if (capture.kind === 'ranks') listed.add(capture);
      listed.endInput();
    };
    const count = 100_000;
    await load(syntheticRanks(count), NAME);
    const pages = Number(db.prepare('pragma page_count').get()?.['page_count']) * Number(db.prepare('pragma page_size').get()?.['page_size']);
    assert.ok(pages / count < 30, `${pages / count} bytes a domain`);
    const statements = new Statements(db);
    assert.deepEqual(readRankList(statements), { release: 'cc-main-2026-mar-apr-may', population: 118_800_000, domains: count });

    await load([HEADER, ...FIRST].join('\n'), 'cc-main-2024-25-nov-dec-jan-domain-ranks.txt');
    assert.deepEqual(readRankList(statements), { release: 'cc-main-2024-25-nov-dec-jan', population: 100_765_998, domains: 6 });
    assert.equal(readRank(statements, 'example.co.uk')?.position, 4);
    assert.equal(readRank(statements, 'nobody.example'), null);
    assert.deepEqual(readRank(statements, 'google.com')?.strength, { basis: 'rank', value: 9.4, position: 3, population: 100_765_998 });

    await load('1\t1.0\t1\t1.0\tcom.a\n2\t1.0\t1\t1.0\tcom.b\n', 'mine.txt');
    assert.deepEqual(readRank(statements, 'b.com')?.strength, { basis: 'rank', value: 0, position: 2, population: 2 });
    db.close();
  });
});
