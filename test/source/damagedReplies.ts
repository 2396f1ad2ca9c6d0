/** Every vendor over its own good replies with one thing wrong in each. */
import assert from 'node:assert/strict';
import type { Source } from '../../server/src/sources/source.ts';
import { answersOrFails, damaged, soundCount, soundRow, soundSummary } from './damage.ts';
import { ask, type Question } from './failures.ts';
import type { KitAtWork } from './vendorKit.ts';
import { mockWire } from './wires.ts';
import { SMALL, target, type WireReply } from './world.ts';

const never = () => new AbortController().signal;

/** Over MockAgent alone: the way of a reply to the reader is the same. */
export function describeDamage({ kit, questions, free, source }: KitAtWork): void {
  describe(`damaged replies: ${kit.id}${kit.variant === undefined ? '' : `, ${kit.variant}`}`, () => {
    for (const question of questions) {
      it(`${question}: sound rows and totals, or one of our failures, whatever comes`, async () => {
        const good = kit.handler();
        const replies: WireReply[] = [];
        const keeping = await mockWire((request) => {
          const reply = good(request);
          if (!free(request)) replies.push(reply);
          return reply;
        });
        await ask(source(keeping), question, target(SMALL));
        await keeping.close();
        let [tried, failed] = [0, 0];
        for (const [at, reply] of replies.entries()) {
          for (const bad of damaged(reply)) {
            let calls = 0;
            const wire = await mockWire(kit.handler((request) => (free(request) || calls++ !== at ? null : bad)));
            const asked = source(wire);
            tried++;
            if (!(await answersOrFails(() => soundly(asked, question)))) failed++;
            await asked.close();
            await wire.close();
          }
        }
        assert.ok(tried > 20, `${tried} replies`);
        assert.ok(failed < tried, 'a value that is not read does no harm');
      });
    }
  });
}

async function soundly(asked: Source, question: Question): Promise<void> {
  if (question === 'summaries') for (const result of await asked.summaries([target(SMALL)], never())) soundSummary(result);
  else {
    const page = await asked.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
    soundCount(page.total);
    for (const row of page.rows) soundRow(row);
  }
}
