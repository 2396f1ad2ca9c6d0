/** What the process costs: memory, processor, and how long its event loop keeps others waiting. Names as Prometheus' own clients have them. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import type { Family } from './exposition.ts';

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 10;

export interface ProcessFigures {
  /** The event loop's delays are those since the last time these were asked for. */
  families(): Family[];
  stop(): void;
}

/** @param version of this program */
export function processFigures(version: string): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  return {
    families() {
      const families = [...memory(), ...usage(version), ...loop(delay)];
      delay.reset();
      return families;
    },
    stop: () => void delay.disable(),
  };
}

function memory(): Family[] {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  return [
    gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    gauge('nodejs_heap_size_used_bytes', 'JavaScript heap in use, that of threads left out.', heapUsed),
    gauge('nodejs_heap_size_total_bytes', 'JavaScript heap, that of threads left out.', heapTotal),
    gauge('nodejs_external_memory_bytes', 'Memory outside of the heap that objects hold.', external),
  ];
}

function usage(version: string): Family[] {
  const { user, system } = process.cpuUsage();
  const seconds = (user + system) / MICROSECONDS;
  return [
    { name: 'process_cpu_seconds_total', type: 'counter', help: 'Processor time, threads included.', samples: [{ value: seconds }] },
    gauge('process_start_time_seconds', 'Start of the process, seconds since the epoch.', Math.round(Date.now() / 1000 - process.uptime())),
    {
      name: 'backlink_lens_build_info',
      type: 'gauge',
      help: 'Always 1; the versions are in the labels.',
      samples: [{ labels: { version, node: process.version }, value: 1 }],
    },
  ];
}

function loop(delay: IntervalHistogram): Family[] {
  const help = 'Delay of the event loop since the last reading';
  // Without a look since the last reading there is nothing to tell.
  const seconds = (nanoseconds: number): number => (delay.count === 0 ? 0 : Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION / 1000));
  return [
    gauge('nodejs_eventloop_lag_mean_seconds', `${help}: mean.`, seconds(delay.mean)),
    gauge('nodejs_eventloop_lag_p50_seconds', `${help}: median.`, seconds(delay.percentile(50))),
    gauge('nodejs_eventloop_lag_p99_seconds', `${help}: 99th percentile.`, seconds(delay.percentile(99))),
    gauge('nodejs_eventloop_lag_max_seconds', `${help}: longest.`, seconds(delay.max)),
  ];
}

function gauge(name: string, help: string, value: number): Family {
  return { name, type: 'gauge', help, samples: [{ value }] };
}
