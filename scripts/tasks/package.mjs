/** `npm run package`: the VSIX, from minified bundles. One for every platform: nothing in it is native. */
import fs from 'node:fs';
import { inRoot } from '../lib/paths.mjs';
import { runChild } from '../lib/process.mjs';
import { StepError, say } from '../lib/say.mjs';
import { build } from './build.mjs';

const VSCE = inRoot('node_modules/@vscode/vsce/vsce');

export async function run() {
  await build({ minify: true });
  console.log(await packageExtension());
  return 0;
}

/** Where the VSIX of this version lies once it was packaged. */
export function packageFile() {
  const { version } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
  return inRoot(`backlink-lens-${version}.vsix`);
}

/**
 * Packages what dist holds.
 *
 * @returns the VSIX's path
 */
export async function packageExtension() {
  const file = packageFile();
  say('Packaging the extension …');
  const { code, output } = await runChild(process.execPath, [VSCE, 'package', '--no-dependencies', '--out', file], { cwd: inRoot(), quiet: true });
  if (code !== 0)
    throw new StepError('packaging the extension', output.trim().split('\n').slice(-8).join('\n    '), 'correct what vsce names above.');
  say(`Packaged ${Math.round(fs.statSync(file).size / 1000)} KB`);
  return file;
}
