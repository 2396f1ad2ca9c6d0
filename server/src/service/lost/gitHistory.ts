/**
 * Pages that earlier commits deleted or renamed, by `git log`. Run without a shell, in folders that the user trusts, with an end set to time and output; a folder
 * without git has no history. Nothing is fetched: a clone that lacks old contents tells what it has.
 */
import { execFile } from 'node:child_process';
import type { Removal } from '../../features/lostPages.ts';
import { pageKind } from '../../workspace/paths.ts';

/** Milliseconds, bytes, and commits that are looked at. */
const PATIENCE = 20_000;
const LARGEST = 32_000_000;
const MOST_COMMITS = 20_000;

const ARGUMENTS = [
  // What a repository's own settings could have started: pagers, signatures' programs, watchers of files.
  ...['--no-pager', '-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'],
  ...['log', `--max-count=${MOST_COMMITS}`, '--diff-filter=DR', '--find-renames', '--name-status', '-z', '--relative', '--no-color'],
  ...['--no-ext-diff', '--no-textconv', '--format=%x01%h %cs', '--', '.'],
];

/**
 * @param folder native path of an open folder
 * @returns by former path below the folder, forward slashes; empty without git, without a repository, and where it takes too long
 */
export async function removedFiles(folder: string, signal: AbortSignal): Promise<ReadonlyMap<string, Removal>> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['-C', folder, ...ARGUMENTS],
      { signal, timeout: PATIENCE, maxBuffer: LARGEST, windowsHide: true, encoding: 'utf8', env: environment() },
      (error, output) => {
        if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
        else resolve(error === null ? readLog(output) : new Map<string, Removal>());
      },
    );
  });
}

/** No prompt, no lock, no download, and no repository but the folder's own. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };
}

/**
 * Reads the output: a commit begins with U+0001, its entries are a status and one path or two, all parted by NUL. The latest commit comes first: what it says of a
 * path stands.
 */
export function readLog(output: string): ReadonlyMap<string, Removal> {
  const removals = new Map<string, Removal>();
  let commit: { readonly commit: string; readonly day: string } | null = null;
  const words = output.split('\0');
  for (let at = 0; at < words.length; ) {
    const word = (words[at++] ?? '').replace(/^\s+/, '');
    if (word.startsWith('\u0001')) {
      const [name = '', day = ''] = word.slice(1).trim().split(' ');
      commit = { commit: name, day };
      continue;
    }
    const status = /^([DR])\d*$/.exec(word)?.[1];
    if (status === undefined) continue;
    const [from, to] = [words[at++], status === 'R' ? words[at++] : undefined];
    if (commit === null || from === undefined || pageKind(from) === null || removals.has(from)) continue;
    removals.set(from, { ...commit, to: to === undefined ? null : lastName(to, removals) });
  }
  return removals;
}

/** A file that was renamed again is where its latest rename put it; one that was deleted afterwards is nowhere. */
function lastName(path: string, later: ReadonlyMap<string, Removal>): string | null {
  let name: string | null = path;
  for (let turns = 0; name !== null && turns < 100; turns++) {
    const next = later.get(name);
    if (next === undefined) return name;
    name = next.to;
  }
  return name;
}
