/** Every vendor over its own good replies with one thing wrong in each. */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import { answersOrFails, type Damaged, damaged, noNewZero, soundCount, soundRow, soundSummary } from './damage.ts';
import type { Question } from './failures.ts';
import type { KitAtWork } from './vendorKit.ts';
import { mockWire } from './wires.ts';
import { BIG, type Instead, SMALL, target, type WireReply } from './world.ts';

const never = () => new AbortController().signal;

/** Over MockAgent alone: the way of a reply to the reader is the same. */
export function describeDamage(at: KitAtWork): void {
  const { kit, questions } = at;
  describe(`damaged replies: ${kit.id}${kit.variant === undefined ? '' : `, ${kit.variant}`}`, () => {
    for (const question of questions) {
      it(`${question}: sound rows and totals, no invented zero, or one of our failures, whatever comes`, async () => {
        let [tried, failed] = [0, 0];
        for await (const { whole, answer, lacks } of answersTo(at, (asked) => soundly(asked, question))) {
          tried++;
          if (answer === null) failed++;
          else if (lacks === 'absent' || (lacks === 'null' && kit.nullIsEmpty !== true)) noNewZero(whole, answer);
        }
        assert.ok(tried > 20, `${tried} replies`);
        assert.ok(failed < tried, 'a value that is not read does no harm');
      });
    }

    it('summaries: what is wrong with one target is not wrong with the other', async () => {
      let alone = 0;
      for await (const { answer } of answersTo(at, (asked) => asked.summaries([target(SMALL), target(BIG)], never()))) {
        if (answer?.length === 2 && answer.filter((result) => 'error' in result).length === 1) alone++;
      }
      assert.ok(alone > 0, 'no value fails its own target only');
    });
  });
}

interface Outcome<T> {
  /** Without any damage. */
  readonly whole: T;
  /** Null where it failed as a whole. */
  readonly answer: T | null;
  readonly lacks: Damaged['lacks'];
}

/** Asks once for each way to damage each reply that the question needs. */
async function* answersTo<T>({ kit, free, source }: KitAtWork, question: (asked: Source) => Promise<T>): AsyncGenerator<Outcome<T>> {
  const good = kit.handler();
  const replies: WireReply[] = [];
  let instead: Instead = (request) => {
    if (!free(request)) replies.push(good(request));
    return null;
  };
  const wire = await mockWire(kit.handler((request) => instead(request)));
  const whole = await question(source(wire));
  for (const [at, reply] of replies.entries()) {
    for (const { reply: bad, lacks } of damaged(reply)) {
      let calls = 0;
      instead = (request) => (free(request) || calls++ !== at ? null : bad);
      const asked = source(wire);
      yield { whole, answer: await answersOrFails(() => question(asked)), lacks };
      await asked.close();
    }
  }
  await wire.close();
}

/** The rows or summaries, held to what they are. */
async function soundly(asked: Source, question: Question): Promise<readonly unknown[]> {
  if (question === 'summaries') {
    const results = await asked.summaries([target(SMALL)], never());
    for (const result of results) soundSummary(result);
    return results;
  }
  const { rows, total } = await asked.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
  soundCount(total);
  for (const row of rows) soundRow(row);
  return rows;
}
