/** The next generation of an index that was added to: to the last id what one build from all inputs would have given. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { startAdding } from '../../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { openDatabase } from '../../../server/src/linkIndex/sqlite/driver.ts';
import { regenerate, startGeneration } from '../../../server/src/linkIndex/sqlite/generationWriter.ts';
import { SCHEMA_VERSION } from '../../../server/src/linkIndex/sqlite/schema.ts';
import type { Capture, GenerationWriter } from '../../../server/src/linkIndex/store.ts';
import { pageKey } from '../../../server/src/urls/keys.ts';
import { BacklinkLensError, type ErrorCode } from '../../../server/src/util/errors.ts';
import { anyHistory, anyWeb, gone, link, NOON, page } from '../../store/captures.ts';
import { writeSchemaOne } from './schemaOne.ts';
import { emptyFolders, rowsOf } from './support.ts';
import { tablesOf } from './tables.ts';

const NOWHERE = { countryCode: null, country: null, city: null };
const options = { signal: new AbortController().signal, onPhase() {} };

type Inputs = readonly (readonly Capture[])[];

async function write(writer: GenerationWriter, inputs: Inputs, first: number): Promise<void> {
  for (const [at, captures] of inputs.entries()) {
    const input = writer.beginInput(`input ${first + at}`, 100);
    for (const capture of captures) writer.add(capture, input);
    writer.endInput(input, { note: null, bytes: 100, hash: `hash ${first + at}` });
  }
  await writer.finish(options);
}

/** What the ids say of order: every id of every table whose numbers are not those of texts in the order met. */
function numbersOf(file: string): unknown {
  const db = openDatabase(databaseOf(file), { readOnly: true });
  try {
    const all = (sql: string): unknown[] => db.prepare(sql).all();
    const info: unknown = JSON.parse(String(db.prepare(`select value from meta where key = 'info'`).get()?.['value']));
    assert.ok(typeof info === 'object' && info !== null && 'strength' in info && 'topPages' in info && Array.isArray(info.topPages));
    return JSON.parse(
      JSON.stringify({
        pages: all('select id, key, host, strength from page order by id'),
        hosts: all('select * from host order by id'),
        domains: all('select * from domain order by id'),
        links: all(
          'select l.id, target, target_host, target_domain, state, source, a.text, position, tag, nofollow, first_seen from link l left join anchor a on a.id = l.anchor order by l.id',
        ),
        lost: all('select * from lost order by link'),
        totals: all('select * from total order by kind, key'),
        strength: info.strength,
        // The address of a page that nobody captured is one of the forms that links have, whichever.
        topPages: info.topPages.map(({ url, strength }: { url: string; strength: number }) => [pageKey(url), strength]),
        check: all('pragma integrity_check'),
      }),
    );
  } finally {
    db.close();
  }
}

describe('the next generation of an index', () => {
  const folder = emptyFolders('regenerate');
  const build = (out: string, inputs: Inputs): Promise<void> =>
    write(
      startGeneration(out, () => NOWHERE, NOON),
      inputs,
      0,
    );
  const add = (out: string, inputs: Inputs, first: number): Promise<void> =>
    write(
      startAdding(out, () => NOWHERE),
      inputs,
      first,
    );

  const same = (actual: string, expected: string): void => {
    assert.deepEqual(tablesOf(actual), tablesOf(expected));
    assert.deepEqual(numbersOf(actual), numbersOf(expected));
  };

  for (const [name, web] of [
    ['webs', anyWeb],
    ['histories', anyHistory],
  ] as const) {
    it(`gives back what was built, to the last number: ${name}`, async function () {
      this.timeout(180_000);
      await fc.assert(
        fc.asyncProperty(web, web, async (first, second) => {
          const once = path.join(folder(), 'web.db');
          const again = path.join(folder(), 'web.db');
          await build(once, [first, second]);
          await build(again, [first, second]);
          await regenerate(again, NOON, options);
          same(again, once);
        }),
        { numRuns: 40 },
      );
    });

    it(`gives after additions what one build would have given: ${name}`, async function () {
      this.timeout(180_000);
      await fc.assert(
        fc.asyncProperty(web, web, web, async (first, second, third) => {
          const once = path.join(folder(), 'web.db');
          const added = path.join(folder(), 'web.db');
          await build(once, [first, second, third]);
          await build(added, [first]);
          await add(added, [second, third], 1);
          await regenerate(added, NOON, options);
          same(added, once);
        }),
        { numRuns: 40 },
      );
    });
  }

  it('keeps totals with details, and takes the place of the generation before', async () => {
    const out = path.join(folder(), 'web.db');
    const crowd = Array.from({ length: 1500 }, (_, at) => page(`https://s${at % 40}.org/${at}`, ['https://a.com/', link('https://a.com/x')]));
    await build(out, [crowd]);
    const before = numbersOf(out);
    const generation = databaseOf(out);
    const info = await regenerate(out, NOON, options);
    assert.deepEqual(numbersOf(out), before);
    assert.notEqual(databaseOf(out), generation);
    assert.equal(info.inputs[0]?.name, 'input 0');
    assert.equal((await rowsOf(out, 'a.com')).total, 3000);
    assert.equal(readdirSync(path.dirname(out)).length, 2);
  });

  it('leaves everything as it was when it is stopped', async () => {
    const out = path.join(folder(), 'web.db');
    await build(out, [[page('https://b.org/', ['https://a.com/']), gone('https://c.net/', 404)]]);
    const abort = new AbortController();
    const stopped = regenerate(out, NOON, { signal: abort.signal, onPhase: (phase) => phase === 'writing' && abort.abort() });
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.equal((await rowsOf(out, 'a.com')).total, 1);
    assert.equal(readdirSync(path.dirname(out)).length, 2);
    await regenerate(out, NOON, options);
  });

  it('is made of an index of schema 1 as well', async () => {
    const out = writeSchemaOne(folder());
    const info = await regenerate(out, NOON, options);
    assert.equal(info.schema, SCHEMA_VERSION);
    assert.ok(info.links > 0);
    assert.equal((await rowsOf(out, 'a.com')).generation, info.generation);
  });

  it('says what is wrong with what it cannot be made of, and leaves nothing behind', async () => {
    const cases: readonly (readonly [ErrorCode, (out: string) => Promise<void> | void])[] = [
      ['index.missing', () => {}],
      ['usage.invalid', (out) => writeFileSync(out, 'a letter')],
      ['index.damaged', (out) => writeFileSync(out, '{"backlinkLensIndex":1,"generation":"g","file":"web.db.g000009"}')],
      [
        'index.damaged',
        async (out) => {
          await build(out, [[page('https://b.org/', ['https://a.com/'])]]);
          writeFileSync(databaseOf(out), Buffer.alloc(8192, 0xa5));
        },
      ],
    ];
    for (const [code, make] of cases) {
      const out = path.join(folder(), 'web.db');
      await make(out);
      const before = readdirSync(path.dirname(out));
      await assert.rejects(regenerate(out, NOON, options), (error) => BacklinkLensError.is(error, code), code);
      assert.deepEqual(readdirSync(path.dirname(out)), before);
    }
  });
});
