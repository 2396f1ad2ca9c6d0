/** The processes of the service's benches: the service as it ships, the bare route, and the one that loads both. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, renameSync } from 'node:fs';
import path from 'node:path';
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { inOwnProcess } from '../index/measure.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const NODE = ['--disable-warning=ExperimentalWarning'];

export interface Server {
  readonly port: number;
  /** Resident memory in MB: what it has allocated, mapped files left out; null where the system does not say. */
  memory(): number | null;
  stop(): void;
}

/** An index of so many pages in the cache folder, built when it is not there. */
export function cachedIndex(pages: number): string {
  const folder = path.join(ROOT, '.cache', `bench-${pages}`);
  const file = path.join(folder, 'web.db');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  console.log(`building an index of ${pages} pages in .cache (once) …`);
  const draft = path.join(folder, 'draft.db');
  inOwnProcess(path.join(ROOT, 'bench/index/build.ts'), { job: 'ours', pages, out: draft });
  renameSync(draft, file);
  return file;
}

/** Reads a file once, so that no candidate waits for the disk. */
export function warm(index: string): void {
  const handle = openSync(databaseOf(index), 'r');
  const part = Buffer.alloc(2 ** 20);
  while (readSync(handle, part) > 0);
  closeSync(handle);
}

/** `backlink-lens serve` as it is built, without keys. */
export function startService(index: string): Promise<Server> {
  return started([path.join(ROOT, 'dist/cli.js'), 'serve', '--index', index, '--open', '--port', '0']);
}

/** @param file a bench that serves on a port it prints when it is given `--job=bare` */
export function startBare(file: string, bytes: number): Promise<Server> {
  return started([...NODE, file, '--job=bare', `--bytes=${bytes}`]);
}

async function started(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { port: await portOf(child), memory: () => anonymousMemory(child.pid ?? 0), stop: () => void child.kill() };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const port = /127\.0\.0\.1:(\d+)/.exec(String(text))?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.on('exit', (code) => reject(new TypeError(`a server ended with ${code}`)));
  });
}

function anonymousMemory(pid: number): number | null {
  try {
    return Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout.trim() === '' ? null : Number(stdout) / 1024;
  }
}
