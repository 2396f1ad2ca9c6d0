/** Asks the language server, over stdio as an editor would, for a report on a folder. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { reportRequest } from '../../shared/protocol.ts';
import { dist } from './paths.mjs';
import { endChild } from './process.mjs';
import { StepError, say } from './say.mjs';

const LIMIT_MS = 60_000;
const ADVICE = 'run `npm run test:protocol`, which says more about the server.';

/**
 * Starts the server on a folder, asks for the report on all of it, and ends the server.
 *
 * @param folder absolute path
 * @param settings the `backlinkLens` section, with dotted keys
 * @returns the report's model (shared/report.ts)
 */
export async function askForReport(folder, settings) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(dist, 'server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const { promise: broken, reject } = Promise.withResolvers();
  const fail = (reason) => reject(new StepError('scanning through the language server', reason, ADVICE));
  const timer = setTimeout(() => fail(`no answer after ${LIMIT_MS / 1000} s`), LIMIT_MS);
  child.once('error', (error) => fail(error.message));
  child.once('exit', (code) => fail(`it ended with code ${code}`));
  try {
    return await Promise.race([converse(connection, folder, settings), broken]);
  } catch (error) {
    throw error instanceof StepError ? error : new StepError('scanning through the language server', error.message, ADVICE);
  } finally {
    clearTimeout(timer);
    broken.catch(() => undefined);
    connection.dispose();
    await endChild(child);
  }
}

async function converse(connection, folder, settings) {
  const uri = pathToFileURL(folder).href;
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => settings));
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.onNotification('window/logMessage', ({ type, message }) => type <= 2 && say(message));
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: path.basename(folder) }],
    capabilities: { workspace: { configuration: true, workspaceFolders: true }, window: { workDoneProgress: true } },
    initializationOptions: { settings, trusted: true, locale: 'en' },
  });
  await connection.sendNotification('initialized', {});
  const report = await connection.sendRequest(reportRequest.method, { scope: { kind: 'workspace' } });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  return report;
}
