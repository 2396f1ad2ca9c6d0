/** Asks a store and the plain reading the same, and tells of the first difference. */
import assert from 'node:assert/strict';
import type { BacklinkStore, IndexInfo, ListQuery } from '../../server/src/linkIndex/store.ts';
import { parseTarget } from '../../server/src/urls/targets.ts';
import { type Backlink, INTERNAL_FILTERS, type InternalFilter, type Target } from '../../shared/backlinks.ts';
import type { ListPage, RowFilter, RowSort } from '../../shared/queries.ts';
import { DAY } from './captures.ts';
import type { NaiveRow, NaiveStore } from './naiveStore.ts';

const signal = new AbortController().signal;

/** Filters that made-up histories are asked with. */
export const FILTERS: readonly RowFilter[] = [
  {},
  { followed: true },
  { followed: false },
  { tag: 'iframe' },
  { tag: 'redirect', status: 'all' },
  { country: 'de' },
  { anchor: 'HER' },
  { anchor: '%' },
  { anchor: '_', status: 'all' },
  { onePerDomain: true },
  { onePerDomain: true, status: 'all', followed: true },
  { status: 'new' },
  { status: 'new', since: '2026-11-02' },
  { status: 'lost' },
  { status: 'lost', since: '2026-11-02' },
  { status: 'all' },
  { status: 'all', since: '2026-11-02' },
  { status: 'live', since: '2026-11-02' },
  { since: '2026-11-02', followed: undefined },
];

/** Domains that made-up histories are asked about: some of theirs, one twice, and one that nobody has met. */
const DOMAINS: readonly string[] = ['b.org', 'a.com', 'school.edu', 'unseen.net', 'b.org'];

/** Counts and unfiltered rows of each target. */
export async function compareAll(store: BacklinkStore, naive: NaiveStore, texts: readonly string[]): Promise<number> {
  const targets = texts.map(target);
  const summaries = await store.summaries(targets, signal);
  const counted = await store.summaries(targets, signal, { lists: false });
  const since = changesSince(await store.info(signal), naive);
  for (const [at, asked] of targets.entries()) {
    for (const internal of INTERNAL_FILTERS) {
      const expected = naive.rows({ target: asked, internal });
      const page = await store.rows({ target: asked, limit: 250, offset: 0, internal }, signal);
      assertSameRows(
        page.rows,
        expected.slice(0, 250).map(({ row }) => row),
        `${asked.id} ${internal}`,
      );
      assert.equal(page.total, expected.length);
    }
    const { anchors, strongest, redirectsTo, ...counts } = naive.summary(asked);
    const summary = summaries[at];
    const changes = naive.changesOf(asked, since);
    for (const [name, value] of Object.entries({ ...counts, ...changes }))
      assert.deepEqual(summary?.[name as keyof typeof counts], value, `${asked.id} ${name}`);
    assert.deepEqual(summary?.strongest, strongest.slice(0, 5), asked.id);
    assert.equal(summary?.redirectsTo?.url ?? null, redirectsTo);
    assert.ok(summary?.topAnchors?.every(({ text, count }) => anchors.get(text) === count));
    anchors.delete(null);
    assert.equal(summary?.topAnchors?.length, Math.min(10, anchors.size));
    assert.equal(summary?.strength?.value ?? null, naive.strength(asked), asked.id);
    assert.equal(await store.strength(asked, signal), naive.strength(asked));
    assert.deepEqual(counted[at], { ...summary, forms: null, topAnchors: null, strongest: null, viaRedirect: null });
  }
  return targets.length * 6;
}

/** The last ninety days, as far as there are captures; null while every page was captured once. */
function changesSince({ recaptured = false, firstCapture, lastCapture }: IndexInfo, naive: NaiveStore): string | null {
  assert.equal(recaptured, naive.recaptured);
  if (!recaptured || firstCapture === null || lastCapture === null) return null;
  return [firstCapture, new Date(Date.parse(lastCapture) - 90 * DAY).toISOString().slice(0, 10)].toSorted()[1] ?? null;
}

/** Filtered rows of each target, at once and page by page. */
export async function compareRows(
  store: BacklinkStore,
  naive: NaiveStore,
  texts: readonly string[],
  filter: RowFilter,
  sort: RowSort,
): Promise<number> {
  for (const asked of texts.map(target)) {
    for (const internal of INTERNAL_FILTERS) {
      const expected = naive.rows({ target: asked, internal, filter, sort });
      const query = { target: asked, internal, filter, sort };
      const page = await store.rows({ ...query, limit: 250, offset: 0 }, signal);
      const message = `${asked.id} ${internal} ${JSON.stringify(filter)} ${sort}`;
      assert.equal(page.total, expected.length, message);
      assertSameRows(
        withTiesInOneOrder(page.rows, expected),
        withTiesInOneOrder(
          expected.map(({ row }) => row),
          expected,
        ),
        message,
      );
      if (filter.onePerDomain === true) assert.deepEqual(sorted(page.more ?? []), sorted(expected.map(({ more }) => more)), message);
      const few = await store.rows({ ...query, limit: 2, offset: 2 }, signal);
      assertSameRows(few.rows, page.rows.slice(2, 4), `${message}, third and fourth`);
      assert.equal(few.generation, page.generation);
    }
  }
  return texts.length * INTERNAL_FILTERS.length * 2;
}

/** The lists that sum a target up, at once and page by page, and what its friends have in common. */
export async function compareLists(store: BacklinkStore, naive: NaiveStore, texts: readonly string[]): Promise<number> {
  const targets = texts.map(target);
  for (const asked of targets) {
    await compareList((query) => store.anchors(query, signal), asked, naive.anchors(asked));
    await compareList((query) => store.referringDomains(query, signal), asked, naive.referringDomains(asked));
    await compareList((query) => store.changes(query, signal), asked, naive.changes(asked));
    const linked = await store.linkedPages({ target: asked, limit: 100, offset: 0 }, signal);
    assert.deepEqual(
      linked.items.map(({ url: _, ...page }) => page),
      naive.linkedPages(asked),
      asked.id,
    );
    assert.deepEqual((await store.strengthSpread(asked, signal)).counts, naive.strengthSpread(asked), asked.id);
    assert.equal(linked.backlinks, naive.summary(asked).backlinks, asked.id);
    const { backlinks: shared } = await store.anchors({ target: asked, limit: 1, offset: 0 }, signal);
    assert.equal(shared, linked.backlinks, asked.id);
    const { generation, ...networks } = await store.networks(asked, signal);
    assert.deepEqual(networks, naive.networks(asked), asked.id);
    assert.deepEqual(await store.eduGov(asked, signal), { ...naive.eduGov(asked), generation }, asked.id);
    const from = await store.linksFrom({ target: asked, domains: DOMAINS }, signal);
    assert.deepEqual(from, { backlinks: naive.linksFrom(asked, DOMAINS), generation }, asked.id);
  }
  const [first, second, third] = targets as [Target, Target, Target];
  for (const [to, butNot] of [
    [[first], []],
    [[first, third], []],
    [[first], [second]],
    [[third], [first, second]],
    [[first, first], [third]],
    [[], [first]],
  ]) {
    const found = await store.intersection({ to: to ?? [], butNot: butNot ?? [], limit: 100, offset: 0 }, signal);
    assert.deepEqual(found.items, naive.intersection({ to: to ?? [], butNot: butNot ?? [] }));
  }
  return targets.length * 13 + 6;
}

async function compareList<T>(read: (query: ListQuery) => Promise<ListPage<T>>, asked: Target, expected: readonly T[]): Promise<void> {
  const { items, total } = await read({ target: asked, limit: 100, offset: 0 });
  assert.deepEqual(items, expected, asked.id);
  assert.equal(total, expected.length);
  assert.deepEqual((await read({ target: asked, limit: 2, offset: 1 })).items, expected.slice(1, 3), asked.id);
}

/** Of links with one position on one page, such as one that is lost and one that stands there now, the id decides: every store has its own. */
function withTiesInOneOrder(rows: readonly Backlink[], expected: readonly NaiveRow[]): Backlink[] {
  const tied = (at: number): boolean => {
    const [one, next] = [expected[at - 1], expected[at]];
    return one !== undefined && next !== undefined && one.sourceKey === next.sourceKey && one.row.position === next.row.position;
  };
  const ordered: Backlink[] = [];
  let group: Backlink[] = [];
  for (const [at, row] of rows.entries()) {
    if (!tied(at)) {
      ordered.push(...inOneOrder(group));
      group = [];
    }
    group.push(row);
  }
  return [...ordered, ...inOneOrder(group)];
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

function inOneOrder(rows: readonly Backlink[]): Backlink[] {
  return rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

export async function readAll(store: BacklinkStore, asked: Target, limit: number, internal: InternalFilter): Promise<Backlink[]> {
  const rows: Backlink[] = [];
  for (;;) {
    const page = await store.rows({ target: asked, limit, offset: rows.length, internal }, signal);
    rows.push(...page.rows);
    if (page.rows.length < limit) return rows;
  }
}

/** Tells of the first row that differs: a difference of thousands of rows helps nobody, and drawing it takes minutes. */
export function assertSameRows(rows: readonly Backlink[], expected: readonly Backlink[], message: string): void {
  assert.equal(rows.length, expected.length, message);
  for (const [at, row] of rows.entries()) assert.deepEqual(row, expected[at], `${message}, row ${at}`);
}

export function target(text: string): Target {
  const parsed = parseTarget(text);
  assert.ok(parsed !== null, text);
  return parsed;
}
