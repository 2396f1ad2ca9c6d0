/** What captures of one page say of its links: new, kept, lost, back again. Checked case by case, and against a plain reading over whole lists. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldCapture, type LinkRules, type PageCapture, type PageHistory } from '../../../server/src/linkIndex/history.ts';

type Capture = PageCapture<string>;
type ContentCapture = Exclude<Capture, { kind: 'unchanged' }>;

const page = (at: number | null, links: string, marks: { noindex?: boolean; canonicalised?: boolean; truncated?: boolean } = {}): Capture => ({
  kind: 'page',
  at,
  links: links.split(''),
  noindex: false,
  canonicalised: false,
  truncated: false,
  ...marks,
});
const cut = (at: number | null, links: string, marks: { noindex?: boolean } = {}): Capture => page(at, links, { ...marks, truncated: true });
const redirect = (at: number | null): Capture => ({ kind: 'redirect', at, links: ['>'] });
const gone = (at: number | null): Capture => ({ kind: 'gone', at });
const unchanged = (at: number | null): Capture => ({ kind: 'unchanged', at });

/** A link is one letter; a position that it was moved to stands behind it. */
const RULES: LinkRules<string> = { identityOf: (link) => link.slice(0, 1), movedTo: (link, position) => `${link.slice(0, 1)}#${position}` };

function fold(captures: readonly Capture[]): PageHistory<string> | null {
  let history: PageHistory<string> | null = null;
  for (const capture of captures) history = foldCapture(history, capture, RULES);
  return history;
}

/** `a` live since the first capture, `b@5` since a time, `-c:removed@7(5)` lost at 7 and last seen at 5. */
function told(history: PageHistory<string> | null): string {
  if (history === null) return 'unknown';
  const seen = ({ link, firstSeen }: { link: string; firstSeen: number | null }): string => (firstSeen === null ? link : `${link}@${firstSeen}`);
  const lost = history.lost.map((link) => `-${seen(link)}:${link.reason}@${link.on}(${link.lastSeen ?? ''})`);
  return [`${history.firstCaptured ?? ''}..${history.captured ?? ''}`, ...history.live.map(seen), ...lost].join(' ');
}

const CASES: readonly (readonly [says: string, captures: readonly Capture[], expected: string])[] = [
  ['a first capture is the baseline', [page(1, 'ab')], '1..1 a b'],
  ['a kept link stays as old as it was, a new one is new, one that is missing is lost', [page(1, 'ab'), page(5, 'bc')], '1..5 b c@5 -a:removed@5(1)'],
  ['a lost link that is back is live again, as old as before', [page(1, 'ab'), page(5, 'b'), page(9, 'ba')], '1..9 b a'],
  ['of equal links the first stays', [page(1, 'aaa'), page(5, 'a')], '1..5 a -a:removed@5(1) -a:removed@5(1)'],
  ['of equal links the second is new', [page(1, 'a'), page(5, 'aa')], '1..5 a a@5'],
  ['a lost second one is back before a third is new', [page(1, 'aa'), page(3, 'a'), page(5, 'aaa')], '1..5 a a a@5'],
  ['404 loses all', [page(1, 'ab'), gone(5)], '1..5 -a:gone@5(1) -b:gone@5(1)'],
  ['a redirect loses all and is a link itself', [page(1, 'a'), redirect(5)], '1..5 >@5 -a:redirected@5(1)'],
  ['a page where a redirect was', [redirect(1), page(5, 'a')], '1..5 a@5 ->:removed@5(1)'],
  ['a page that was gone at first: all of it is new', [gone(1), page(5, 'a')], '1..5 a@5'],
  ['noindex from the start is no loss', [page(1, 'a', { noindex: true }), page(5, 'ab', { noindex: true })], '1..5 a b@5'],
  ['turning noindex loses all, and nothing is new', [page(1, 'a'), page(5, 'ab', { noindex: true })], '1..5 -a:noindex@5(1)'],
  ['it stays lost while it is noindex', [page(1, 'a'), page(5, 'a', { noindex: true }), page(9, 'ab', { noindex: true })], '1..9 -a:noindex@5(1)'],
  ['and comes back after', [page(1, 'a'), page(5, 'ab', { noindex: true }), page(9, 'ab')], '1..9 a b@9'],
  ['canonicalised away', [page(1, 'a'), page(5, 'a', { canonicalised: true })], '1..5 -a:canonicalised@5(1)'],
  ['gone, then back as noindex: stays as it was lost', [page(1, 'a'), gone(5), page(9, 'ab', { noindex: true })], '1..9 -a:gone@5(1)'],
  ['unchanged moves the date', [page(1, 'a'), unchanged(5), page(9, '')], '1..9 -a:removed@9(5)'],
  ['unchanged of a page never captured says nothing', [unchanged(1)], 'unknown'],
  ['unchanged and older says nothing', [page(5, 'a'), unchanged(1), unchanged(null)], '5..5 a'],
  ['without a date is older than any date', [page(null, 'ab'), page(5, 'bc')], '..5 b c@5 -a:removed@5()'],
  ['of equally old ones the last wins', [page(5, 'ab'), page(5, 'bc')], '5..5 b c'],
  ['of undated ones the last wins', [page(null, 'ab'), page(null, 'bc')], '.. b c'],
  ['of equally old ones what was older is lost', [page(1, 'a'), page(5, 'ab'), page(5, 'c')], '1..5 c@5 -a:removed@5(5)'],
  ['an older one only lowers', [page(5, 'ab'), page(1, 'bc')], '1..5 a@5 b'],
  ['an older one in between', [page(1, 'a'), page(9, 'abc'), page(5, 'bd')], '1..9 a b@5 c@9'],
  ['an older one lowers lost links too', [page(3, 'a'), page(5, 'b'), page(1, 'ba')], '1..5 b -a:removed@5(3)'],
  ['an older one that was gone makes all new', [page(5, 'a'), gone(1)], '1..5 a@5'],
  ['of a capture cut short what is missing stays, behind what it has', [page(1, 'abcd'), cut(5, 'bx')], '1..5 b x@5 a#3 c#4 d#5'],
  ['what stands behind a cut is lost by a whole capture only', [page(1, 'ab'), cut(5, 'a'), page(9, 'ac')], '1..9 a c@9 -b#2:removed@9(5)'],
  ['one cut short brings lost links back', [page(1, 'ab'), page(5, 'b'), cut(9, 'a')], '1..9 a b#2'],
  ['of equal links the first ones stand before a cut', [page(1, 'aaa'), cut(5, 'a')], '1..5 a a#2 a#3'],
  ['one cut short of the same time takes nothing away', [page(5, 'ab'), cut(5, 'a')], '5..5 a b#2'],
  ['a whole one of the same time replaces it', [cut(5, 'ab'), page(5, 'b')], '5..5 b'],
  ['cut twice', [page(1, 'abc'), cut(5, 'ab'), cut(9, 'a')], '1..9 a b#2 c#3'],
  ['noindex before the cut loses all', [page(1, 'ab'), cut(5, 'a', { noindex: true })], '1..5 -a:noindex@5(1) -b:noindex@5(1)'],
  ['an older one cut short only lowers', [page(5, 'ab'), cut(1, 'a')], '1..5 a b@5'],
  ['cut before its first link', [page(1, 'ab'), cut(5, '')], '1..5 a#1 b#2'],
  ['an undated one is older', [page(5, 'ab'), page(null, 'a')], '..5 a b@5'],
];

/** The rules over a whole list in time order, no two of one time: for each link, the captures that had it. */
function plain(captures: readonly Capture[]): string {
  const known = captures.slice(captures.findIndex(({ kind }) => kind !== 'unchanged'));
  if (!captures.some(({ kind }) => kind !== 'unchanged')) return 'unknown';
  const contents: { at: number | null; had: ReadonlySet<string>; reason: string }[] = [];
  for (const [place, capture] of known.entries()) {
    const before = known.slice(0, place).filter((one): one is ContentCapture => one.kind !== 'unchanged');
    const last = contents.at(-1);
    if (capture.kind === 'unchanged') contents.push({ at: capture.at, had: last?.had ?? new Set(), reason: '' });
    else contents.push({ at: capture.at, ...plainContent(capture, before) });
  }
  const [first] = contents;
  const latest = contents.at(-1);
  const all = new Set(contents.flatMap(({ had }) => [...had]));
  const lines = Array.from(all, (name) => {
    const having = contents.filter(({ had }) => had.has(name));
    const from = having[0] === first ? '' : `@${having[0]?.at}`;
    const link = `${name[0]}${from}`;
    if (latest?.had.has(name)) return link;
    const lastSeen = having.at(-1);
    const loss = contents[contents.findLastIndex(({ had }) => had.has(name)) + 1];
    return `-${link}:${loss?.reason}@${loss?.at}(${lastSeen?.at ?? ''})`;
  });
  return [`${first?.at ?? ''}..${latest?.at ?? ''}`, ...lines.sort()].join(' ');
}

function plainContent(capture: ContentCapture, before: readonly ContentCapture[]): { had: ReadonlySet<string>; reason: string } {
  if (capture.kind === 'gone') return { had: new Set(), reason: 'gone' };
  if (capture.kind === 'redirect') return { had: named(capture.links), reason: 'redirected' };
  if (capture.noindex && before.some((one) => one.kind !== 'page' || !one.noindex)) return { had: new Set(), reason: 'noindex' };
  if (capture.canonicalised && before.some((one) => one.kind !== 'page' || !one.canonicalised)) return { had: new Set(), reason: 'canonicalised' };
  return { had: named(capture.links), reason: 'removed' };
}

/** Each occurrence by its name and which of the equal ones it is. */
function named(links: readonly string[]): Set<string> {
  return new Set(links.map((link, place) => `${link}${links.slice(0, place).filter((other) => other === link).length}`));
}

const sorted = (line: string): string => {
  const [dates = '', ...links] = line.split(' ');
  return [dates, ...links.sort()].join(' ');
};

type Content = { readonly links: string; readonly noindex: boolean; readonly canonicalised: boolean } | 'redirect' | 'gone' | 'unchanged';
const content: fc.Arbitrary<Content> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      links: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 }),
      noindex: fc.boolean(),
      canonicalised: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 }).map((links) => ({ links, noindex: false, canonicalised: false })),
  },
  { weight: 1, arbitrary: fc.constantFrom('redirect' as const, 'gone' as const) },
  { weight: 2, arbitrary: fc.constant('unchanged' as const) },
);
const captureAt = (at: number | null, what: Content): Capture => {
  if (typeof what === 'object') return page(at, what.links, { noindex: what.noindex, canonicalised: what.canonicalised });
  return { redirect, gone, unchanged }[what](at);
};
const anyCaptures = fc.array(content, { minLength: 1, maxLength: 8 });

describe('history of a page', () => {
  for (const [says, captures, expected] of CASES) it(says, () => assert.equal(told(fold(captures)), expected));

  it('agrees with a plain reading of captures in time order', () => {
    fc.assert(
      fc.property(anyCaptures, fc.boolean(), (contents, undated) => {
        const captures = contents.map((what, place) => captureAt(undated && place === 0 ? null : place + 1, what));
        assert.equal(sorted(told(fold(captures))), plain(captures));
      }),
      { numRuns: 2000 },
    );
  });

  it('lets an older capture change nothing but first dates, and those only downwards', () => {
    const late = 100;
    fc.assert(
      fc.property(anyCaptures, content, fc.option(fc.integer({ min: 0, max: late - 1 })), (contents, what, at) => {
        const captures = contents.map((one, place) => captureAt(late - 50 + place * 10, one));
        const before = fold(captures);
        fc.pre(before !== null && (at ?? -1) < (before.captured ?? -1));
        const older = captureAt(at, what);
        const after = foldCapture(before, older, RULES);
        assert.ok(before !== null && after !== null);
        const withoutDates = ({ live, lost, ...rest }: PageHistory<string>): unknown => ({
          ...rest,
          firstCaptured: 0,
          live: live.map(({ link }) => link),
          lost: lost.map(({ link, on, reason, lastSeen }) => [link, on, reason, lastSeen]),
        });
        assert.deepEqual(withoutDates(after), withoutDates(before));
        if (older.kind === 'unchanged') return assert.equal(after, before);
        const time = (one: number | null): number => one ?? Number.NEGATIVE_INFINITY;
        assert.equal(time(after.firstCaptured), Math.min(time(before.firstCaptured), time(at)));
        const had = named('links' in older ? older.links : []);
        for (const side of ['live', 'lost'] as const) {
          for (const [place, seen] of before[side].entries()) {
            const wasSince = time(seen.firstSeen ?? before.firstCaptured);
            const isSince = time(after[side][place]?.firstSeen ?? after.firstCaptured);
            const equalBefore = [...before.live, ...before.lost].filter(({ link }) => link === seen.link).indexOf(seen);
            assert.equal(isSince, had.has(`${seen.link}${equalBefore}`) ? Math.min(wasSince, time(at)) : wasSince);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a thousand equal links without minding', () => {
    const many = 'a'.repeat(20_000);
    const history = fold([page(1, many), page(2, `${many}b`), page(3, '')]);
    assert.equal(history?.lost.length, 20_001);
  });
});
