/**
 * How long light calls take over HTTP while heavy ones are worked on: the summaries of the strongest domains, of which the first has some 500,000
 * backlinks in an index of 10,000,000 links (`--pages=1000000`, the default), asked for again and again with filtered rows that visit them all.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { option, verdict } from '../index/measure.ts';
import { SyntheticWeb } from '../index/syntheticWeb.ts';
import { percentile } from '../scan/measure.ts';
import { cachedIndex, startService, warm } from './processes.ts';
import { pathsOf } from './targets.ts';

const MOST = 20;
const PAUSE = 5;
const pages = option('pages', 1_000_000);
const seconds = option('seconds', 8);

const index = cachedIndex(pages);
warm(index);
const service = await startService(index);
const agent = new Agent({ keepAlive: true });
try {
  await figures('light calls, idle', false);
  await figures('light calls beside heavy ones', true);
} finally {
  agent.destroy();
  service.stop();
}

async function figures(title: string, heavily: boolean): Promise<void> {
  const paths = pathsOf(pages, 10, heavily ? 50_000 : 0, 5000);
  const end = performance.now() + seconds * 1000;
  const heavy: number[] = [];
  const working = (async () => {
    for (let at = 0; heavily && performance.now() < end; at++) heavy.push(await timed(heavyPath(at)));
  })();
  const times: number[] = [];
  for (let at = 0; performance.now() < end; at++) {
    times.push(await timed(paths[at % paths.length] ?? '/'));
    await sleep(PAUSE);
  }
  await working;
  const beside = heavy.length === 0 ? '' : `; ${heavy.length} heavy ones, p50 ${percentile(heavy, 50).toFixed(0)} ms`;
  const figure = `p50 ${percentile(times, 50).toFixed(1)} ms, max ${Math.max(...times).toFixed(1)} ms of ${times.length}${beside}`;
  verdict(`${title}: p99 in ms`, figure, percentile(times, 99), { most: MOST });
}

/** Another text each time, so that no list is there already. */
function heavyPath(at: number): string {
  return `/v3/links/rows?limit=10&anchor=${encodeURIComponent(`a${at}`)}&url=${new SyntheticWeb(1000).domain(0)}`;
}

function timed(path: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: service.port, path, agent }, (response) => {
      if (response.statusCode !== 200) reject(new TypeError(`${path}: ${response.statusCode}`));
      response.resume().on('end', () => resolve(performance.now() - started));
    });
    call.on('error', reject).end();
  });
}
