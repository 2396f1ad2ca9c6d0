/** The host suite in a real VS Code: builds it, copies a workspace for it, runs it in the extension host, counts it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildHostSuites } from '../../esbuild.mjs';
import { findBrowser } from '../../test/host/harness/browser.mjs';
import { startWorkbench } from '../../test/host/harness/workbench.mjs';
import { buildExampleIndex, INDEX } from './example.mjs';
import { readOutcome, resultFile, runMocha } from './mocha.mjs';
import { inRoot } from './paths.mjs';
import { say } from './say.mjs';
import { newTally } from './tally.mjs';

const LIMIT_MS = Number(process.env.BACKLINK_LENS_HOST_LIMIT_MS ?? 480_000);
const TITLE = 'host';

/**
 * Runs the suite; without a browser it is skipped under a name that says what to do.
 *
 * @param grep words that a test's title must contain
 */
export async function runHostSuite({ grep = [] } = {}) {
  const browser = await findBrowser();
  if (browser.missing) return { ...newTally(), skipped: [`${TITLE}: the whole suite (${browser.missing})`] };
  const count = await buildHostSuites();
  await buildExampleIndex();
  const workspace = copyWorkspace();
  const result = resultFile(TITLE);
  const log = result.replace(/json$/, 'log');
  fs.rmSync(log, { force: true });
  say(`Testing ${TITLE}: ${count} files in a real VS Code …`);
  try {
    const code = await runInWorkbench(workspace.folder, hostEnvironment(result, log, grep));
    if (fs.existsSync(log)) process.stdout.write(fs.readFileSync(log, 'utf8'));
    return readOutcome(TITLE, result, code);
  } finally {
    workspace.remove();
  }
}

/**
 * The stories: the packaged extension, driven from outside as a newcomer uses it, with dialogs, toasts and input boxes to be seen. Their
 * pictures lie in out/stories afterwards.
 *
 * @param vsix the packaged extension
 * @param grep words that a story's title must contain
 */
export async function runStories({ vsix, grep = [] }) {
  const browser = await findBrowser();
  if (browser.missing) return { ...newTally(), skipped: [`stories: all of them (${browser.missing})`] };
  const words = grep.filter((word) => !word.startsWith('--')).join(' ');
  return runMocha('stories', ['test/host/stories/*.story.mjs'], {
    args: ['--timeout', '120000', '--exit', ...(words === '' ? [] : ['--grep', words])],
    env: { BACKLINK_LENS_VSIX: vsix, BACKLINK_LENS_EXAMPLE_INDEX: INDEX },
  });
}

/**
 * The page of the HTTP service in a real browser. Its pictures lie in out/web afterwards.
 *
 * @param args for mocha
 */
export async function runWeb({ args = [] } = {}) {
  const browser = await findBrowser();
  if (browser.missing) return { ...newTally(), skipped: [`web: the whole suite (${browser.missing})`] };
  return runMocha('web', ['test/web/*.web.mjs'], { args: ['--exit', ...args] });
}

/** What the suites find in their environment, in the browser and on the desktop alike. */
export function hostEnvironment(result, log, grep) {
  return {
    BACKLINK_LENS_RESULT: result,
    BACKLINK_LENS_LOG: log,
    BACKLINK_LENS_REPORTER: inRoot('scripts/lib/reporter.cjs'),
    BACKLINK_LENS_ROOT: inRoot(),
    BACKLINK_LENS_EXAMPLE_INDEX: INDEX,
    ...(grep.length > 0 ? { BACKLINK_LENS_GREP: grep.filter((word) => !word.startsWith('--')).join(' ') } : {}),
  };
}

/** A copy of examples/site that the suites may change. */
export function copyWorkspace() {
  const parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-host-')));
  const folder = path.join(parent, 'site');
  fs.cpSync(inRoot('examples/site'), folder, { recursive: true });
  return { folder, remove: () => fs.rmSync(parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/** @returns the code the extension host ended with; 124 when the limit was reached */
async function runInWorkbench(folder, environment) {
  const { promise, resolve } = Promise.withResolvers();
  const errors = [];
  const workbench = await startWorkbench({
    folder,
    developmentPath: inRoot(),
    tests: inRoot('out/host/index.cjs'),
    environment,
    onExit: resolve,
    onLog: (level, args) => level === 'error' && errors.push(args.join(' ')),
  });
  // Counted from here: what came before may have been an installation.
  const timer = setTimeout(() => resolve(124), LIMIT_MS);
  try {
    const code = await promise;
    if (code === 124) console.error(`The host suite was not over after ${LIMIT_MS / 1000} s (BACKLINK_LENS_HOST_LIMIT_MS).`);
    if (code !== 0)
      console.error([...errors.slice(-10), ...workbench.log().trim().split('\n').slice(-10)].map((line) => `    ${line.slice(0, 300)}`).join('\n'));
    if (workbench.strangers.size > 0) console.error(`Asked for outside this machine: ${[...workbench.strangers].join(' ')}`);
    return code;
  } finally {
    clearTimeout(timer);
    await workbench.stop();
  }
}
