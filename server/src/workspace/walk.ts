/**
 * Every file and folder below a folder that is not ignored: `.gitignore` files of every level, the editor's excludes, version control, packages,
 * build output.
 */
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { type Excluded, NOTHING_EXCLUDED } from './excludes.ts';

/** Folders that hold what others wrote or what a build made: their pages are not the author's. */
const SKIPPED = new Set(['node_modules', 'bower_components', '_site', '__pycache__', 'site-packages']);
/** What a build made, where it stands beside the project that it was made of; elsewhere people write about such things. */
const BUILT = new Set(['dist', 'out', 'build', 'target', 'coverage']);
const PROJECT =
  /^(?:package\.json|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|CMakeLists\.txt|Makefile|pyproject\.toml|setup\.py|go\.mod|composer\.json|Gemfile|mix\.exs|deno\.jsonc?|build\.sbt|.*\.(?:csproj|sln))$/;
/** Hidden folders that hold pages people write. */
const KEPT_HIDDEN = new Set(['.github', '.vitepress', '.vuepress', '.well-known']);

export interface WalkEntry {
  /** Path below the root with forward slashes; folders without a slash at the end. */
  readonly relative: string;
  /** `skipped`: an ignored file or folder, an unreadable folder, or a symbolic link: nothing in it is known. */
  readonly kind: 'file' | 'folder' | 'skipped';
}

interface Rules {
  /** Folder that holds the `.gitignore`, relative to the root, with a slash at its end or empty. */
  readonly base: string;
  readonly ignore: Ignore;
}

/**
 * Walks a folder in the order of names, a folder's entries after its own. Links are not followed; an unreadable root is empty.
 *
 * @param root native path
 * @param from where to begin, relative to the root; empty for the root itself
 * @param excluded what the editor hides
 */
export async function* walk(root: string, signal: AbortSignal, from = '', excluded: Excluded = NOTHING_EXCLUDED): AsyncGenerator<WalkEntry> {
  const above = await rulesAbove(root, from);
  yield* walkFolder({ root, signal, excluded }, from === '' ? '' : `${from}/`, (await list(path.join(root, from))) ?? [], above);
}

interface Walk {
  readonly root: string;
  readonly signal: AbortSignal;
  readonly excluded: Excluded;
}

async function* walkFolder(parts: Walk, folder: string, entries: readonly Dirent[], above: readonly Rules[]): AsyncGenerator<WalkEntry> {
  const { root, signal, excluded } = parts;
  signal.throwIfAborted();
  const isProject = entries.some((entry) => PROJECT.test(entry.name));
  const own = entries.some((entry) => entry.name === '.gitignore') ? await readRules(root, folder) : null;
  const rules = own === null ? above : [...above, own];
  for (const entry of entries) {
    const relative = folder + entry.name;
    if (entry.isDirectory()) {
      const skipped = skipsFolder(entry.name, isProject) || isIgnored(`${relative}/`, rules) || excluded(relative);
      const inside = skipped ? null : await list(path.join(root, relative));
      yield { relative, kind: inside === null ? 'skipped' : 'folder' };
      if (inside !== null) yield* walkFolder(parts, `${relative}/`, inside, rules);
    } else yield { relative, kind: entry.isFile() && !isIgnored(relative, rules) && !excluded(relative) ? 'file' : 'skipped' };
  }
}

/**
 * Whether a walk would pass a file or folder by: for files that appear later, one at a time.
 *
 * @param relative path below the root with forward slashes, with one at the end for a folder
 */
export async function isSkipped(root: string, relative: string, excluded: Excluded = NOTHING_EXCLUDED): Promise<boolean> {
  const parts = relative.split('/').filter((part) => part !== '');
  const folders = relative.endsWith('/') ? parts : parts.slice(0, -1);
  if (parts.some((_, index) => excluded(parts.slice(0, index + 1).join('/')))) return true;
  for (const [index, name] of folders.entries()) {
    if (skipsFolder(name)) return true;
    if (BUILT.has(name) && (await list(path.join(root, ...folders.slice(0, index))))?.some((entry) => PROJECT.test(entry.name)) === true) return true;
  }
  const rules = await rulesAbove(root, [...folders, 'file'].join('/'));
  return folders.some((_, index) => isIgnored(`${parts.slice(0, index + 1).join('/')}/`, rules)) || isIgnored(relative, rules);
}

/**
 * Folders whose pages are not the author's.
 *
 * @param inProject true where a project's own file stands beside it
 */
export function skipsFolder(name: string, inProject = false): boolean {
  return SKIPPED.has(name) || (inProject && BUILT.has(name)) || (name.startsWith('.') && !KEPT_HIDDEN.has(name));
}

/** The innermost file that has a word on a path decides (gitignore documentation, "pattern format"). */
function isIgnored(relative: string, rules: readonly Rules[]): boolean {
  let ignored = false;
  for (const { base, ignore: matcher } of rules) {
    if (!relative.startsWith(base) || relative === base) continue;
    const result = matcher.test(relative.slice(base.length));
    if (result.ignored) ignored = true;
    else if (result.unignored) ignored = false;
  }
  return ignored;
}

async function rulesAbove(root: string, from: string): Promise<Rules[]> {
  const parts = from.split('/').filter((part) => part !== '');
  const folders = parts.map((_, index) =>
    parts
      .slice(0, index)
      .map((part) => `${part}/`)
      .join(''),
  );
  return (await Promise.all(folders.map((folder) => readRules(root, folder)))).filter((rules) => rules !== null);
}

async function readRules(root: string, base: string): Promise<Rules | null> {
  try {
    return {
      base,
      ignore: ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' }).add(
        await readFile(path.join(root, base, '.gitignore'), 'utf8'),
      ),
    };
  } catch {
    return null;
  }
}

/** Null for a folder that cannot be read. */
async function list(folder: string): Promise<Dirent[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch {
    return null;
  }
}
