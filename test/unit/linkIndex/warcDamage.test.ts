/** Archives that are none, are cut short or corrupt: what came before is kept, and the reason is told. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileSource } from '../../../server/src/linkIndex/ingest/inputs/fileSource.ts';
import { readWarc } from '../../../server/src/linkIndex/ingest/warc/captures.ts';
import { readAll } from './readArchive.ts';
import { members, pageRecord } from './warcFixture.ts';

describe('WARC damage', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-warc-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;

  const read = async (bytes: Buffer): ReturnType<typeof readAll> => {
    const file = path.join(folder, `${files++}.warc`);
    writeFileSync(file, bytes);
    return await readAll(file);
  };

  const many = Array.from({ length: 40 }, (_, at) =>
    pageRecord(
      `https://b.org/${at}`,
      Array.from({ length: 50 }, (__, link) => `/${at}/${link * 7919}`),
    ),
  );
  const whole = members(many);

  it('says that a file is no archive', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<html>'),
      Buffer.from('\r\n\r\n'),
      gzipSync('hello'),
      Buffer.alloc(200_000, 'x'),
      Buffer.from([0x1f, 0x8b, 8, 0]),
    ]) {
      const { captures, problem } = await read(bytes);
      assert.deepEqual(captures, []);
      assert.ok(problem?.code === 'input.not-an-archive' || problem?.code === 'input.truncated', JSON.stringify(problem));
    }
    assert.equal((await read(Buffer.from('<html>'))).problem?.code, 'input.not-an-archive');
  });

  it('keeps what came before a truncation, wherever it is', async () => {
    let kept = 0;
    for (let cut = 50; cut < whole.length; cut += Math.floor(whole.length / 23)) {
      const { captures, problem } = await read(whole.subarray(0, cut));
      const complete = many.filter((_, at) => members(many.slice(0, at + 1)).length <= cut).length;
      assert.ok(captures.length >= complete && captures.length <= complete + 1, `${cut}: ${captures.length} of ${complete}`);
      if (captures.length < many.length && problem === null) assert.equal(members(many.slice(0, complete)).length, cut);
      if (problem !== null) assert.equal(problem.code, 'input.truncated');
      kept += captures.length;
    }
    assert.ok(kept > 200);
  });

  it('keeps what came before a cut at any byte, and tells of every cut inside a record', async () => {
    const records = [1, 2, 3].map((at) => pageRecord(`https://b.org/${at}`, [`/${at}`]));
    const ends = new Set(records.map((_, at) => members(records.slice(0, at + 1)).length));
    for (const [bytes, isWhole] of [
      [members(records), (cut: number) => ends.has(cut)],
      [gzipSync(Buffer.concat(records)), () => false],
    ] as const) {
      const all = (await read(bytes)).captures;
      assert.equal(all.length, 3);
      let before = 0;
      for (let cut = 20; cut < bytes.length; cut++) {
        const { captures, problem } = await read(bytes.subarray(0, cut));
        assert.deepEqual(captures, all.slice(0, captures.length), String(cut));
        assert.ok(captures.length >= before, String(cut));
        assert.equal(problem === null, isWhole(cut), `${cut}: ${problem?.message}`);
        before = captures.length;
      }
      assert.ok(before >= 2);
    }
  });

  it('keeps what came before a corrupt member, to the record, and nothing of it', async () => {
    const all = (await read(whole)).captures;
    const at = members(many.slice(0, 25)).length;
    const length = members(many.slice(25, 26)).length;
    // The header, the data, and the check sum alone.
    for (const from of [at, at + 30, at + Math.floor(length / 2), at + length - 8]) {
      const { captures, problem, bytes } = await read(Buffer.from(whole).fill(0xff, from, from + 6));
      assert.equal(problem?.code, 'input.truncated');
      assert.match(problem.message, /damaged .*\(25 captures\)/);
      assert.deepEqual(captures, all.slice(0, 25), String(from - at));
      assert.equal(bytes, whole.length);
    }
  });

  it('keeps what came before a corruption of one stream', async () => {
    const stream = gzipSync(Buffer.concat(Array.from({ length: 10 }, () => many).flat()));
    const from = Math.floor(stream.length / 2);
    const { captures: before } = await read(stream.subarray(0, from));
    const { captures, problem } = await read(Buffer.from(stream).fill(0xff, from, from + 40));
    assert.equal(problem?.code, 'input.truncated');
    // What inflates to nonsense before it is noticed may look like a record or two.
    assert.ok(captures.length >= before.length - 1 && captures.length <= before.length + 3, `${captures.length} of ${before.length}`);
    assert.deepEqual(captures.slice(0, before.length - 1), before.slice(0, -1));
  });

  it('says that a plain file ends inside a record', async () => {
    const plain = Buffer.concat(many);
    const { captures, problem } = await read(plain.subarray(0, plain.length - 300));
    assert.equal(captures.length, 39);
    assert.equal(problem?.code, 'input.truncated');
  });

  it('stops at an abort', async () => {
    const abort = new AbortController();
    const file = path.join(folder, 'abort.warc.gz');
    writeFileSync(file, whole);
    const reader = readWarc(fileSource(file), { signal: abort.signal, onBytes() {} });
    await reader.next();
    abort.abort();
    await assert.rejects(
      async () => {
        while (!(await reader.next()).done);
      },
      { name: 'AbortError' },
    );
  });
});
