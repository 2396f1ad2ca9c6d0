/** What is not known is never a problem in a document, for whatever reason: throttling, budgets and outages are the status item's to say. */
import assert from 'node:assert/strict';
import { collectFindings } from '../../../server/src/features/diagnostics/collect.ts';
import type { FailureReason, Known, SkipReason, Summary } from '../../../shared/backlinks.ts';
import { RULES, type RuleCode, type Severity } from '../../../shared/rules.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { INFO, knownLink, NOW, summary } from './samples.ts';

const EVERYTHING_ON = Object.fromEntries(RULES.map(({ code }) => [code, 'warning'])) as Record<RuleCode, Severity>;
const FAILURES: readonly FailureReason[] = ['auth', 'quota', 'throttled', 'offline', 'timeout', 'refused-target', 'bad-reply', 'unavailable'];
const SKIPS: readonly SkipReason[] = ['private', 'reserved', 'ignored', 'budget', 'manual', 'kind', 'no-source'];
const LAST = { value: summary({ backlinks: 0 }), at: NOW };

const failed = (reason: FailureReason, last: typeof LAST | null): Known<Summary> => ({
  state: 'failed',
  reason,
  code: `source.${reason}`,
  message: 'no',
  retryAt: NOW + 40_000,
  last,
});

function rulesSpeaking(page: Known<Summary>): string[] {
  const { links, ...rest } = {
    links: [knownLink({ page, domain: page })],
    page: { reach: null, isStart: false, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    silent: new Set<number>(),
    settings: { ...DEFAULT_SETTINGS, rules: EVERYTHING_ON },
    source: INFO,
    locale: 'en',
  };
  return collectFindings({ links, facts: { language: null, robots: { nofollow: false, noindex: false } }, editorChecksFiles: false, ...rest }).map(
    ({ rule }) => rule,
  );
}

describe('problems in documents, with every rule on', () => {
  const spoken = rulesSpeaking({ state: 'fresh', ...LAST });

  it('are there where something is known', () => {
    assert.ok(spoken.includes('no-backlinks'), spoken.join(', '));
  });

  for (const reason of FAILURES) {
    it(`are none of a look-up that failed (${reason}), and what they were before of what was known`, () => {
      assert.deepEqual(rulesSpeaking(failed(reason, null)), []);
      assert.deepEqual(rulesSpeaking(failed(reason, LAST)), spoken);
    });
  }

  for (const reason of SKIPS) {
    it(`are none of what was not asked for (${reason})`, () => assert.deepEqual(rulesSpeaking({ state: 'skipped', reason }), []));
  }

  for (const known of [{ state: 'unknown' }, { state: 'pending', last: null }] as const) {
    it(`are none of what is ${known.state}`, () => assert.deepEqual(rulesSpeaking(known), []));
  }
});
