/** Numbers, ages, bars, patterns, generic texts and the status: small pure things, by table. */
import assert from 'node:assert/strict';
import type { SourceHealth } from '../../../server/src/facts/facts.ts';
import { age, bar, count, day, daysSince, share, shortCount } from '../../../server/src/features/format.ts';
import { isBareUrl, isGenericText } from '../../../server/src/features/genericText.ts';
import { hostPattern, ignoredBy, linkPattern } from '../../../server/src/features/ignorePatterns.ts';
import { sourceLine } from '../../../server/src/features/sourceLine.ts';
import { computeStatus, type StatusInput } from '../../../server/src/features/status.ts';
import type { SourceInfo } from '../../../server/src/sources/source.ts';
import { INFO, NOW } from './samples.ts';

describe('numbers and times', () => {
  it('counts, and knows what is not known', () => {
    assert.deepEqual([count(48_210, 'en'), count(0, 'en'), count(null, 'en'), count(1_234_567, 'de')], ['48,210', '0', '–', '1.234.567']);
  });

  it('says large numbers by their first digits', () => {
    const texts = [118_800_000, 118_849_999, 97_000, 7, 1_000_000].map((value) => shortCount(value, 'en').replace('\u00A0', ' '));
    assert.deepEqual(texts, ['118.8 M', '118.8 M', '97 K', '7', '1 M']);
    assert.match(shortCount(118_800_000, 'de'), /^118,8\sMio\.$/);
  });

  const shares: readonly [links: number, of: number, text: string][] = [
    [115, 132, '87%'],
    [132, 132, '100%'],
    [999, 1000, '99%'],
    [1, 1000, '1%'],
    [0, 5, '0%'],
    [0, 0, '–'],
  ];
  for (const [links, of, text] of shares) it(`${links} of ${of} is ${text}`, () => assert.equal(share({ links, of }, 'en'), text));

  it('draws bars of ten', () => {
    assert.deepEqual(
      [0, 0.4, 6.2, 10, 12, -1].map((value) => bar(value)),
      ['▱▱▱▱▱▱▱▱▱▱', '▱▱▱▱▱▱▱▱▱▱', '▰▰▰▰▰▰▱▱▱▱', '▰▰▰▰▰▰▰▰▰▰', '▰▰▰▰▰▰▰▰▰▰', '▱▱▱▱▱▱▱▱▱▱'],
    );
    assert.equal(bar(50, 100), '▰▰▰▰▰▱▱▱▱▱');
  });

  const ages: readonly [milliseconds: number, text: string][] = [
    [-5_000, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 min. ago'],
    [3 * 3_600_000, '3 hr. ago'],
    [49 * 3_600_000, '2 days ago'],
  ];
  for (const [milliseconds, text] of ages) it(`${milliseconds} ms is ${text}`, () => assert.equal(age(NOW - milliseconds, NOW, 'en'), text));

  it('reads ISO days, and leaves what is none as it is', () => {
    assert.deepEqual(
      [day('2026-11-02', 'en'), day('soon', 'en'), daysSince('2026-11-02', NOW), daysSince('2027-01-01', NOW), daysSince('x', NOW)],
      ['Nov 2, 2026', 'soon', 21, null, null],
    );
  });
});

describe('patterns of ignored URLs', () => {
  const url = 'https://staging.example.com/a/b?x=1#y';
  const cases: readonly [pattern: string, matches: boolean][] = [
    ['**/staging.example.com/**', true],
    ['https://staging.example.com/*/b', true],
    ['https://staging.example.com/*', false],
    ['https://staging.example.com/**', true],
    ['**/a/?', true],
    ['staging.example.com', true],
    ['example.com', true],
    ['ample.com', false],
    ['https://staging.example.com/a', true],
    ['staging.example.com/a', true],
    ['staging.example.com/b', false],
    ['**', true],
    ['*', false],
    ['', false],
    [' ', false],
    ['(a+)+$', false],
  ];
  for (const [pattern, matches] of cases)
    it(`${JSON.stringify(pattern)}: ${matches}`, () => assert.equal(ignoredBy(url, [pattern]), matches ? pattern : null));

  it('the patterns of the quick fixes match what they were made from', () => {
    for (const made of [linkPattern(url), hostPattern(url)]) assert.equal(ignoredBy(url, [made]), made);
    assert.equal(ignoredBy('https://staging.example.com/other', [linkPattern(url)]), null);
  });

  it('no pattern takes long', () => {
    assert.equal(ignoredBy(`https://x.org/${'a'.repeat(5_000)}`, [`${'**a*'.repeat(50)}b`]), null);
  });
});

describe('generic texts', () => {
  const generic = ['Click here', ' HERE. ', 'read more…', '» weiterlesen', 'Cliquez ici !', 'más información', '点击这里', 'здесь', '[link]'];
  const telling = ['', 'Install', 'here we go again', 'hierarchy', 'the here document', '12'];
  for (const text of generic) it(`${JSON.stringify(text)} says nothing`, () => assert.equal(isGenericText(text), true));
  for (const text of telling) it(`${JSON.stringify(text)} is not generic`, () => assert.equal(isGenericText(text), false));

  it('knows a bare address', () => {
    assert.deepEqual(
      [
        isBareUrl('https://a.org/x', 'x'),
        isBareUrl('www.a.org', 'x'),
        isBareUrl('a.md', 'a.md'),
        isBareUrl('see https://a.org', 'x'),
        isBareUrl('', ''),
      ],
      [true, true, true, false, false],
    );
  });
});

describe('status', () => {
  const base: StatusInput = {
    health: { state: 'ok' },
    source: INFO,
    known: 598,
    pending: 0,
    total: 611,
    tooLarge: null,
    needsConsent: false,
    now: NOW,
    locale: 'en',
  };
  const problem = (reason: string, code = `source.${reason}`, retryAt: number | null = null): SourceHealth & { state: 'problem' } => ({
    state: 'problem',
    code,
    reason,
    message: `It is ${reason}.`,
    retryAt,
  });
  const cases: readonly [name: string, input: Partial<StatusInput>, state: string, detail: string][] = [
    ['all is known', { known: 611 }, 'ready', '611 of 611 known.'],
    ['nothing to do', { known: 0, total: 0 }, 'ready', 'No links to look up in the open documents.'],
    ['looking up', { pending: 13 }, 'looking-up', 'Looking up 13; 598 of 611 known.'],
    ['too large', { tooLarge: 'Not scanned.' }, 'too-large', 'Not scanned.'],
    [
      'no source',
      { health: { state: 'none' }, source: null },
      'no-source',
      'Backlinks of the open folder only. Choose a source for backlinks from the web.',
    ],
    ['not configured', { health: { state: 'none', message: 'Set the path.' }, source: null }, 'no-source', 'Set the path.'],
    ['consent', { needsConsent: true }, 'needs-consent', 'The chosen source is not asked before you agree to send it addresses of this folder.'],
    [
      'consent comes before a problem',
      { needsConsent: true, health: problem('offline') },
      'needs-consent',
      'The chosen source is not asked before you agree to send it addresses of this folder.',
    ],
    ['throttled', { health: problem('throttled', 'source.throttled', NOW + 40_000) }, 'throttled', 'It is throttled. Asked again in 40 s.'],
    ['offline', { health: problem('offline') }, 'offline', 'It is offline.'],
    ['time-out', { health: problem('timeout') }, 'offline', 'It is timeout.'],
    ['paused', { health: { ...problem('offline', 'source.offline', NOW + 40_000), paused: true } }, 'paused', 'It is offline. Asked again in 40 s.'],
    ["today's budget", { health: problem('budget', 'source.budget') }, 'budget', 'It is budget.'],
    ['key', { health: problem('auth') }, 'needs-key', 'It is auth.'],
    ['quota', { health: problem('quota') }, 'quota', 'It is quota.'],
    ['damaged index', { health: problem('unavailable', 'index.damaged') }, 'index-problem', 'It is unavailable.'],
    ['a problem comes before everything', { health: problem('offline'), tooLarge: 'x', pending: 3 }, 'offline', 'It is offline.'],
  ];
  for (const [name, input, state, detail] of cases) {
    it(name, () => {
      const status = computeStatus({ ...base, ...input });
      assert.deepEqual([status.state, status.detail], [state, detail]);
    });
  }

  it('says how old the oldest answer is, where the source does not date its data', () => {
    const of = (source: SourceInfo) => computeStatus({ ...base, source, oldest: NOW - 3 * 86_400_000 }).source;
    assert.equal(of({ ...INFO, label: 'DataForSEO', pages: null, asOf: null }), 'DataForSEO, oldest answer 3 days ago');
    assert.doesNotMatch(of(INFO), /oldest/);
  });

  const lines: readonly [asOf: string | null, pages: number | null, line: string][] = [
    ['2026-11-02', 5_000, 'Embedded index of 5,000 pages, crawled Nov 2, 2026 (21 days ago)'],
    ['2008-04-30', 94, 'Embedded index of 94 pages, crawled Apr 30, 2008 (18 years ago)'],
    ['2026-11-22', 5_000, 'Embedded index of 5,000 pages, crawled Nov 22, 2026 (1 day ago)'],
    ['2026-11-23', null, 'Embedded index, crawled Nov 23, 2026 (today)'],
    ['2027-01-01', null, 'Embedded index, crawled Jan 1, 2027'],
    [null, null, 'Embedded index'],
  ];
  for (const [asOf, pages, line] of lines) it(line, () => assert.equal(sourceLine({ ...INFO, asOf, pages }, { state: 'ok' }, NOW, 'en'), line));
});
