/** Behind every npm script: sees to the runtime and the dependencies, then runs one task. `node scripts/run.mjs` lists the tasks. */
import { installDependencies } from './lib/install.mjs';
import { StepError } from './lib/say.mjs';
import { ensureRuntime, pinnedNode, suits } from './runtime.mjs';

/** Task name to module in ./tasks and what it is for. A module's `run(args, name)` returns the exit code. */
const TASKS = {
  start: ['start', 'the whole way: index, report, editor in the browser (--no-editor ends after the report, --port N)'],
  try: ['try', 'the editor alone, in the browser (--port N)'],
  build: ['build', 'bundles into dist/ (--minify)'],
  check: ['check', 'types, format, lint'],
  test: ['test', 'everything (--no-host leaves the editor tests out)'],
  'test:unit': ['suite', 'unit, architecture and fuzz tests'],
  'test:source': ['suite', 'the contract suite of every source'],
  'test:store': ['suite', 'the contract suite of every store'],
  'test:protocol': ['suite', 'the language server over its protocol'],
  'test:api': ['suite', 'the HTTP service'],
  'test:cli': ['suite', 'the command line'],
  'test:web': ['suite', 'the page of the HTTP service, in a browser'],
  'test:host': ['suite', 'the extension in a real VS Code, in a browser'],
  'test:desktop': ['desktop', 'the same suite in a desktop VS Code (VSCODE_EXECUTABLE, or downloaded)'],
  bench: ['bench', 'all benchmarks, or the ones named'],
  package: ['package', 'the VSIX'],
  screenshots: ['screenshots', 'pictures of hover, tree and report into media/screenshots'],
};

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  const task = TASKS[name];
  if (task === undefined) {
    const width = Math.max(...Object.keys(TASKS).map((key) => key.length));
    console.error(
      `Usage: node scripts/run.mjs <task>\n\n${Object.entries(TASKS)
        .map(([key, [, what]]) => `  ${key.padEnd(width)}  ${what}`)
        .join('\n')}`,
    );
    return 2;
  }
  // Side by side: both are mostly unpacking. When one fails the other is still waited for.
  const installs = await Promise.allSettled([installDependencies(), suits() ? null : pinnedNode('node24')]);
  for (const { reason } of installs) if (reason !== undefined) throw reason;
  await ensureRuntime();
  const { run } = await import(`./tasks/${task[0]}.mjs`);
  return run(args, name);
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof StepError ? `\n${error.message}` : error);
    process.exit(error instanceof StepError ? error.code : 1);
  },
);
