/**
 * Reading an index of 10,000,000 links (`--pages=1000000`; a tenth by default): rows of pages, hosts and domains, light and heavy, first page
 * and deep, beside a bare prepared statement on the same file and beside DuckDB with the same tables; 1,000 summaries beside one statement
 * of DuckDB.
 */
import path from 'node:path';
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { openDatabase } from '../../server/src/linkIndex/sqlite/driver.ts';
import { openIndex } from '../../server/src/linkIndex/sqlite/openIndex.ts';
import { copyToDuck } from './duck.ts';
import { byTurns, inFolder, inOwnProcess, median, option, verdict } from './measure.ts';
import { type DuckConnection, peer } from './peers.ts';
import { type Scope, scopesOf, targetOf } from './queriesScopes.ts';
import { countsSql, listsSql, rowsSql } from './queriesSql.ts';

const FIRST_PAGE = 50;
const DEEP_PAGE = 250;
const DEEP_OFFSET = 100_000;
/** Asked in one round, so that every reader is as warm as in a running program. */
const QUESTIONS = 20;
const WARM_QUESTIONS = 300;
const pages = option('pages', 100_000);
const rounds = option('rounds', 7);
const passes = option('passes', 3);
const signal = new AbortController().signal;

await inFolder(async (folder) => {
  const given = process.argv.find((argument) => argument.startsWith('--index='))?.slice('--index='.length);
  const index = given ?? path.join(folder, 'web.db');
  if (given === undefined) inOwnProcess(path.join(import.meta.dirname, 'build.ts'), { job: 'ours', pages, out: index });
  const duck = peer('@duckdb/node-api');
  const instance = await duck?.DuckDBInstance.create(path.join(folder, 'web.duckdb'));
  const connection = (await instance?.connect()) ?? null;
  if (connection !== null) await copyToDuck(index, connection);
  await rowFigures(index, connection);
  await summaryFigures(index, connection);
  connection?.closeSync();
  instance?.closeSync();
});

/** One page of one scope, as each pass measured it: milliseconds of ours, of the bare statement, and of DuckDB. */
interface Measured {
  readonly scope: Scope;
  readonly page: Slice;
  readonly timings: (readonly [ours: number, bare: number, theirs: number])[];
}

/** Of several passes (three, or `--passes=5`) the first only warms up, and medians over the others are told. */
async function rowFigures(index: string, connection: DuckConnection | null): Promise<void> {
  const db = openDatabase(databaseOf(index), { readOnly: true });
  const scopes = scopesOf(db);
  await warmUp(index, db, scopes);
  const cases: Measured[] = scopes.flatMap((scope) => slicesOf(scope).map((page) => ({ scope, page, timings: [] })));
  for (let pass = 0; pass < passes; pass++) {
    for (const { scope, page, timings } of cases) timings.push(await rowsFigure(index, db, connection, scope, page));
  }
  db.close();
  const first: Record<string, number> = {};
  for (const { scope, page, timings } of cases) {
    const counted = passes === 1 ? timings : timings.slice(1);
    const of = (which: (timing: Measured['timings'][number]) => number): number => median(counted.map(which));
    const ours = of(([one]) => one);
    const title = `${scope.name}: ${page.limit} rows at ${page.offset} of ${scope.total}`;
    const theirs = of(([, , duck]) => duck);
    const duck = Number.isNaN(theirs) ? '' : `, DuckDB ${theirs.toFixed(1)} ms`;
    const figure = `${ours.toFixed(2)} ms, bare ${of(([, bare]) => bare).toFixed(2)} ms${duck}`;
    verdict(
      `${title}, beside a bare statement`,
      figure,
      of(([one, bare]) => one / bare),
      { most: 1.3 },
    );
    // Deep pages have a target of their own; here the ratio is only told.
    if (duck !== '' && page.limit === FIRST_PAGE)
      verdict(
        `${title}, faster than DuckDB`,
        '',
        of(([one, , other]) => other / one),
        { least: 40 },
      );
    else if (duck !== '') console.log(`        ${title}: ${(theirs / ours).toFixed(1)} times as fast as DuckDB`);
    const start = first[scope.name];
    if (page.limit === DEEP_PAGE && page.offset === 0) first[scope.name] = ours;
    else if (start !== undefined && page.offset > 0) verdict(`${scope.name}: row ${page.offset} beside the first`, '', ours / start, { most: 15 });
  }
}

function slicesOf({ name, total }: Scope): Slice[] {
  const deep = Math.min(DEEP_OFFSET, Math.floor((total * 0.9) / DEEP_PAGE) * DEEP_PAGE);
  const heavy = name.endsWith('heavy');
  return heavy && deep > 0 ? [slice(FIRST_PAGE, 0), slice(DEEP_PAGE, 0), slice(DEEP_PAGE, deep)] : [slice(FIRST_PAGE, 0)];
}

/** What is measured first is not to pay for the compiling of what all share. */
async function warmUp(index: string, db: ReturnType<typeof openDatabase>, scopes: readonly Scope[]): Promise<void> {
  const store = openIndex(index);
  for (const { column, targets, names } of scopes) {
    const bare = db.prepare(rowsSql(column));
    for (const target of repeated(targets, WARM_QUESTIONS)) await store.rows({ target, limit: FIRST_PAGE, offset: 0, internal: 'exclude' }, signal);
    for (const name of repeated(names, WARM_QUESTIONS)) bare.all(name, FIRST_PAGE, 0);
  }
  await store.close();
}

interface Slice {
  readonly limit: number;
  readonly offset: number;
}

function slice(limit: number, offset: number): Slice {
  return { limit, offset };
}

/** One page of rows of each of the scope's targets by each reader; returns the milliseconds a page. */
async function rowsFigure(
  index: string,
  db: ReturnType<typeof openDatabase>,
  connection: DuckConnection | null,
  { column, targets: few, names: fewNames }: Scope,
  { limit, offset }: Slice,
): Promise<Measured['timings'][number]> {
  const [targets, names] = [repeated(few, QUESTIONS), repeated(fewNames, QUESTIONS)];
  const store = openIndex(index);
  const bare = db.prepare(rowsSql(column));
  const inDuck = await connection?.prepare(rowsSql(column));
  const runs = [
    async () => {
      for (const target of targets) await store.rows({ target, limit, offset, internal: 'exclude' }, signal);
    },
    () => {
      for (const asked of names) bare.all(asked, limit, offset);
    },
    async () => {
      for (const asked of names) {
        inDuck?.bind([asked, limit, offset]);
        await inDuck?.runAndReadAll().then((reader) => reader.getRowsJS());
      }
    },
  ];
  const timings = await byTurns(inDuck === undefined ? runs.slice(0, 2) : runs, rounds);
  const [ours = 0, statement = 0, theirs = Number.NaN] = timings.map(({ wall }) => wall / targets.length);
  await store.close();
  return [ours, statement, theirs];
}

function repeated<T>(list: readonly T[], times: number): T[] {
  return Array.from({ length: times }, (_, at) => list[at % list.length] as T);
}

/** 1,000 pages from all over the index, as a list in a report asks for them: counts alone, and with anchors, forms and strongest rows. */
async function summaryFigures(index: string, connection: DuckConnection | null): Promise<void> {
  const db = openDatabase(databaseOf(index), { readOnly: true });
  const { last } = db.prepare('select max(id) as last from page').get() as { last: number };
  const ids = Array.from({ length: 1000 }, (_, at) => 1 + Math.floor((at * last) / 1000));
  const byId = db.prepare('select key from page where id = ?');
  const keys = ids.map((id) => String(byId.get(id)?.['key']));
  db.close();
  const targets = keys.map((key) => targetOf(`https://${key}`));
  const list = `[${keys.map((key) => `'${key.replaceAll("'", "''")}'`).join(', ')}]`;
  const store = openIndex(index);
  for (const [name, lists, sql] of [
    ['counts', false, countsSql],
    ['everything', true, listsSql],
  ] as const) {
    const runs = [() => store.summaries(targets, signal, { lists })];
    const [ours, theirs] = await byTurns(connection === null ? runs : [...runs, async () => await duckRows(connection, sql(list))], rounds);
    const milliseconds = ours?.wall ?? Number.NaN;
    const figure = `${milliseconds.toFixed(1)} ms${theirs === undefined ? '' : `, DuckDB ${theirs.wall.toFixed(1)} ms`}`;
    if (theirs === undefined) console.log(`1,000 summaries, ${name}: ${figure}`);
    else verdict(`1,000 summaries, ${name}: faster than DuckDB`, figure, theirs.wall / milliseconds, { least: 2.5 });
  }
  await store.close();
}

async function duckRows(connection: DuckConnection, sql: string): Promise<readonly unknown[]> {
  return (await connection.runAndReadAll(sql)).getRowsJS();
}
