/** The service's page in a real browser: one Chromium for all files, a fresh tab for each question, and notes of everything that should not happen. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { openAccess } from '../../server/src/api/access.ts';
import { createApp } from '../../server/src/api/app.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { BROWSER_FLAGS, findBrowser } from '../host/harness/browser.mjs';
import { buildWeb } from './webOfLinks.mjs';

/** Where the build leaves the page. */
export const PAGE_FOLDER = inRoot('dist/page');
const PICTURES = inRoot('out/web');
const PATIENCE_MS = 8_000;

let shared;
let launched;
const contexts = new Map();
const pages = [];

/** The browser, started by whoever asks first. */
function browser() {
  launched ??= findBrowser().then((found) => chromium.launch({ executablePath: found.path, args: BROWSER_FLAGS }));
  return launched;
}

/** A service without keys on the web of webOfLinks.mjs: its address, and ask(path) for what it says itself. */
export function openService() {
  shared ??= start();
  return shared;
}

async function start() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-page-'));
  const store = openIndex(await buildWeb(folder));
  const app = createApp({ store, log: silentLog, access: openAccess(), page: PAGE_FOLDER });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const close = async () => {
    await app.close();
    await store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url, folder, ask: async (call) => (await fetch(`${url}/v3/links/${call}`)).json(), close };
}

after(async function stop() {
  this.timeout(20_000);
  await (await launched)?.close();
  await (await shared)?.close();
});

afterEach(async function tidy() {
  const open = pages.splice(0);
  const left = open.filter((page) => !page.isClosed());
  if (this.currentTest?.state === 'failed') for (const page of left) await picture(page, 'failed');
  await Promise.all(left.map((page) => page.close()));
});

/**
 * A tab of its own on a part of the service's address. Tabs of one look share what a browser shares among tabs.
 *
 * @param look scheme, width, height, locale, forcedColors, reducedMotion, service (its address), before (called with the empty tab)
 * @returns the tab, with `trouble`: errors of scripts and policies, and requests that left the service
 */
export async function visit(query, { service, before, ...look } = {}) {
  const address = service ?? (await openService()).url;
  const page = await (await contextOf(look)).newPage();
  pages.push(page);
  page.setDefaultTimeout(PATIENCE_MS);
  page.trouble = [];
  page.on('pageerror', (error) => page.trouble.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.trouble.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`) && !/^(data|blob):/.test(request.url())) page.trouble.push(`asked ${request.url()}`);
  });
  await before?.(page);
  await page.goto(`${address}/${query}`);
  await settled(page);
  return page;
}

async function contextOf({ scheme = 'light', width = 1280, height = 900, locale = 'en-GB', forcedColors = 'none', reducedMotion = 'no-preference' }) {
  const options = { viewport: { width, height }, colorScheme: scheme, locale, forcedColors, reducedMotion };
  const key = JSON.stringify(options);
  const context = contexts.get(key) ?? (await (await browser()).newContext({ ...options, permissions: ['clipboard-read', 'clipboard-write'] }));
  contexts.set(key, context);
  return context;
}

/** Until nothing is on its way. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('.results, .hero') !== null && document.querySelector('[aria-busy="true"]') === null);
}

/** Until the address has this part and its answer stands there. */
export async function reached(page, part) {
  await page.waitForFunction((wanted) => location.search.includes(wanted), part);
  await settled(page);
}

/** Goes to another part of the address without loading the page anew, as Back does. */
export async function move(page, query) {
  await page.evaluate(
    (search) => {
      history.pushState(null, '', search);
      dispatchEvent(new PopStateEvent('popstate'));
    },
    query === '' ? '/' : query,
  );
  await settled(page);
}

/** A picture for people. */
export async function picture(page, name, fullPage = false) {
  fs.mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage });
}

/** The visible text of a part, blanks folded. */
export async function textOf(page, selector) {
  return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim();
}

/** The addresses of the linking pages, in the order in which they stand there. */
export function rowAddresses(page) {
  return page.locator('table.rows tbody a.page').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}
