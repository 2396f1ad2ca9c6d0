/** The example that `npm start` shows: an index of examples/web, and the settings under which the editor finds it. */
import fs from 'node:fs';
import path from 'node:path';
import { cache, dist, inRoot } from './paths.mjs';
import { runChild } from './process.mjs';
import { StepError, say } from './say.mjs';

export const SITE = inRoot('examples/site');
export const INDEX = path.join(cache, 'example/web.db');

/** Builds the index anew with the command line, as a user would. */
export async function buildExampleIndex() {
  say('Indexing examples/web …');
  fs.mkdirSync(path.dirname(INDEX), { recursive: true });
  const { code } = await runChild(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    path.join(dist, 'cli.js'),
    'index',
    'build',
    INDEX,
    inRoot('examples/web'),
  ]);
  if (code !== 0)
    throw new StepError(
      'indexing examples/web',
      `the command line ended with code ${code}`,
      'see its lines above; `npm run build` makes dist/cli.js anew.',
      code,
    );
}

/** User settings that point the extension at that index. */
export function exampleSettings() {
  return { 'backlinkLens.source': 'index', 'backlinkLens.index.path': INDEX };
}

/** The settings that the example site brings along: its address and rules, as the editor reads them too. */
export function siteSettings() {
  return JSON.parse(fs.readFileSync(path.join(SITE, '.vscode/settings.json'), 'utf8'));
}
