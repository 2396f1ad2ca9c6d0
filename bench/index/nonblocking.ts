/**
 * How long the service and the language server take to answer while an index is being built beside them, and while the same process counts heavy
 * summaries anew: light requests every few milliseconds, from here, as a client sees them. The summaries are those of the strongest domains,
 * after an addition that touched every one of them, again and again: all of their links have to be visited each time, which takes seconds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { forgetRequest, inspectRequest } from '../../shared/protocol.ts';
import { startServer, type TestServer } from '../../test/protocol/server.ts';
import { percentile } from '../scan/measure.ts';
import { inFolder, inOwnProcess, option, verdict } from './measure.ts';
import { SyntheticWeb } from './syntheticWeb.ts';

const pages = option('pages', 100_000);
const seconds = option('seconds', 6);
const PAUSE = 10;
const MOST = 20;
/** A character of the URL in each line of the document. */
const IN_URL = 20;
const web = new SyntheticWeb(pages);
/** Domains whose summaries are counted anew. */
const heavy = Array.from({ length: Math.min(400, web.domains) }, (_, at) => web.domain(at));

await inFolder(async (folder) => {
  const index = path.join(folder, 'web.db');
  inOwnProcess(path.join(import.meta.dirname, 'build.ts'), { job: 'ours', pages, out: index });
  const adder = startAdder(index);
  const service = await startService(index);
  try {
    await measure('service', service, folder, adder);
    const editor = await startEditor(index, folder);
    await measure('language server', editor, folder, adder);
    await editor.server.stop();
  } finally {
    service.stop();
    adder.stop();
  }
});

async function measure(name: string, { ask, askHeavy }: Asking, folder: string, adder: Adder): Promise<void> {
  await figures(`${name}, idle`, ask, null);
  await whileBuilding(folder, () => figures(`${name}, while an index is built`, ask, null));
  const afterAddition = async (): Promise<void> => {
    await adder.add();
    await askHeavy();
  };
  await figures(`${name}, while heavy summaries are counted`, ask, afterAddition);
}

/** Asks for some seconds, one question at a time; `load` is asked over and over beside it. */
async function figures(title: string, ask: (at: number) => Promise<void>, load: (() => Promise<void>) | null): Promise<void> {
  await ask(0);
  const end = performance.now() + seconds * 1000;
  const heavyTimes: number[] = [];
  const loading = (async () => {
    while (load !== null && performance.now() < end) {
      const started = performance.now();
      await load();
      heavyTimes.push(performance.now() - started);
    }
  })();
  const times: number[] = [];
  for (let at = 0; performance.now() < end; at++) {
    const started = performance.now();
    await ask(at);
    times.push(performance.now() - started);
    await sleep(PAUSE);
  }
  await loading;
  const [middle, most] = [percentile(times, 50), Math.max(...times)];
  const beside = heavyTimes.length === 0 ? '' : `; the heavy one ${percentile(heavyTimes, 50).toFixed(0)} ms`;
  const figure = `p50 ${middle.toFixed(1)} ms, max ${most.toFixed(1)} ms of ${times.length}${beside}`;
  verdict(`${title}: p99 in ms`, figure, percentile(times, 99), { most: MOST });
}

async function whileBuilding(folder: string, measured: () => Promise<void>): Promise<void> {
  const out = path.join(folder, 'other.db');
  const file = path.join(import.meta.dirname, 'build.ts');
  const builder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, '--job=ours', `--pages=${pages}`, `--out=${out}`], {
    stdio: 'ignore',
  });
  // As the program does it.
  if (builder.pid !== undefined) os.setPriority(builder.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  try {
    await sleep(500);
    await measured();
    if (builder.exitCode !== null) console.log('        (the build was over before the measurement)');
  } finally {
    builder.kill('SIGKILL');
    if (builder.exitCode === null) await once(builder, 'exit');
  }
}

interface Adder {
  /** Adds a page that links to each of the heavy domains; done when it is in the index. */
  add(): Promise<void>;
  stop(): void;
}

function startAdder(index: string): Adder {
  const file = path.join(import.meta.dirname, 'touch.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, `--index=${index}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async add() {
      child.stdin.write(`${heavy.map((domain) => `https://${domain}/`).join(' ')}\n`);
      if ((await lines.next()).done === true) throw new TypeError('the adding process ended');
    },
    stop: () => child.stdin.end(),
  };
}

interface Asking {
  readonly ask: (at: number) => Promise<void>;
  readonly askHeavy: () => Promise<void>;
}

async function startService(index: string): Promise<Asking & { stop(): void }> {
  const cli = path.join(import.meta.dirname, '../../server/src/cli.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'serve', '--index', index, '--open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const agent = new Agent({ keepAlive: true });
  const send = (method: string, url: string, body?: unknown): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const call = request({ host: '127.0.0.1', port, path: url, method, agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new TypeError(`${url}: ${response.statusCode}`));
        response.resume().on('end', resolve);
      });
      call.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  const list = '/v3/ResearchLinksGetListBacklinks.json';
  return {
    ask: (at) => send('GET', `${list}?limit=10&url=${encodeURIComponent(web.url((at * 7919) % pages))}`),
    askHeavy: () => send('POST', '/v3/links/summaries', { targets: heavy }),
    stop: () => {
      agent.destroy();
      child.kill();
    },
  };
}

/** Its output is read on to the end: a service whose listener has gone would end too. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const port = /127\.0\.0\.1:(\d+)/.exec(String(text))?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.on('exit', (code) => reject(new TypeError(`the service ended with ${code}`)));
  });
}

/** A document whose links are known, and hovers over them. */
async function startEditor(index: string, folder: string): Promise<Asking & { readonly server: TestServer }> {
  const links = Array.from({ length: 40 }, (_, at) => `[link ${at}](${web.url(at * 11)})`);
  const text = links.join('\n');
  const file = path.join(folder, 'links.md');
  writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const server = await startServer({
    folders: [pathToFileURL(folder).href],
    settings: { source: 'index', index: { path: index } },
  });
  await server.open(uri, text);
  await server.until(
    () => server.hover(uri, 39, IN_URL),
    (hover) => hover !== null && /Backlinks/.test(hover),
  );
  const hoverOver = async (at: number): Promise<void> => {
    if ((await server.hover(uri, at % links.length, IN_URL)) === null) throw new TypeError('no hover');
  };
  const countHeavy = async (): Promise<void> => {
    // What is known of them is kept otherwise.
    await server.connection.sendRequest(forgetRequest, {});
    await Promise.all(heavy.map((text) => server.connection.sendRequest(inspectRequest, { text })));
  };
  return { server, ask: hoverOver, askHeavy: countHeavy };
}
