/** Replies that are damaged in one place at a time: whatever comes, a source answers with sound rows and totals, or fails as one of ours. */
import assert from 'node:assert/strict';
import type { SummaryResult } from '../../server/src/sources/source.ts';
import { BacklinkLensError } from '../../server/src/util/errors.ts';
import { type Backlink, LINK_TAGS, type Strength } from '../../shared/backlinks.ts';
import type { WireReply } from './world.ts';

/** What may stand in the place of any value. */
const WRONG: readonly unknown[] = [
  null,
  '',
  'x',
  '-1',
  -1,
  1.5,
  1e300,
  true,
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  '2026-02-30',
  'javascript:alert(1)',
  undefined,
];

/** One damaged reply. */
export interface Damaged {
  readonly reply: WireReply;
  /** Where a value was only taken away: what it said is unknown then, and no zero. */
  readonly lacks: 'absent' | 'null' | 'nothing';
}

/** The reply with one value after the other replaced, or left out; a body that is no JSON is cut at many places instead. */
export function* damaged(good: WireReply): Generator<Damaged> {
  const json = parsed(good.body);
  if (json === undefined) return yield* damagedText(good);
  for (const path of pathsIn(json)) {
    for (const wrong of WRONG) {
      const lacks = wrong === undefined ? 'absent' : wrong === null ? 'null' : 'nothing';
      yield { reply: { ...good, body: JSON.stringify(replaced(json, path, wrong)) ?? '' }, lacks };
    }
  }
}

/** A table of lines and cells: cut at many places, without one line, with one cell wrong. */
function* damagedText(good: WireReply): Generator<Damaged> {
  const { body } = good;
  const as = (text: string, lacks: Damaged['lacks'] = 'nothing'): Damaged => ({ reply: { ...good, body: text }, lacks });
  for (let part = 0; part < 60; part++) yield as(body.slice(0, Math.floor((body.length * part) / 60)));
  const lines = body.split('\n');
  for (const line of lines.keys()) yield as(lines.toSpliced(line, 1).join('\n'));
  const cells = body.split(/([;\r\n]+)/);
  for (const [place, cell] of cells.entries()) {
    if (place % 2 === 1 || cell === '') continue;
    for (const wrong of ['', 'x', '-1', '1.5', '1e300', '2026-02-30', 'a;b', '"', 'javascript:alert(1)']) {
      // What the head names is no value: without its name a column is another one.
      yield as(cells.toSpliced(place, 1, wrong).join(''), wrong === '' && place > (lines[0]?.split(';').length ?? 0) * 2 ? 'absent' : 'nothing');
    }
  }
}

/** Fails where something is 0 in `after` that was more in `before`: what a reply lacks is unknown. Places that are not in both are left out. */
export function noNewZero(before: unknown, after: unknown, path = 'it'): void {
  if (typeof before === 'number' && before > 0) assert.notEqual(after, 0, `${path} is 0`);
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return;
  for (const [name, value] of Object.entries(before)) noNewZero(value, (after as Readonly<Record<string, unknown>>)[name], `${path}.${name}`);
}

/** Runs one question: its answer, or null where it failed as one of ours. Throws for anything else. */
export async function answersOrFails<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch (error) {
    if (!BacklinkLensError.is(error) || error.reason === null) throw error;
    return null;
  }
}

/** Holds a row to what its type and its docstring say. */
export function soundRow(row: Backlink): void {
  const { sourceUrl, targetUrl, title, anchorText, position, tag, nofollow, rel, lost } = row;
  for (const text of [sourceUrl, targetUrl]) assert.ok(typeof text === 'string' && text !== '', `address ${text}`);
  for (const text of [title, row.ip, row.countryCode, row.country, row.city]) assert.ok(text === null || isText(text), `text ${text}`);
  assert.ok(anchorText === null || typeof anchorText === 'string', `anchorText ${anchorText}`);
  for (const count of [row.externalLinks, row.internalLinks, row.totalLinks]) soundCount(count);
  soundStrength(row.strength);
  assert.ok(position === null || (Number.isSafeInteger(position) && position >= 1), `position ${position}`);
  assert.ok(tag === null || LINK_TAGS.includes(tag), `tag ${tag}`);
  assert.ok(nofollow === null || typeof nofollow === 'boolean', `nofollow ${nofollow}`);
  assert.ok(rel === null || (Array.isArray(rel) && rel.every(isText)), `rel ${JSON.stringify(rel)}`);
  for (const day of [row.firstSeen, row.lastSeen, ...(lost === null ? [] : [lost.on])]) soundDay(day);
}

export function soundSummary(result: SummaryResult): void {
  if ('error' in result) {
    assert.ok(BacklinkLensError.is(result.error) && result.error.reason !== null);
    return;
  }
  const { summary } = result;
  for (const count of [summary.backlinks, summary.internalBacklinks, summary.referringPages, summary.referringHosts, summary.referringDomains]) {
    soundCount(count);
  }
  soundStrength(summary.strength);
  soundDay(summary.asOf);
  if (summary.followed !== null) for (const count of [summary.followed.links, summary.followed.of]) soundCount(count);
  for (const form of summary.forms ?? []) soundCount(form.backlinks);
  for (const anchor of summary.topAnchors ?? []) soundCount(anchor.count);
  for (const { row } of summary.strongest ?? []) soundRow(row);
}

export function soundCount(count: number | null): void {
  assert.ok(count === null || (Number.isSafeInteger(count) && count >= 0), `count ${count}`);
}

function soundStrength(strength: Strength | null): void {
  if (strength === null) return;
  const most = strength.basis === 'vendor' ? strength.scale : 10;
  assert.ok(Number.isFinite(strength.value) && strength.value >= 0 && strength.value <= most, `strength ${strength.value}`);
}

function soundDay(day: string | null): void {
  assert.ok(day === null || (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))), `day ${day}`);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

type Path = readonly (string | number)[];

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  // One of each list is enough: the others are read alike.
  const entries = Array.isArray(value) ? value.slice(0, 1).entries() : Object.entries(value);
  for (const [key, inner] of entries) yield* pathsIn(inner, [...path, key]);
}

function replaced(value: unknown, path: Path, wrong: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return wrong;
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? replaced(inner, rest, wrong) : inner));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaced(fields[key], rest, wrong) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
