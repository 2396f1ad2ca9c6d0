/** The hosts and domains of pages: the same answers whether pages are read one by one or all at once, and however the data change. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { startAdding } from '../../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { openReadOnly } from '../../../server/src/linkIndex/sqlite/openReadOnly.ts';
import { PageSites } from '../../../server/src/linkIndex/sqlite/pageSites.ts';
import { ADDED_FROM } from '../../../server/src/linkIndex/sqlite/schema.ts';
import { Statements } from '../../../server/src/linkIndex/sqlite/statements.ts';
import { page } from '../../store/captures.ts';
import { builtFrom } from './builtFrom.ts';
import { emptyFolders } from './support.ts';

const PAGES = 12_000;

describe('hosts and domains of pages', function () {
  this.timeout(60_000);
  const emptyFolder = emptyFolders('page-sites');
  let file = '';

  before(async () => {
    const captures = Array.from({ length: PAGES }, (_, at) => page(`https://h${at % 700}.site${at % 90}.org/${at}`, []));
    file = await builtFrom(path.join(emptyFolder()), captures);
    const writer = startAdding(file, () => ({ countryCode: null, country: null, city: null }));
    const input = writer.beginInput('more', 0);
    for (let at = 0; at < 50; at++) writer.add(page(`https://${at % 2 === 0 ? 'new' : 'h1'}.site${at}.org/added${at}`, []), input);
    writer.endInput(input, { note: null, bytes: 0, hash: null });
    await writer.finish({ signal: new AbortController().signal, onPhase() {} });
  });

  it('are those that a join gives, asked for in small numbers, in large ones, and in small ones again', () => {
    const db = openReadOnly(databaseOf(file));
    const statements = new Statements(db);
    const expected = new Map(
      statements
        .values('select p.id, h.id, h.domain from page p join host h on h.id = p.host')
        .map(([id, host, domain]) => [Number(id), { host: Number(host), domain: Number(domain) }]),
    );
    const all = [...expected.keys()];
    assert.ok(all.filter((id) => id >= ADDED_FROM).length === 50 && all.length === PAGES + 50);
    const sites = new PageSites(statements);
    for (const asked of [all.slice(-60), all.slice(0, 7), [], all, all.slice(100, 130), all.slice(-3)]) {
      sites.prepare(new Set(asked));
      for (const id of asked) assert.deepEqual({ ...sites.siteOf(id) }, expected.get(id), String(id));
      sites.forgetAdded();
    }
    sites.prepare(new Set(all));
    for (const id of all) assert.deepEqual({ ...sites.siteOf(id) }, expected.get(id), String(id));
    db.close();
  });
});
