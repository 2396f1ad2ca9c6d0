/** What git says of pages that are gone: its output as a table, a real repository, and everything that may stand in the way. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readLog, removedFiles } from '../../../../server/src/service/lost/gitHistory.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const log = (...words: string[]) => Object.fromEntries(readLog(words.join('\0')));
const commit = (name: string, day = '2026-10-01') => `\u0001${name} ${day}`;

describe('the log of git', () => {
  const CASES: readonly [name: string, words: string[], expected: Record<string, unknown>][] = [
    ['a deleted page', [commit('a1'), '\nD', 'x.md'], { 'x.md': { commit: 'a1', day: '2026-10-01', to: null } }],
    ['a renamed one', [commit('a1'), '\nR095', 'x.md', 'y/z.md'], { 'x.md': { commit: 'a1', day: '2026-10-01', to: 'y/z.md' } }],
    [
      'renamed again later',
      [commit('b2'), '\nR100', 'y.md', 'z.md', commit('a1'), '\nR100', 'x.md', 'y.md'],
      { 'y.md': { commit: 'b2', day: '2026-10-01', to: 'z.md' }, 'x.md': { commit: 'a1', day: '2026-10-01', to: 'z.md' } },
    ],
    [
      'renamed, then deleted',
      [commit('b2'), '\nD', 'y.md', commit('a1'), '\nR100', 'x.md', 'y.md'],
      { 'y.md': { commit: 'b2', day: '2026-10-01', to: null }, 'x.md': { commit: 'a1', day: '2026-10-01', to: null } },
    ],
    [
      'in a circle',
      [commit('b2'), '\nR100', 'y.md', 'x.md', commit('a1'), '\nR100', 'x.md', 'y.md'],
      { 'y.md': { commit: 'b2', day: '2026-10-01', to: 'x.md' }, 'x.md': { commit: 'a1', day: '2026-10-01', to: 'x.md' } },
    ],
    ['no pages', [commit('a1'), '\nD', 'x.png', 'D', 'y.ts'], {}],
    [
      'blanks, quotes and line breaks in names',
      [commit('a1'), '\nD', 'a "b"\nc.md'],
      { 'a "b"\nc.md': { commit: 'a1', day: '2026-10-01', to: null } },
    ],
    ['cut off', [commit('a1'), '\nR100', 'x.md'], { 'x.md': { commit: 'a1', day: '2026-10-01', to: null } }],
    ['junk', ['fatal: no', 'D', 'x.md'], {}],
    ['nothing', [''], {}],
  ];
  for (const [name, words, expected] of CASES) it(name, () => assert.deepEqual(log(...words), expected));
});

describe('a repository', () => {
  const { folder, remove } = temporaryFolder('git');
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgSign=false', ...words], { stdio: 'pipe' });

  before(() => {
    git('init', '-q');
    mkdirSync(path.join(folder, 'docs'));
    for (const name of ['a', 'b']) writeFileSync(path.join(folder, `docs/${name}.md`), `# ${name}\n${`${name} line\n`.repeat(20)}`);
    writeFileSync(path.join(folder, 'top.md'), '# top\n');
    git('add', '.');
    git('commit', '-qm', 'one');
    renameSync(path.join(folder, 'docs/a.md'), path.join(folder, 'docs/ü ö.md'));
    rmSync(path.join(folder, 'docs/b.md'));
    git('add', '-A');
    git('commit', '-qm', 'two');
  });
  after(remove);

  it('tells of the folder that is open, by paths below it', async () => {
    const found = await removedFiles(path.join(folder, 'docs'), AbortSignal.timeout(10_000));
    assert.deepEqual([...found.keys()].sort(), ['a.md', 'b.md']);
    assert.deepEqual([found.get('a.md')?.to, found.get('b.md')?.to], ['ü ö.md', null]);
    assert.match(found.get('b.md')?.commit ?? '', /^[0-9a-f]{7,}$/);
    assert.match(found.get('b.md')?.day ?? '', /^\d{4}-\d\d-\d\d$/);
  });

  it('runs nothing that the repository names', async function () {
    if (process.platform === 'win32') this.skip();
    const trap = path.join(folder, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch "${path.join(folder, 'sprung')}"\n`);
    chmodSync(trap, 0o755);
    for (const [key, value] of [
      ['core.pager', trap],
      ['log.showSignature', 'true'],
      ['gpg.program', trap],
      ['diff.external', trap],
      ['core.fsmonitor', trap],
      ['alias.log', `!${trap}`],
    ] as const) {
      git('config', key, value);
    }
    assert.equal((await removedFiles(folder, AbortSignal.timeout(10_000))).size, 2);
    assert.throws(() => execFileSync('ls', [path.join(folder, 'sprung')], { stdio: 'pipe' }), 'nothing was run');
  });

  it('is silent where there is none, and stops when told', async () => {
    const empty = temporaryFolder('no-git');
    try {
      assert.equal((await removedFiles(empty.folder, AbortSignal.timeout(10_000))).size, 0);
      assert.equal((await removedFiles(path.join(empty.folder, 'not-there'), AbortSignal.timeout(10_000))).size, 0);
      await assert.rejects(removedFiles(folder, AbortSignal.abort()), { name: 'AbortError' });
    } finally {
      empty.remove();
    }
  });
});
