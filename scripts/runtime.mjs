/**
 * The Node this project runs on. Sources run directly (Node strips their types) and use node:sqlite, so an older Node is replaced by a
 * pinned one from the package registry: installed once, then the same command is run again with it. Uses nothing but Node itself.
 */

import fs from 'node:fs';
import path from 'node:path';
import { installPinned } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { runChild } from './lib/process.mjs';
import { clock, StepError } from './lib/say.mjs';

export const FLOOR = '22.19.0';
/** Guards against going round in circles. */
const MARK = 'BACKLINK_LENS_RUNTIME';

/** Whether a Node runs the sources: 22.19 and later, without the 23.x that cannot strip types unasked. */
export function suits(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 22) return minor >= 19;
  return major === 23 ? minor >= 6 : major > 23;
}

/**
 * Runs the present command again with the pinned Node when this one does not suit, and ends with its exit code.
 * Returns at once when this one suits.
 */
export async function ensureRuntime() {
  if (suits()) return;
  if (process.env[MARK])
    throw new StepError(
      'starting the pinned Node',
      `it reports version ${process.versions.node}`,
      `delete .cache and run the command again, or install Node ${FLOOR} or later.`,
    );
  const node = await pinnedNode('node24');
  const { code } = await runChild(node, process.argv.slice(1), { env: { ...environmentFor(node), ...clock }, stands: true });
  process.exit(code);
}

/**
 * The path of a pinned Node, installed if it is not there yet.
 *
 * @param which `node24`, what everything runs on, or `floor`, the oldest supported
 * @throws StepError when the registry has none for this platform
 */
export async function pinnedNode(which) {
  const source = inRoot('scripts/runtime', which);
  const versions = Object.entries(JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')).optionalDependencies);
  const name = packageName();
  const [, version] = versions.find(([wanted]) => wanted === name) ?? [];
  if (version === undefined) {
    throw new StepError(
      `looking for a pinned Node (${which})`,
      `the package registry has none for ${process.platform} ${process.arch}`,
      `install Node ${FLOOR} or later (https://nodejs.org) and run the command again.`,
    );
  }
  const folder = await installPinned(which, source, `Node ${version}, about 65 MB to download`, (draft) => checkBinary(draft, name));
  return binary(folder, name);
}

/** Whether the registry has that pinned Node for this platform. */
export function hasPinnedNode(which) {
  const manifest = JSON.parse(fs.readFileSync(inRoot('scripts/runtime', which, 'package.json'), 'utf8'));
  return packageName() in manifest.optionalDependencies;
}

/** The environment in which `node` means that Node. */
export function environmentFor(node, environment = process.env) {
  const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...environment, [pathName]: `${path.dirname(node)}${path.delimiter}${environment[pathName] ?? ''}`, [MARK]: node };
}

function packageName() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${system}-${process.arch}`;
}

function binary(folder, name) {
  return path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** An optional package that could not be downloaded is no error to npm; to us it is. The headers, a third of the package, are not needed. */
function checkBinary(folder, name) {
  const file = binary(folder, name);
  if (!fs.existsSync(file))
    throw new StepError(
      'installing the pinned Node',
      `${name} is not there after npm ci`,
      'check the connection to the package registry and run the command again.',
    );
  fs.rmSync(path.join(folder, 'node_modules', name, 'include'), { recursive: true, force: true });
}
