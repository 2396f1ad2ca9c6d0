/** Installs what a lock file names, once: into a folder of the cache named by the lock's hash, or into the project's own node_modules. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npmCi } from './npm.mjs';
import { cache, root } from './paths.mjs';
import { StepError, say } from './say.mjs';

/**
 * A folder with the packages of `source`'s lock file, installed if it is not there yet. The work happens beside it and is renamed into
 * place when complete, so that an interrupted install is never mistaken for a finished one.
 *
 * @param name of the folder, in the cache
 * @param source folder with package.json, package-lock.json and whatever they refer to
 * @param title what is installed and how large it is, for the person who waits
 * @param finish called with the folder before it counts as installed; throws when something is missing
 */
export async function installPinned(name, source, title, finish = () => undefined) {
  const target = path.join(cache, `${name}-${treeHash(source)}`);
  if (fs.existsSync(target)) return target;
  return withLock(name, async () => {
    if (fs.existsSync(target)) return target;
    removeOld(name);
    say(`Installing ${title} (once) …`);
    const draft = `${target}.draft-${process.pid}`;
    fs.cpSync(source, draft, { recursive: true });
    await install(draft, `installing ${title}`);
    finish(draft);
    fs.renameSync(draft, target);
    return target;
  });
}

/** The project's own dependencies: `npm ci`, unless node_modules already holds what the lock file says. */
export async function installDependencies() {
  if (dependenciesCurrent()) return;
  await withLock('dependencies', async () => {
    if (dependenciesCurrent()) return;
    say('Installing the dependencies (npm ci; again only when package-lock.json changes) …');
    await install(root, 'installing the dependencies');
  });
}

/** Every package of the lock that belongs on this machine stands in node_modules in that version, by npm's own record of what it installed. */
export function dependenciesCurrent(folder = root) {
  const record = path.join(folder, 'node_modules/.package-lock.json');
  if (!fs.existsSync(record)) return false;
  const wanted = readJson(path.join(folder, 'package-lock.json')).packages;
  const found = readJson(record).packages;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '' || entry.link) return true;
    const installed = found[place];
    return installed === undefined ? entry.optional === true : installed.version === entry.version;
  });
}

async function install(folder, step) {
  const { code, output } = await npmCi(folder).catch((error) => ({ code: 127, output: String(error) }));
  if (code === 0) return;
  const lines = excerpt(output);
  throw new StepError(
    step,
    `npm ci ended with code ${code}\n    ${lines}`,
    'look at the lines above; usually the package registry could not be reached (proxy, offline). Then run the same command again: nothing half-installed is kept.',
  );
}

/** npm says what is wrong first and what it tried last. */
function excerpt(output) {
  const lines = output.trim().split('\n');
  return (lines.length <= 14 ? lines : [...lines.slice(0, 10), '…', ...lines.slice(-3)]).join('\n    ');
}

/** Drafts and older versions of the same thing; a run that still uses an older version has its files open and goes on. */
function removeOld(name) {
  for (const entry of fs.readdirSync(cache)) {
    if (entry.startsWith(`${name}-`) && !entry.endsWith('.lock')) fs.rmSync(path.join(cache, entry), { recursive: true, force: true });
  }
}

function treeHash(folder) {
  const hash = createHash('sha256');
  for (const entry of fs.readdirSync(folder, { recursive: true }).map(String).sort()) {
    const file = path.join(folder, entry);
    if (fs.statSync(file).isFile()) hash.update(entry.replaceAll('\\', '/')).update(fs.readFileSync(file));
  }
  return `${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 12)}`;
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
