/** `kill -9` in the middle of builds, additions and new generations: the state before or after an input is there afterwards, whole, and the next go finishes it. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { doWork, writeInputs } from '../../fixtures/linkIndex/crashWriter.ts';
import { INPUTS } from '../../fixtures/linkIndex/smallInputs.ts';
import { ReadyProcess } from '../../support/killing.ts';
import { contentOf, integrityOf } from './tables.ts';

const WRITER = path.resolve(import.meta.dirname, '../../fixtures/linkIndex/crashWriter.ts');
const NOWHERE = { countryCode: null, country: null, city: null };
const ROUNDS = { build: 35, add: 50, regenerate: 15 } as const;
type Work = keyof typeof ROUNDS;
/** Processes that are started ahead. */
const AHEAD = 3;
/** Every how many rounds the work is done to its end afterwards. */
const FINISH_EVERY = 5;

function copyInto(folder: string, from: string): string {
  mkdirSync(folder);
  for (const name of readdirSync(from)) copyFileSync(path.join(from, name), path.join(folder, name));
  return path.join(folder, 'web.db');
}

describe('an index, killed', function () {
  this.timeout(240_000);
  const root = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-crash-'));
  const started: ReadyProcess[] = [];
  /** By the number of inputs in it; of the states that builds and additions come to. */
  const states = new Map<string, number>();

  before(async () => {
    for (let inputs = 0; inputs <= INPUTS; inputs++) {
      const folder = path.join(root, `state${inputs}`);
      mkdirSync(folder);
      const file = path.join(folder, 'web.db');
      await writeInputs(
        startGeneration(file, () => NOWHERE, 0),
        0,
        inputs,
      );
      states.set(contentOf(file), inputs);
    }
  });

  after(() => {
    for (const process of started) process.stop();
    rmSync(root, { recursive: true, force: true });
  });

  async function killRounds(work: Work, base: string, allowed: (inputs: number) => boolean): Promise<string> {
    const begin = (round: number): { file: string; process: ReadyProcess } => {
      const file = copyInto(path.join(root, `${work}${round}`), base);
      const process = new ReadyProcess(WRITER, [file]);
      started.push(process);
      return { file, process };
    };
    let length = await begin(-1).process.run(work);
    const waiting = Array.from({ length: AHEAD }, (_, round) => begin(round));
    const seen = new Map<number, number>();
    let atIt = 0;
    for (let round = 0; round < ROUNDS[work]; round++) {
      const { file, process } = waiting.shift() as { file: string; process: ReadyProcess };
      if (round + AHEAD < ROUNDS[work]) waiting.push(begin(round + AHEAD));
      const killed = await process.kill(work, Math.random() * length);
      if (killed) atIt++;
      // A busy machine takes longer than it did at first: the moments should lie all over the work.
      length *= killed ? 1.1 : 0.8;
      assert.equal(integrityOf(file), 'ok');
      const inputs = states.get(contentOf(file));
      assert.ok(inputs !== undefined && allowed(inputs), `${work} ${round}: a state between inputs`);
      seen.set(inputs, (seen.get(inputs) ?? 0) + 1);
      if (round % FINISH_EVERY === 0) await finish(work, file);
      rmSync(path.dirname(file), { recursive: true, force: true });
    }
    assert.ok(atIt > ROUNDS[work] / 4, `killed in the middle only ${atIt} times`);
    const found = [...seen].sort(([a], [b]) => a - b).map(([inputs, times]) => `${times} times ${inputs}`);
    return `${work}: killed ${ROUNDS[work]} times, ${atIt} of them in the middle; inputs in the index afterwards: ${found.join(', ')}`;
  }

  /** What was left unfinished is done by the next go, which cleans up. */
  async function finish(work: Work, file: string): Promise<void> {
    await doWork(work, file);
    assert.equal(states.get(contentOf(file)), work === 'regenerate' ? 2 : INPUTS);
    assert.deepEqual(
      readdirSync(path.dirname(file)).filter((name) => !/^web\.db(\.g\d+)?$/.test(name)),
      [],
    );
  }

  it('is the one before a build or the one after it', async () => {
    console.log(`      ${await killRounds('build', path.join(root, 'state1'), (inputs) => inputs === 1 || inputs === INPUTS)}`);
  });

  it('is whole after each input that was added', async () => {
    console.log(`      ${await killRounds('add', path.join(root, 'state1'), (inputs) => inputs >= 1)}`);
  });

  it('holds the same after half a new generation', async () => {
    console.log(`      ${await killRounds('regenerate', path.join(root, 'state2'), (inputs) => inputs === 2)}`);
  });
});
