/** Common Crawl's web graph: for some targets every referring domain, found in one pass over the edges. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { InputSource } from '../../../server/src/linkIndex/ingest/inputs/inputReader.ts';
import { recognise } from '../../../server/src/linkIndex/ingest/inputs/recognise.ts';
import { EdgeScanner } from '../../../server/src/linkIndex/ingest/webgraph/edges.ts';
import { edgesReader } from '../../../server/src/linkIndex/ingest/webgraph/reader.ts';
import { releaseDay } from '../../../server/src/linkIndex/releaseDay.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { ListedTables } from '../../../server/src/linkIndex/sqlite/listed/listedTables.ts';
import { readStatedDomains, readStatements } from '../../../server/src/linkIndex/sqlite/listed/readStated.ts';
import { Statements } from '../../../server/src/linkIndex/sqlite/statements.ts';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import type { StatedReferrer } from '../../../shared/queries.ts';
import { day, madeSource, memorySource, type Read, readInput, readThrough } from './listReading.ts';

const PREFIX = '/graphs/cc-main-2026-mar-apr-may-domain';
const LIST = 'Common Crawl cc-main-2026-mar-apr-may';

/** A web of domains: names by id, edges by their source, ranks in some order. */
interface Web {
  readonly names: readonly string[];
  readonly edges: readonly (readonly [number, number])[];
}

const SMALL: Web = {
  names: ['org.a', 'org.b', 'com.example', 'com.target', 'net.b?d', 'uk.co.other'],
  edges: [
    [0, 2],
    [0, 3],
    [1, 3],
    [2, 3],
    [3, 3],
    [3, 0],
    [4, 3],
    [5, 2],
  ],
};

/** A seeded power-law web, with names in the order Common Crawl sorts them. */
function syntheticWeb(domains: number, edges: number): Web {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const names = Array.from({ length: domains }, (_, at) => `com.d${at.toString(36).padStart(5, '0')}`);
  const pairs = new Set<number>();
  while (pairs.size < edges) pairs.add(Math.floor(random() * domains) * domains + Math.floor(random() ** 3 * domains));
  const sorted = [...pairs].sort((a, b) => a - b);
  return { names, edges: sorted.map((pair) => [Math.floor(pair / domains), pair % domains] as const) };
}

function files({ names, edges }: Web, packed = true): Map<string, Buffer> {
  const pack = (text: string): Buffer => (packed ? gzipSync(text) : Buffer.from(text));
  const ranks = names.map((name, at) => `${at + 1}\t1.0E7\t${names.length - at}\t1.0E-4\t${name}\t1`);
  return new Map([
    [`${PREFIX}-vertices.txt.gz`, pack(names.map((name, id) => `${id}\t${name}\t${(id % 5) + 1}\n`).join(''))],
    [`${PREFIX}-edges.txt.gz`, pack(edges.map(([from, to]) => `${from}\t${to}\n`).join(''))],
    [`${PREFIX}-ranks.txt.gz`, pack(`#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts\n${ranks.join('\n')}\n`)],
  ]);
}

interface Asked {
  readonly targets?: readonly string[];
  readonly ranks?: boolean;
  readonly vertices?: string;
  readonly step?: number;
  readonly name?: string;
}

async function readWeb(
  all: ReadonlyMap<string, Buffer>,
  { targets, ranks = false, vertices, step = 4096, name = `${PREFIX}-edges.txt.gz` }: Asked,
): Promise<Read> {
  const open = async (at: string): Promise<InputSource> => memorySource(all.get(at) ?? Buffer.alloc(0), at, step);
  const edges = memorySource(all.get(`${PREFIX}-edges.txt.gz`) ?? Buffer.alloc(0), name, step);
  return await readInput(edgesReader, edges, { targets, vertices, open, ...(ranks ? { ranks: `${PREFIX}-ranks.txt.gz` } : {}) });
}

/** What an index says of the targets after the graph was read into it. */
function stored({ captures }: Read, targets: readonly string[]): Map<string, StatedReferrer[]> {
  const db = openDatabase(':memory:');
  const listed = new ListedTables(db);
  for (const capture of captures) {
    if (capture.kind === 'statedDomains' || capture.kind === 'statedTotal' || capture.kind === 'places') listed.add(capture);
  }
  listed.endInput();
  const statements = new Statements(db);
  const found = new Map<string, StatedReferrer[]>();
  for (const name of targets) {
    const target = parseTarget(name);
    assert.ok(target);
    const [statement] = readStatements(statements, target);
    const domains = readStatedDomains(statements, target, { list: LIST, limit: 1e6, offset: 0 });
    assert.equal(statement?.referringDomains ?? 0, domains.length, name);
    assert.equal(statement?.named ?? 0, domains.length, name);
    if (statement !== undefined) assert.deepEqual([statement.list, statement.asOf, statement.backlinks], [LIST, '2026-05-31', null]);
    found.set(name, domains);
  }
  db.close();
  return found;
}

const namesOf = (domains: readonly StatedReferrer[] | undefined): string[] => (domains ?? []).map(({ domain }) => domain).toSorted();

describe('web graph', () => {
  it('gives each target its referring domains, without itself', async () => {
    const read = await readWeb(files(SMALL), { targets: ['https://www.target.com/a', 'example.com', 'example.com', 'nowhere.org'] });
    assert.equal(read.problem, null);
    assert.equal(read.note, '5 referring domains of 2 targets; not in this graph: nowhere.org; 1 sources have no name');
    const found = stored(read, ['target.com', 'example.com', 'nowhere.org']);
    assert.deepEqual(namesOf(found.get('target.com')), ['a.org', 'b.org', 'example.com']);
    assert.deepEqual(namesOf(found.get('example.com')), ['a.org', 'other.co.uk']);
    assert.deepEqual(found.get('nowhere.org'), []);
  });

  it('joins places in the ranks, and orders by them', async () => {
    const read = await readWeb(files(SMALL), { targets: ['target.com'], ranks: true });
    assert.deepEqual(stored(read, ['target.com']).get('target.com'), [
      { domain: 'a.org', pages: null, targetPages: null, harmonic: 1, pageRank: 6 },
      { domain: 'b.org', pages: null, targetPages: null, harmonic: 2, pageRank: 5 },
      { domain: 'example.com', pages: null, targetPages: null, harmonic: 3, pageRank: 4 },
    ]);
  });

  it('agrees with a naive join on a larger web, however the bytes are cut', async () => {
    const web = syntheticWeb(3000, 40_000);
    const targets = [0, 1, 2, 17, 400, 1500, 2999].map((id) => (web.names[id] ?? '').split('.').reverse().join('.'));
    const turned = (id: number): string => (web.names[id] ?? '').split('.').reverse().join('.');
    for (const [packed, step] of [
      [true, 1 << 16],
      [true, 997],
      [false, 61],
    ] as const) {
      const read = await readWeb(files(web, packed), { targets, ranks: true, step });
      const found = stored(read, targets);
      for (const target of targets) {
        const expected = web.edges.filter(([from, to]) => turned(to) === target && turned(from) !== target).map(([from]) => turned(from));
        assert.deepEqual(namesOf(found.get(target)), expected.toSorted(), target);
        for (const { domain, harmonic, pageRank } of found.get(target) ?? []) {
          assert.deepEqual([harmonic, pageRank], [web.names.indexOf(`com.${domain.split('.')[0]}`) + 1, web.names.length - (harmonic ?? 0) + 1]);
        }
      }
      assert.ok((found.get(targets[0] ?? '')?.length ?? 0) > 200, 'a heavy target');
    }
  });

  it('says what is missing or wrong', async () => {
    const all = files(SMALL);
    const cases: readonly (readonly [string, Map<string, Buffer>, Asked, string, RegExp])[] = [
      ['no targets', all, {}, 'usage.invalid', /--targets/],
      ['targets that are none', all, { targets: ['', '???'] }, 'usage.invalid', /--targets/],
      ['a graph of hosts', all, { targets: ['a.org'], name: 'cc-main-2026-mar-apr-may-host-edges.txt.gz' }, 'usage.invalid', /hosts/],
      ['no name of the vertices', all, { targets: ['a.org'], name: 'graph.gz' }, 'usage.invalid', /--vertices/],
      [
        'edges in disorder',
        files({ ...SMALL, edges: SMALL.edges.toReversed() }),
        { targets: ['target.com', 'example.com'] },
        'input.unknown-table',
        /not sorted/,
      ],
      ['vertices that are none', new Map([...all, [`${PREFIX}-vertices.txt.gz`, Buffer.from('a b\nc d\n')]]), { targets: ['a.org'] }, '', /^$/],
    ];
    for (const [what, web, asked, code, message] of cases) {
      const { problem } = await readWeb(web, asked);
      assert.equal(problem?.code ?? '', code, what);
      assert.match(problem?.message ?? '', message, what);
    }
    const edges = all.get(`${PREFIX}-edges.txt.gz`) ?? Buffer.alloc(0);
    const cut = await readWeb(new Map([...all, [`${PREFIX}-edges.txt.gz`, edges.subarray(0, edges.length - 6)]]), { targets: ['target.com'] });
    assert.equal(cut.problem?.code, 'input.truncated');
  });

  it('takes vertices by another name', async () => {
    const all = files(SMALL);
    const renamed = new Map([...all, ['/names.gz', all.get(`${PREFIX}-vertices.txt.gz`) ?? Buffer.alloc(0)]]);
    const { captures } = await readWeb(renamed, { targets: ['target.com'], vertices: '/names.gz', name: 'graph.gz' });
    assert.ok(captures.length > 0);
  });

  it('streams in memory that does not grow with the graph nor with what it finds', async () => {
    const domains = 300_000;
    function* edges(): Generator<string, void, void> {
      for (let from = 0; from < domains; from += 1000) {
        const line = (at: number): string => `${at}\t0\n${at}\t${at % 977}\n${at}\t${domains - 1 - (at % 331)}\n`;
        yield Array.from({ length: 1000 }, (_, at) => line(from + at)).join('');
      }
    }
    function* vertices(): Generator<string, void, void> {
      for (let id = 0; id < domains; id += 1000) yield Array.from({ length: 1000 }, (_, at) => `${id + at}\tcom.d${id + at}\t1\n`).join('');
    }
    const count = (capture: Capture): number => (capture.kind === 'statedDomains' ? capture.stated.domains.length : 0);
    const { problem, counted, grown } = await readThrough(
      edgesReader,
      madeSource(edges(), `${PREFIX}-edges.txt.gz`),
      { targets: ['d0.com', 'd5.com'], open: async (at) => madeSource(vertices(), at) },
      count,
    );
    assert.equal(problem, null);
    assert.equal(counted, domains - 1 + Array.from({ length: domains }, (_, at) => at).filter((at) => at % 977 === 5 && at !== 5).length);
    assert.ok(grown < 250 << 20, `grew by ${grown >> 20} MB`);
  });

  it('is recognised by its content', () => {
    const kinds: readonly (readonly [string, string | null])[] = [
      ['0\t1\n0\t2\n', 'webgraph'],
      ['0\tcom.example\t3\n1\torg.a\t1\n', 'webgraph-vertices'],
      ['0\tcom.example\n1\torg.a\n', 'webgraph-vertices'],
      ['1\t3.4E7\t3\t0.005\tcom.facebook\t3668\n', 'ranks'],
      ['0\t1', null],
      ['0 1\n', null],
    ];
    for (const [text, kind] of kinds) {
      for (const bytes of [Buffer.from(text), gzipSync(text)]) assert.equal(recognise(bytes, 'x')?.kind ?? null, kind, text);
    }
  });

  it('counts lines that are no edges', () => {
    const scanner = new EdgeScanner([2, 70_000_000]);
    const found: (readonly [number, number])[] = [];
    const text = '0\t2\r\n1\t3\nx\t2\n4\n\n5\t2\t2\n6 70000000\n119722884\t2';
    scanner.scan(Buffer.from(text), (from, to) => found.push([from, to]));
    scanner.end((from, to) => found.push([from, to]));
    assert.deepEqual(found, [
      [0, 2],
      [6, 70_000_000],
      [119_722_884, 2],
    ]);
    assert.deepEqual([scanner.edges, scanner.malformed], [4, 3]);
  });

  it('stops when it is told to', async () => {
    const all = files(syntheticWeb(2000, 20_000), false);
    const abort = new AbortController();
    const open = async (at: string): Promise<InputSource> => memorySource(all.get(at) ?? Buffer.alloc(0), at, 500);
    const source = memorySource(all.get(`${PREFIX}-edges.txt.gz`) ?? Buffer.alloc(0), `${PREFIX}-edges.txt.gz`, 500);
    const onBytes = (): void => abort.abort();
    await assert.rejects(readInput(edgesReader, source, { targets: ['d00000.com'], open, signal: abort.signal, onBytes }), /abort/i);
  });

  it('dates a release by its last month', () => {
    assert.equal(day(releaseDay('cc-main-2026-mar-apr-may')), '2026-05-31');
    assert.equal(day(releaseDay('cc-main-2025-26-dec-jan-feb')), '2026-02-28');
    assert.equal(day(releaseDay('cc-main-2018-jan')), '2018-01-31');
    assert.equal(releaseDay('mine'), null);
  });
});
