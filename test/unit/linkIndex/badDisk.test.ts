/** Disks that are full, and folders that may not be written: a clear error, and the index as it was. */
import assert from 'node:assert/strict';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BadDiskReport } from '../../fixtures/linkIndex/onBadDisk.ts';
import { canMount, onSmallDisk, withoutWriting, withSmallFiles } from '../../support/badDisk.ts';
import { emptyFolders } from './support.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/onBadDisk.ts');
const NODE = process.execPath;

function reports(printed: string): BadDiskReport[] {
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as BadDiskReport);
}

/** The first is of the index before, the others of what was tried on it. */
function assertUntouched([before, ...tried]: readonly BadDiskReport[]): void {
  assert.equal(before?.code, null, before?.message);
  assert.ok(tried.length > 0);
  for (const { code, message, content, integrity, files } of tried) {
    assert.equal(code, 'index.not-writable', message);
    assert.match(message, /web\.db cannot be written: .+ Check the folder's permissions and free space/);
    assert.equal(integrity, 'ok');
    assert.ok(content === before.content, 'the index has changed');
    assert.deepEqual(
      files.filter((name) => /building|scratch|lock|switching/.test(name)),
      [],
    );
  }
}

describe('a disk that does not take an index', function () {
  this.timeout(120_000);
  const nextFolder = emptyFolders('disk');
  /** Another user may look into it. */
  const folder = (): string => {
    const place = nextFolder();
    chmodSync(path.dirname(place), 0o755);
    return place;
  };

  for (const step of ['add', 'build'] as const) {
    it(`is full in the middle of ${step}: says so, and the index is what it was`, () => {
      const place = folder();
      const printed = canMount()
        ? onSmallDisk(place, '2m', '"$2" "$3" "$1" prepare; "$2" "$3" "$1" "$4"', [NODE, PROGRAM, step])
        : withSmallFiles(1500, NODE, [PROGRAM, place, 'prepare']) + withSmallFiles(1500, NODE, [PROGRAM, place, step]);
      assertUntouched(reports(printed));
    });

    it(`takes no larger file in the middle of ${step}: says so, and the index is what it was`, () => {
      const place = folder();
      const printed = withSmallFiles(1500, NODE, [PROGRAM, place, 'prepare']) + withSmallFiles(1500, NODE, [PROGRAM, place, step]);
      assertUntouched(reports(printed));
    });
  }

  it('may not be written: says so, and the index can be read', () => {
    const place = folder();
    const prepared = withSmallFiles(10_000, NODE, [PROGRAM, place, 'prepare']);
    assertUntouched(reports(prepared + withoutWriting(place, NODE, [PROGRAM, place, 'write'])));
  });

  for (const [what, keepsLog] of [
    ['with its log', true],
    ['as a copy without its log', false],
  ] as const) {
    it(`may not be written and holds an index in WAL mode, ${what}: says so, and the index can be read`, () => {
      const place = folder();
      const prepared = withSmallFiles(10_000, NODE, [PROGRAM, place, 'prepareWithLog']);
      const logs = readdirSync(place).filter((name) => /-(?:wal|shm)$/.test(name));
      assert.equal(logs.length, 2);
      if (!keepsLog) for (const name of logs) rmSync(path.join(place, name));
      assertUntouched(reports(prepared + withoutWriting(place, NODE, [PROGRAM, place, 'write'])));
    });
  }

  it('is mounted read-only: says so, and the index can be read', () => {
    const place = folder();
    const script = '"$2" "$3" "$1" prepare; mount -o remount,ro "$1"; "$2" "$3" "$1" write';
    const printed = canMount()
      ? onSmallDisk(place, '10m', script, [NODE, PROGRAM])
      : withSmallFiles(10_000, NODE, [PROGRAM, place, 'prepare']) + withoutWriting(place, NODE, [PROGRAM, place, 'write']);
    assertUntouched(reports(printed));
  });
});
