/**
 * The workspace layer on 20,000 files, through the language server as an editor starts it: when the first answer stands, when all of it does,
 * what the process holds, how long a change takes, and all of it again with the cache of the first run.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { workspaceBacklinksRequest } from '../../shared/protocol.ts';
import { startServer, type TestServer } from '../../test/protocol/server.ts';
import { option } from '../index/measure.ts';
import { pageName, pageText, writeLargeFolder } from './largeFolder.ts';

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
  const server = await startServer({ folders: [pathToFileURL(root).href], options: { storage } });
  const uri = pathToFileURL(path.join(root, pageName(0))).href;
  await server.open(uri, pageText(0, pages));
  const first = await answered(server, uri, () => true, began);
  const all = await answered(server, uri, (answer) => answer !== null, began);
  const idle = memory(server);
  const change = await changed(server, uri);
  console.log(`${name}: first answer ${first} ms, all read ${all} ms, ${idle}, a change ${change} ms`);
  await server.stop();
}

/** Milliseconds from `began` to an answer as wanted. */
async function answered(server: TestServer, uri: string, wanted: (answer: unknown) => boolean, began: number): Promise<number> {
  while (!wanted(await server.connection.sendRequest(workspaceBacklinksRequest, { uri }))) await sleep(20);
  return Math.round(performance.now() - began);
}

async function changed(server: TestServer, uri: string): Promise<number> {
  const file = path.join(root, pageName(pages - 1));
  const count = async () => (await server.connection.sendRequest(workspaceBacklinksRequest, { uri }))?.backlinks.length ?? 0;
  const before = await count();
  const began = performance.now();
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n[one more](../index.md)\n`);
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 2 }] });
  while ((await count()) <= before) await sleep(2);
  return Math.round(performance.now() - began);
}

/** What the system says that the server's process holds now, and held at most. */
function memory(server: TestServer): string {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return `${megabytes('VmRSS')} MB held, ${megabytes('VmHWM')} MB at most`;
}
