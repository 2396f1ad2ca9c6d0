/** Starts VS Code's server on 127.0.0.1 and ends it again. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endChild, runChild } from '../../../scripts/lib/process.mjs';
import { StepError } from '../../../scripts/lib/say.mjs';
import { hasPinnedNode, pinnedNode } from '../../../scripts/runtime.mjs';
import { prepareVscode } from './prepare.mjs';

/** What a newcomer would otherwise be met by: a welcome page, a chat panel, questions about trust, updates and telemetry. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
};

const READY = /Extension host agent listening on (\d+)/;
const START_LIMIT_MS = 60_000;

/**
 * Starts the server.
 *
 * @param options.settings user settings, on top of the quiet ones
 * @param options.vsix a packaged extension to install first
 * @param options.token connection token; absent: none, for a browser that this process drives itself
 * @param options.automation accept an extension under development and tests from the address (hides toasts and dialogs)
 * @param options.port 0: any free one
 * @param options.dataDir where the editor keeps its things; by default a temporary folder, deleted at the end
 * @param options.environment added to what the extension host sees
 */
export async function startServer({ settings = {}, vsix, token, automation = false, port = 0, dataDir, environment = {} } = {}) {
  const vscode = await prepareVscode();
  const node = hasPinnedNode('node24') ? await pinnedNode('node24') : process.execPath;
  const data = dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-vscode-'));
  writeSettings(data, settings);
  const main = path.join(vscode, 'out/server-main.js');
  const common = ['--accept-server-license-terms', '--server-data-dir', data];
  const env = cleanEnvironment(environment);
  if (vsix !== undefined) await installExtension(node, [main, ...common, '--install-extension', vsix, '--force'], env);
  const child = spawn(
    node,
    [
      main,
      ...common,
      '--host=127.0.0.1',
      `--port=${port}`,
      '--telemetry-level=off',
      '--disable-workspace-trust',
      ...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]),
      ...(automation ? ['--enable-smoke-test-driver'] : []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const { ready, log } = watch(child);
  const stop = async () => {
    await endChild(child);
    if (dataDir === undefined) fs.rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  try {
    return { port: await ready, log, stop, dataDir: data, exited: new Promise((resolve) => child.once('exit', resolve)) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The editor's own settings are the user's; those of the machine that the server runs on have a file of their own (paths are such). */
export function writeSettings(data, settings) {
  for (const [place, values] of [
    ['User', { ...QUIET_SETTINGS, ...settings }],
    ['Machine', settings],
  ]) {
    const folder = path.join(data, 'data', place);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(values, null, 2));
  }
}

/** A terminal inside an editor sets VSCODE_* for itself; the gallery is switched off so that nothing is asked of the network. */
function cleanEnvironment(extra) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_') && name !== 'NODE_OPTIONS');
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', ...extra };
}

async function installExtension(node, args, env) {
  const { code, output } = await runChild(node, args, { env, quiet: true });
  if (code !== 0 || !/successfully installed/i.test(output)) {
    throw new StepError(
      'installing the extension into VS Code',
      output.trim().split('\n').slice(-4).join('\n    '),
      'run `npm run package` and look at its output.',
    );
  }
}

/** The port, once the server says it listens, and everything it has printed so far. */
function watch(child) {
  let text = '';
  const ready = new Promise((resolve, reject) => {
    const fail = (reason) =>
      reject(
        new StepError(
          'starting VS Code',
          `${reason}\n    ${text.trim().split('\n').slice(-8).join('\n    ')}`,
          'delete .cache and run the command again.',
        ),
      );
    const timer = setTimeout(() => fail(`not ready after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    const read = (chunk) => {
      text += chunk;
      const port = READY.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`it ended with code ${code}`);
    });
  });
  return { ready, log: () => text };
}
