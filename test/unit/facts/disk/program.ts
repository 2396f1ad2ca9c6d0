/** A process of its own that uses the cache's file as an editor window does. Arguments: file, name, number of facts, characters of each. */
import { writeFileSync } from 'node:fs';
import { playThread } from './support.ts';

const [file = '', name = '', count = '0', size = '0'] = process.argv.slice(2);
const account = 'shared';
const thread = playThread(file, Date.now);
let granted = 0;
for (let n = 0; n < Number(count); n++) {
  const facts = [{ id: `${name}-${n}`, at: Date.now(), generation: null, summary: 'x'.repeat(Number(size)) }];
  await thread.ask({ method: 'write', writes: { account, facts, pages: [] } });
  const answer = (await thread.ask({ method: 'reserve', account, day: 'today', amount: 1, limit: 100 })) as { granted: boolean } | null;
  if (answer?.granted === true) {
    granted++;
    await thread.ask({ method: 'settle', account, day: 'today', reserved: 1, spent: { calls: 1, rows: 2, amount: 1 } });
  }
}
const kept = (await thread.ask({ method: 'facts', account, ids: [`${name}-0`, 'before'] })) as readonly { id: string }[] | null;
await thread.close();
writeFileSync(1, JSON.stringify({ granted, said: thread.said, kept: kept?.map(({ id }) => id) ?? null }));
