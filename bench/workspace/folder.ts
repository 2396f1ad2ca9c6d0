/**
 * The workspace layer on 20,000 files, through the language server as an editor starts it: when the first answer stands, when all of it does,
 * what the process holds, how long a change takes, and all of it again with the cache of the first run.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { workspaceBacklinksRequest } from '../../shared/protocol.ts';
import { startServer, type TestServer } from '../../test/protocol/server.ts';
import { option, verdict } from '../index/measure.ts';
import { pageName, pageText, writeLargeFolder } from './largeFolder.ts';

/** As the editor's client starts it (client/src/languageClient.ts). */
const ENGINE = ['--max-semi-space-size=4', '--heap-growing-percent=50'];
/** A page that a few others link to, and one that will. */
const LINKED = 17;

const pages = option('pages', 20_000);
const root = mkdtempSync(path.join(tmpdir(), 'backlink-lens-bench-'));
const storage = mkdtempSync(path.join(tmpdir(), 'backlink-lens-bench-'));
try {
  writeLargeFolder(root, pages);
  console.log(`A folder of ${pages.toLocaleString('en')} pages`);
  await round('first start');
  await round('second start');
} finally {
  rmSync(root, { recursive: true, force: true });
  rmSync(storage, { recursive: true, force: true });
}

async function round(name: string): Promise<void> {
  const began = performance.now();
  const server = await startServer({ folders: [pathToFileURL(root).href], options: { storage }, engine: ENGINE });
  const uri = pathToFileURL(path.join(root, pageName(LINKED))).href;
  await server.open(uri, pageText(LINKED, pages));
  const soFar = async () => (await server.connection.sendRequest(workspaceBacklinksRequest, { uri, soFar: true }))?.backlinks.length ?? 0;
  const first = await reached(async () => (await soFar()) > 0, began);
  const all = await reached(async () => (await server.connection.sendRequest(workspaceBacklinksRequest, { uri })) !== null, began);
  const held = memory(server);
  const change = await changed(server, uri);
  console.log(`\n${name}`);
  verdict('first links to a page', `${first} ms`, first / 1000, { most: 2 });
  verdict('all of them', `${all} ms`, all / 1000, { most: 30 });
  verdict('held when all is read, hundreds of megabytes', `${held} MB`, held / 100, { most: 3 });
  verdict('a change is known after, tenths of a second', `${change} ms`, change / 100, { most: 2 });
  // What is kept is written when things are quiet.
  if (name === 'first start') await kept();
  await server.stop();
}

/** Milliseconds from `began` until it is so. */
async function reached(holds: () => Promise<boolean>, began: number): Promise<number> {
  while (!(await holds())) await sleep(20);
  return Math.round(performance.now() - began);
}

async function changed(server: TestServer, uri: string): Promise<number> {
  const file = path.join(root, pageName(pages - 1));
  const count = async () => (await server.connection.sendRequest(workspaceBacklinksRequest, { uri }))?.backlinks.length ?? 0;
  const before = await count();
  const began = performance.now();
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n[one more](../${pageName(LINKED)})\n`);
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 2 }] });
  while ((await count()) <= before) await sleep(2);
  return Math.round(performance.now() - began);
}

/** Megabytes that the system says the server's process holds. */
function memory(server: TestServer): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Waits until what was read is kept, or half a minute. */
async function kept(): Promise<void> {
  const folder = path.join(storage, 'folders');
  for (let second = 0; second < 30 && !(existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.jsonl'))); second++)
    await sleep(1000);
}
