/** Typing into a large document: one character at random places, each time with the new list of links. */
import { performance } from 'node:perf_hooks';
import type { OpenDocument } from '../../server/src/scan/incremental.ts';
import { percentile } from './measure.ts';

/** Milliseconds of every edit, in order. */
export interface Typing {
  /** The text after the last edit. */
  readonly text: string;
  readonly wall: readonly number[];
  readonly cpu: readonly number[];
  /** Joining the edited text, which the protocol's text document pays for, whoever scans. */
  readonly joining: readonly number[];
}

/** Types `edits` times; the places are the same in every run. */
export function typeInto(document: OpenDocument, start: string, edits: number): Typing {
  const [wall, cpu, joining]: [number[], number[], number[]] = [[], [], []];
  let text = start;
  let seed = 42;
  for (let index = 0; index < edits; index++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const at = seed % text.length;
    const began = performance.now();
    text = `${text.slice(0, at)}x${text.slice(at)}`;
    // The engine joins the parts when a character is first read.
    text.charCodeAt(at);
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    document.update(text, { start: at, removed: 0, inserted: 1 });
    const { user, system } = process.cpuUsage(cpuBefore);
    wall.push(performance.now() - before);
    cpu.push((user + system) / 1000);
    joining.push(before - began);
  }
  return { text, wall, cpu, joining };
}

/** Wall-clock milliseconds of the best of three runs. */
export async function bestOfThree(scan: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const before = performance.now();
    await scan();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}

/** Prints the median and the 95th percentile of a row of samples. */
export function printSamples(name: string, samples: readonly number[]): void {
  const at = (p: number) => `${percentile(samples, p).toFixed(2)} ms`;
  console.log(`  ${name.padEnd(27)} p50 ${at(50)}   p95 ${at(95)}`);
}

/** Prints what a scan of the whole text takes beside an edit. */
export function printWhole(name: string, milliseconds: number, wall: readonly number[]): void {
  console.log(`  ${name.padEnd(27)} ${milliseconds.toFixed(1)} ms   ${(milliseconds / percentile(wall, 95)).toFixed(1)} x p95`);
}
