/** `npm run test:desktop`: the host suite in a desktop VS Code, downloaded by @vscode/test-electron or named by VSCODE_EXECUTABLE. */
import fs from 'node:fs';
import { buildHostSuites } from '../../esbuild.mjs';
import { buildExampleIndex } from '../lib/example.mjs';
import { copyWorkspace, hostEnvironment } from '../lib/hostSuite.mjs';
import { readOutcome, resultFile } from '../lib/mocha.mjs';
import { inRoot } from '../lib/paths.mjs';
import { StepError, say } from '../lib/say.mjs';
import { printTally } from '../lib/tally.mjs';
import { build } from './build.mjs';

export async function run(args) {
  await build({ minify: true });
  await buildHostSuites();
  await buildExampleIndex();
  const workspace = copyWorkspace();
  const result = resultFile('desktop');
  const log = result.replace(/json$/, 'log');
  fs.rmSync(log, { force: true });
  try {
    const code = await runInDesktop(workspace.folder, hostEnvironment(result, log, args));
    if (fs.existsSync(log)) process.stdout.write(fs.readFileSync(log, 'utf8'));
    return printTally(readOutcome('desktop', result, code));
  } finally {
    workspace.remove();
  }
}

async function runInDesktop(folder, environment) {
  const { runTests } = await import('@vscode/test-electron');
  const executable = process.env.VSCODE_EXECUTABLE;
  say(`Testing in ${executable ?? 'a desktop VS Code, downloaded once into .vscode-test/'} …`);
  try {
    return await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : { version: process.env.VSCODE_VERSION ?? 'stable' }),
      extensionDevelopmentPath: inRoot(),
      extensionTestsPath: inRoot('out/host/index.cjs'),
      extensionTestsEnv: environment,
      launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust'],
    });
  } catch (error) {
    if (typeof error.code === 'number') return error.code;
    throw new StepError(
      'starting a desktop VS Code',
      error.message,
      'name an installed one with VSCODE_EXECUTABLE=/path/to/code, or run where update.code.visualstudio.com can be reached.',
    );
  }
}
