/** VS Code's server and VS Code's own dependencies, from one lock file, ready to start. */
import fs from 'node:fs';
import path from 'node:path';
import { installPinned } from '../../../scripts/lib/install.mjs';
import { StepError } from '../../../scripts/lib/say.mjs';

const VSCODE = 'node_modules/code-server/lib/vscode';

/**
 * Installs VS Code's server where it is not there yet (about 20 s).
 *
 * @returns its folder, the one with out/server-main.js
 */
export async function prepareVscode() {
  const folder = await installPinned(
    'vscode',
    path.join(import.meta.dirname, 'vscode'),
    "VS Code's server and workbench, about 110 MB to download",
    linkDependencies,
  );
  return path.join(folder, VSCODE);
}

/** VS Code looks for its dependencies, those of the browser's side too, in a node_modules of its own: that is our flat one. */
function linkDependencies(folder) {
  const link = path.join(folder, VSCODE, 'node_modules');
  if (!fs.existsSync(path.join(folder, VSCODE, 'out/server-main.js'))) {
    throw new StepError('installing VS Code', 'code-server came without lib/vscode', 'delete .cache and run the command again.');
  }
  fs.rmSync(link, { recursive: true, force: true });
  // A junction needs no right on Windows, but an absolute target; the folder is renamed once it is complete, so elsewhere it is relative.
  fs.symlinkSync(
    process.platform === 'win32' ? path.join(folder, 'node_modules') : '../../..',
    link,
    process.platform === 'win32' ? 'junction' : 'dir',
  );
}
