/** `npm run try`: the packaged extension in a real VS Code, in the browser, on the example site. */
import path from 'node:path';
import { startServer } from '../../test/host/harness/server.mjs';
import { newToken, workbenchUrl } from '../../test/host/harness/workbench.mjs';
import { buildExampleIndex, exampleSettings, SITE } from '../lib/example.mjs';
import { untilStopped } from '../lib/process.mjs';
import { StepError, say } from '../lib/say.mjs';
import { build } from './build.mjs';
import { packageExtension } from './package.mjs';

export async function run(args) {
  await build({ minify: true });
  await buildExampleIndex();
  return openEditor(args);
}

/** Starts the editor, prints its address, and stays until Ctrl+C. */
export async function openEditor(args) {
  const vsix = await packageExtension();
  say('Starting VS Code …');
  const token = newToken();
  const server = await startServer({ settings: exampleSettings(), vsix, token, port: readPort(args) });
  const url = workbenchUrl(server.port, { folder: SITE, token, openFile: path.join(SITE, 'README.md') });
  console.log(
    `\nVS Code is open to you, on this machine only, at\n\n  ${url}\n\nHover over a link, or choose Backlinks in the activity bar. Ctrl+C ends it.`,
  );
  const ended = await Promise.race([untilStopped(), server.exited.then((code) => ({ code }))]);
  await server.stop();
  if (typeof ended === 'object')
    throw new StepError(
      'running VS Code',
      `it ended by itself with code ${ended.code}\n    ${server.log().trim().split('\n').slice(-5).join('\n    ')}`,
      'run `npm run try` again.',
    );
  say('Stopped.');
  return 0;
}

function readPort(args) {
  const given = args.find((arg) => arg.startsWith('--port='))?.slice(7) ?? args[args.indexOf('--port') + 1];
  if (!args.some((arg) => /^--port(=|$)/.test(arg))) return 0;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new StepError('reading the arguments', `--port ${given ?? ''} is no port`, 'give a number from 0 (any free port) to 65535.', 2);
}
