/**
 * Readers of lists never throw: on random bytes, on mutated exports, ranks and graphs each gives captures it may give, and a problem with one
 * of our codes. FUZZ_RUNS sets the number of inputs (1,500 unless told otherwise).
 */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { csvReader } from '../../server/src/linkIndex/ingest/csv/reader.ts';
import type { InputReader, InputSource } from '../../server/src/linkIndex/ingest/inputs/inputReader.ts';
import { recognise } from '../../server/src/linkIndex/ingest/inputs/recognise.ts';
import { ranksReader } from '../../server/src/linkIndex/ingest/ranks/reader.ts';
import { edgesReader } from '../../server/src/linkIndex/ingest/webgraph/reader.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import { ListedTables } from '../../server/src/linkIndex/sqlite/listed/listedTables.ts';
import type { Capture } from '../../server/src/linkIndex/store.ts';
import { isWebUrl } from '../../server/src/urls/resolve.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1_500);
const CODES = new Set(['usage.invalid', 'input.unknown-table', 'input.truncated', 'input.unreadable']);

const AHREFS = 'Referring page URL\tReferring page title\tTarget URL\tAnchor\tType\tNofollow\tUR\tLost status\tFirst seen\r\n';
const SEEDS: readonly string[] = [
  `${AHREFS}${'"https://a.org/1"\t"A ""title"""\thttps://b.org/\t"two\nlines"\tText\tTRUE\t31\t\t2024-05-03 07:12:00\r\n'.repeat(3)}`,
  'Site,Linking pages,Target pages\na.org,"1,240",12\nmañana.com,87,5\n',
  'Zielseite;Eingehende Links;Verweisende Websites\nhttps://example.com/;447.667;6.866\n',
  'Linking page,Last crawled\nhttps://a.org/1,28.09.2026\n',
  'דף יעד,קישורים נכנסים,אתרים מקשרים\nhttps://example.com/,"2,100",80\n',
  '#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts\n1\t3.4E7\t3\t0.005\tcom.facebook\t3668\n2\t3.4E7\t2\t0.007\tcom.a\t1\n',
  '0\t1\n0\t3\n1\t3\n2\t3\n',
  '0\torg.a\t1\n1\torg.b\t1\n2\tcom.example\t2\n3\tcom.target\t9\n',
];
const PIECES = [
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  ',',
  ';',
  '\t',
  '|',
  '\0',
  '\ufeff',
  "'=",
  'https://',
  'http://[',
  '%',
  '1e999',
  '-',
  '9'.repeat(30),
  '31.12.2099',
  'é',
];

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutated(below: (most: number) => number): Buffer {
  if (below(8) === 0) return Buffer.from(Array.from({ length: below(400) }, () => below(256)));
  let text = SEEDS[below(SEEDS.length)] ?? '';
  for (let cut = below(8); cut > 0; cut--) {
    const at = below(text.length + 1);
    text = text.slice(0, at) + (below(3) === 0 ? '' : (PIECES[below(PIECES.length)] ?? '')) + text.slice(at + below(6));
  }
  const bytes = below(4) === 0 ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text, below(5) === 0 ? 'latin1' : 'utf8');
  if (below(6) > 0) return below(6) === 0 ? bytes.subarray(0, below(bytes.length + 1)) : bytes;
  const packed = gzipSync(bytes);
  return below(2) === 0 ? packed : packed.subarray(0, below(packed.length + 1));
}

function sourceOf(bytes: Buffer, step: number): InputSource {
  return {
    name: 'cc-main-2026-mar-apr-may-domain-edges.txt.gz',
    size: bytes.length,
    async *bytes() {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    },
  };
}

function check(capture: Capture): void {
  switch (capture.kind) {
    case 'listed': {
      const { sourceUrl, link, score, lost, firstSeen, lastSeen, externalLinks } = capture.listed;
      assert.ok(isWebUrl(sourceUrl) && isWebUrl(link.url));
      for (const value of [score?.value, lost?.at, firstSeen, lastSeen, externalLinks]) assert.ok(value == null || Number.isFinite(value));
      break;
    }
    case 'statedTotal':
      assert.ok(capture.stated.links === null || Number.isSafeInteger(capture.stated.links));
      break;
    case 'statedDomains':
      for (const { name, pages } of capture.stated.domains)
        assert.ok(/^[\x21-\x7e]+$/.test(name) && (pages === null || Number.isSafeInteger(pages)), name);
      break;
    case 'ranks':
      for (const [name, position] of capture.ranks.domains) assert.ok(/^[\w.-]+$/.test(name) && Number.isSafeInteger(position) && position > 0);
      break;
    case 'places':
      break;
    case 'page':
    case 'redirect':
    case 'gone':
    case 'unchanged':
      assert.fail(capture.kind);
  }
}

describe('fuzzed lists', () => {
  const readers: readonly InputReader[] = [csvReader, ranksReader, edgesReader];
  const signal = new AbortController().signal;

  it(`give captures or one of our codes on ${RUNS.toLocaleString('en')} inputs, and their statements load`, async function () {
    this.timeout(20_000 + RUNS * 20);
    const below = generator(20_261_123);
    const db = openDatabase(':memory:');
    const listed = new ListedTables(db);
    const seen = { captures: 0, problems: 0, recognised: 0 };
    for (let run = 0; run < RUNS; run++) {
      const bytes = mutated(below);
      const vertices = mutated(below);
      if (recognise(bytes, 'x') !== null) seen.recognised++;
      for (const reader of readers) {
        const reading = reader.read(sourceOf(bytes, 1 + below(300)), {
          now: 0,
          signal,
          onBytes() {},
          site: below(2) === 0 ? 'example.com' : undefined,
          targets: ['target.com', 'example.com'],
          ranks: below(2) === 0 ? 'ranks' : undefined,
          open: async () => sourceOf(vertices, 100),
        });
        for (;;) {
          const next = await reading.next();
          if (next.done) {
            const { problem } = next.value;
            if (problem !== null) {
              seen.problems++;
              assert.ok(CODES.has(problem.code), `${problem.code}: ${problem.message}`);
              assert.ok(problem.message.length < 5000);
            }
            break;
          }
          seen.captures++;
          check(next.value);
          if (
            next.value.kind === 'statedTotal' ||
            next.value.kind === 'statedDomains' ||
            next.value.kind === 'places' ||
            next.value.kind === 'ranks'
          ) {
            listed.add(next.value, run);
          }
        }
      }
      listed.endInput(run);
    }
    db.close();
    console.log(`      ${RUNS} inputs, ${seen.recognised} recognised, ${seen.captures} captures, ${seen.problems} problems`);
    assert.ok(seen.captures > RUNS / 10 && seen.problems > RUNS / 10 && seen.recognised > RUNS / 10);
  });
});
