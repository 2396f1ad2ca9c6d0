/** The workbench in a browser that we drive: for the host suite, for screenshots, and for looking at what a newcomer sees. */
import { randomBytes } from 'node:crypto';
import { StepError } from '../../../scripts/lib/say.mjs';
import { BROWSER_FLAGS, findBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

/**
 * The workbench's address. The authority of every remote path must be exactly the one in the address bar.
 *
 * @param options.folder absolute path of the folder to open; absent: an empty window
 * @param options.workspace absolute path of a .code-workspace file, in place of a folder
 * @param options.token connection token, if any
 * @param options.openFile absolute path of a document to open at first
 * @param options.developmentPath extension under development; only with automation
 * @param options.tests module with run(), without its extension; only with automation
 */
export function workbenchUrl(port, { folder, workspace, token, openFile, developmentPath, tests }) {
  const authority = `127.0.0.1:${port}`;
  const remote = (file) => `vscode-remote://${authority}${posix(file)}`;
  const payload = [
    ...(openFile === undefined ? [] : [['openFile', remote(openFile)]]),
    ...(developmentPath === undefined ? [] : [['extensionDevelopmentPath', remote(developmentPath)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
  ];
  const query = [
    ...(token === undefined ? [] : [`tkn=${token}`]),
    placeOf(folder, workspace),
    ...(payload.length === 0 ? [] : [`payload=${readable(JSON.stringify(payload))}`]),
  ];
  return `http://${authority}/?${query.join('&')}`;
}

function placeOf(folder, workspace) {
  if (workspace !== undefined) return `workspace=${readable(posix(workspace))}`;
  return folder === undefined ? 'ew=true' : `folder=${readable(posix(folder))}`;
}

/** Encoded for a query, with what may stay as it is left as it is: people read and copy this. */
function readable(text) {
  return encodeURIComponent(text).replace(/%(2F|3A|2C)/g, decodeURIComponent);
}

/** A connection token nobody can guess. */
export function newToken() {
  return randomBytes(16).toString('hex');
}

/**
 * Starts VS Code and opens it in a Chromium of ours.
 *
 * With `developmentPath` the extension runs from its folder (dialogs and toasts are then hidden by VS Code's automation mode); with `vsix`
 * it is installed as a newcomer has it, behind a connection token.
 *
 * @param options folder, settings, openFile, developmentPath or vsix, tests, environment, viewport ({ width, height })
 * @param options.onExit called with the code that the extension host ends with, when `tests` are given
 * @param options.onLog called with each line the workbench logs: (level, arguments)
 * @returns page (playwright), url, open(options of workbenchUrl) for further windows, origins asked for outside this machine, server log,
 *   the folder where the editor keeps its things, stop()
 */
export async function startWorkbench({ folder, settings, openFile, developmentPath, vsix, tests, environment, viewport, onExit, onLog }) {
  const browserPath = await findBrowser();
  if (browserPath.missing) throw new StepError('looking for a browser', browserPath.missing, 'see above.');
  const { chromium } = await import('playwright-core');
  const automation = developmentPath !== undefined;
  const token = automation ? undefined : newToken();
  const server = await startServer({ settings, vsix, token, automation, environment });
  const strangers = new Set();
  let browser;
  const stop = async () => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await chromium.launch({ executablePath: browserPath.path, args: BROWSER_FLAGS });
    const context = await browser.newContext({ viewport: viewport ?? { width: 1400, height: 900 } });
    await context.exposeFunction('codeAutomationExit', (code) => onExit?.(code));
    await context.exposeFunction('codeAutomationLog', (level, args) => onLog?.(level, args));
    const url = workbenchUrl(server.port, { folder, token, openFile, developmentPath, tests });
    const page = await openWindow(context, url, strangers);
    const open = ({ locale, ...options }) => openWindow(context, workbenchUrl(server.port, { ...options, token }), strangers, locale);
    return { page, url, open, strangers, log: server.log, dataDir: server.dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param locale the language that the editor is told; it has no words of its own for it, extensions do */
async function openWindow(context, url, strangers, locale) {
  const page = await context.newPage();
  if (locale !== undefined) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(locale)};`);
  page.on('request', (request) => noteStranger(request.url(), strangers));
  await page.goto(url);
  return page;
}

function noteStranger(address, strangers) {
  const { protocol, hostname, origin } = new URL(address);
  if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && !hostname.endsWith('.vscode-cdn.net')) strangers.add(origin);
}

function posix(file) {
  const forward = file.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
