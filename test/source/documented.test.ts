/** Every source: in the registry, in a folder of its own, in the one suite, and in docs/sources.md as it says of itself. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSource } from '../../server/src/sources/registry.ts';
import type { SourceCapabilities } from '../../server/src/sources/source.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { PAGE_LIMITS } from '../../shared/backlinks.ts';
import { readSettings } from '../../shared/settings.ts';
import { isVendor, SOURCE_IDS, SOURCES, type SourceId } from '../../shared/sources.ts';
import { codeOf, filesBelow, root, textOf } from '../support/tree.ts';
import { COLUMNS, cellsOf } from './sourceTable.ts';

const IDS = SOURCE_IDS.filter((id) => id !== 'none');
const VENDORS = SOURCE_IDS.filter(isVendor);

/** All that a setting can want, so that each source can be made; none is asked anything. */
const SETTINGS = { 'index.path': '/web.db', 'ranks.path': '/ranks.db', 'searchmetrics.endpoint': 'https://links.service.com' };

function capabilitiesOf(id: SourceId): SourceCapabilities {
  const source = createSource(readSettings({ ...SETTINGS, source: id }), {
    transport: { request: () => assert.fail('nothing is sent'), close: async () => {} },
    credentials: {},
    openIndex: () => assert.fail('nothing is opened'),
    log: silentLog,
    clock: () => 0,
  });
  assert.ok(source !== null, `${id} is in no registry`);
  return source.capabilities;
}

describe('each source', () => {
  for (const id of IDS) {
    it(`${id} is made by the registry under its name, with possible capabilities`, () => {
      const can = capabilitiesOf(id);
      assert.equal(can.id, id);
      assert.equal(can.remote, isVendor(id) || id === 'searchmetrics');
      assert.ok(Number.isSafeInteger(can.summaryBatch) && can.summaryBatch >= 1);
      assert.ok(can.targetKinds.includes('domain'));
      assert.ok(can.pageLimits.length === 0 || can.pageLimits === PAGE_LIMITS);
      assert.equal(can.fields.length === 0, can.pageLimits.length === 0);
      assert.equal(new Set(can.fields).size, can.fields.length);
      if (can.fields.length > 0) for (const field of ['sourceUrl', 'targetUrl'] as const) assert.ok(can.fields.includes(field));
      if (can.cost !== null) for (const amount of Object.values(can.cost)) assert.ok(typeof amount === 'string' || amount >= 0);
      if (can.rate !== null) assert.ok(can.rate.calls >= 1 && can.rate.milliseconds >= 1);
    });
  }

  it('has a folder of its own, and no folder is without a source', () => {
    const folders = readdirSync(path.join(root, 'server/src/sources'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), [...IDS].sort());
  });

  it('is held to the one suite', () => {
    for (const id of VENDORS) {
      const file = path.join(root, `test/source/${id}/${id}.test.ts`);
      assert.ok(existsSync(file) && /\bdescribeVendor\(/.test(readFileSync(file, 'utf8')), `${id} has no describeVendor`);
    }
  });

  it('of a vendor is named in its folder and the registry, and nowhere else in the server', () => {
    const named = filesBelow('server/src', /\.ts$/).flatMap((file) => {
      const own = VENDORS.find((id) => file.startsWith(`server/src/sources/${id}/`));
      if (file === 'server/src/sources/registry.ts') return [];
      const code = codeOf(file);
      return VENDORS.filter((id) => id !== own && new RegExp(`['"\`/]${id}['"\`/]`).test(code)).map((id) => `${file} names ${id}`);
    });
    assert.deepEqual(named, []);
  });
});

describe('docs/sources.md', () => {
  const lines = textOf('docs/sources.md').split('\n');
  const rows = lines
    .filter((line) => line.startsWith('|') && !/^\|[-| ]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const [head, ...table] = rows;

  it('has one table, with a row for each source in the order of the picker', () => {
    assert.deepEqual(head, COLUMNS);
    assert.deepEqual(
      table.map(([label, id]) => [label, id]),
      IDS.map((id) => [SOURCES[id].label, `\`${id}\``]),
    );
  });

  for (const [index, id] of IDS.entries()) {
    it(`says of ${id} what it says of itself, and what is guarded against`, () => {
      const cells = table[index] ?? [];
      assert.deepEqual(cells.slice(0, -1), cellsOf(capabilitiesOf(id)));
      assert.notEqual(cells.at(-1) ?? '', '');
    });
  }

  it('tells why a source is experimental', () => {
    const text = lines.join('\n');
    for (const id of IDS.filter((candidate) => capabilitiesOf(candidate).experimental)) {
      assert.ok(text.includes(`\n* **${SOURCES[id].label}**: `), `nothing is said of what is not confirmed of ${id}`);
    }
  });
});
