/** Every vendor over its own good replies with one thing wrong in each. */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import { answersOrFails, damaged, noNewZero, soundCount, soundRow, soundSummary } from './damage.ts';
import type { Question } from './failures.ts';
import type { KitAtWork } from './vendorKit.ts';
import { mockWire } from './wires.ts';
import { type Instead, SMALL, target, type WireReply } from './world.ts';

const never = () => new AbortController().signal;

/** Over MockAgent alone: the way of a reply to the reader is the same. */
export function describeDamage({ kit, questions, free, source }: KitAtWork): void {
  describe(`damaged replies: ${kit.id}${kit.variant === undefined ? '' : `, ${kit.variant}`}`, () => {
    for (const question of questions) {
      it(`${question}: sound rows and totals, no invented zero, or one of our failures, whatever comes`, async () => {
        const good = kit.handler();
        const replies: WireReply[] = [];
        let instead: Instead = (request) => {
          if (!free(request)) replies.push(good(request));
          return null;
        };
        const wire = await mockWire(kit.handler((request) => instead(request)));
        const whole = await soundly(source(wire), question);
        let [tried, failed] = [0, 0];
        for (const [at, reply] of replies.entries()) {
          for (const { reply: bad, lacks } of damaged(reply)) {
            let calls = 0;
            instead = (request) => (free(request) || calls++ !== at ? null : bad);
            const asked = source(wire);
            const answer = await answersOrFails(() => soundly(asked, question));
            await asked.close();
            tried++;
            if (answer === null) failed++;
            else if (lacks === 'absent' || (lacks === 'null' && kit.nullIsEmpty !== true)) noNewZero(whole, answer);
          }
        }
        await wire.close();
        assert.ok(tried > 20, `${tried} replies`);
        assert.ok(failed < tried, 'a value that is not read does no harm');
      });
    }
  });
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
