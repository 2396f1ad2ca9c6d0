/** Adding to an index: what it holds afterwards is what one build from all inputs would have given. */
import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { startAdding } from '../../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { openReadOnly } from '../../../server/src/linkIndex/sqlite/openReadOnly.ts';
import { ADDED_FROM } from '../../../server/src/linkIndex/sqlite/schema.ts';
import type { Capture, GenerationWriter } from '../../../server/src/linkIndex/store.ts';
import { anyHistory } from '../../store/captures.ts';
import { emptyFolders } from './support.ts';
import { integrityOf, type Tables, tablesOf } from './tables.ts';

const NOW = Date.UTC(2026, 10, 23);
const NOWHERE = { countryCode: null, country: null, city: null };
const signal = new AbortController().signal;

async function write(writer: GenerationWriter, inputs: readonly (readonly Capture[])[], first = 0): Promise<void> {
  for (const [at, captures] of inputs.entries()) {
    const input = writer.beginInput(`input ${first + at}`, 100);
    for (const capture of captures) writer.add(capture, input);
    writer.endInput(input, { note: null, bytes: 100, hash: `hash ${first + at}` });
  }
  await writer.finish({ signal, onPhase() {} });
}

const build = (out: string, inputs: readonly (readonly Capture[])[]): Promise<void> =>
  write(
    startGeneration(out, () => NOWHERE, NOW),
    inputs,
  );
const add = (out: string, inputs: readonly (readonly Capture[])[], first: number): Promise<void> =>
  write(
    startAdding(out, () => NOWHERE),
    inputs,
    first,
  );

function isUndated(capture: Capture): boolean {
  if (capture.kind === 'page') return capture.page.capturedAt === null;
  if (capture.kind === 'redirect') return capture.redirect.capturedAt === null;
  return capture.kind === 'gone' && capture.gone.capturedAt === null;
}

/** What is only counted anew is left out of both sides where an addition has made it stale. */
function withoutStale(built: Tables, added: Tables): Tables['totals'] {
  const name = ({ kind, scope }: Tables['totals'][number]): string => JSON.stringify([kind, scope]);
  const stale = new Set(added.totals.filter(({ pages }) => pages === null).map(name));
  return built.totals.map((row) => (stale.has(name(row)) ? { ...row, pages: null, hosts: null, domains: null } : row));
}

/** Links of the generation itself whose ids do not follow strength, source and position. */
function outOfOrder(file: string): unknown[] {
  const db = openReadOnly(databaseOf(file));
  try {
    const sql = `select id, before from (select l.id, lag(l.id) over (partition by l.target_domain order by s.strength desc, s.key, coalesce(l.position, 0), l.id)
      as before from link l join page s on s.id = l.source where l.id < ${ADDED_FROM}) where before > id`;
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

describe('index add', function () {
  this.timeout(180_000);
  const folder = emptyFolders('add');

  it('comes to what one build would: every page, link, date, loss and count', async () => {
    let links = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyHistory, { minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 3 }), async (inputs, split) => {
        const built = path.join(folder(), 'web.db');
        const added = path.join(folder(), 'web.db');
        await build(built, inputs);
        await build(added, inputs.slice(0, split));
        await add(added, inputs.slice(split), split);
        const [expected, actual] = [tablesOf(built), tablesOf(added)];
        // The earliest day of a page whose first capture has no date is not kept.
        if (inputs.flat().some(isUndated)) actual.info['firstCapture'] = expected.info['firstCapture'];
        assert.deepEqual(actual, { ...expected, totals: withoutStale(expected, actual) });
        assert.equal(integrityOf(added), 'ok');
        assert.deepEqual(outOfOrder(added), []);
        links += actual.links.length;
      }),
      { numRuns: 60 },
    );
    console.log(`      ${links} links compared`);
  });
});
