import assert from 'node:assert/strict';
import { statusWords, treeMessage } from '../../../client/src/statusWords.ts';
import type { Status, StatusState } from '../../../shared/protocol.ts';
import type { Usage } from '../../../shared/spending.ts';
import { words } from './support/samples.ts';

const status = (state: StatusState, known = 0, total = 0): Status => ({
  state,
  known,
  total,
  detail: 'Why.',
  source: 'index',
  usage: null,
  retryAt: null,
});

describe('status item', () => {
  const cases: [Status, string, 'information' | 'warning', boolean, string | undefined][] = [
    [status('ready', 598, 611), '598 of 611 known', 'information', false, 'backlinkLens.createReport'],
    [status('ready', 1284, 1284), '1,284 known', 'information', false, 'backlinkLens.createReport'],
    [status('ready'), 'no links to look up', 'information', false, 'backlinkLens.createReport'],
    [status('looking-up', 598, 611), 'looking up 13', 'information', true, 'backlinkLens.createReport'],
    [status('throttled'), 'asked to wait', 'information', false, 'backlinkLens.showLog'],
    [status('paused'), 'source does not answer, asked again later', 'information', false, 'backlinkLens.showLog'],
    [status('offline'), 'offline, showing what is known', 'information', false, 'backlinkLens.showLog'],
    [status('needs-key'), 'API key needed', 'warning', false, 'backlinkLens.setKey'],
    [status('needs-consent'), 'source not allowed yet', 'warning', false, 'backlinkLens.allowSending'],
    [status('budget'), "today's budget is used up", 'information', false, 'backlinkLens.showUsage'],
    [status('quota'), 'the account at the source is used up', 'information', false, 'backlinkLens.showUsage'],
    [status('index-problem'), 'index cannot be read', 'warning', false, 'backlinkLens.chooseIndex'],
    [status('no-source'), 'this folder only', 'information', false, 'backlinkLens.chooseSource'],
    [status('too-large'), 'document too large', 'information', false, 'backlinkLens.openSizeSetting'],
  ];
  for (const [given, text, severity, busy, command] of cases) {
    it(`${given.state} ${given.known}/${given.total}: ${text}`, () => {
      const shown = statusWords(given, words);
      assert.deepEqual([shown.text, shown.severity, shown.busy, shown.action?.command], [text, severity, busy, command]);
    });
  }

  it('says where facts come from while all is well, and what to do otherwise', () => {
    assert.equal(statusWords(status('ready'), words).detail, 'index');
    assert.equal(statusWords(status('offline'), words).detail, 'Why.');
  });

  it('says until when a source is left alone', () => {
    const at = Date.UTC(2026, 10, 23, 12, 30, 5);
    assert.match(statusWords({ ...status('throttled'), retryAt: at }, words).text, /^asked to wait until \d{1,2}:30:05\s[AP]M$/);
    assert.match(statusWords({ ...status('paused'), retryAt: at }, words).text, /^source does not answer, asked again at \d{1,2}:30:05\s[AP]M$/);
  });

  it('says what is left of the budget beside the source, or what today has cost', () => {
    const usage = (parts: Partial<Usage>): Usage => ({
      source: { id: 'dataforseo', label: 'DataForSEO', remote: true },
      unit: 'USD',
      free: false,
      perLink: 0.02,
      today: { calls: 7, rows: 0, amount: 0.16 },
      session: { calls: 7, rows: 0, amount: 0.16 },
      budget: null,
      balance: null,
      ...parts,
    });
    const detail = (parts: Partial<Usage>) => statusWords({ ...status('ready', 1, 1), usage: usage(parts) }, words).detail;
    assert.equal(detail({}), 'index · 7 calls, $0.16 today');
    assert.equal(detail({ budget: { perDay: 5, left: 4.84 } }), 'index · $4.84 of $5.00 left today');
    assert.equal(detail({ today: { calls: 0, rows: 0, amount: 0 } }), 'index');
    assert.equal(detail({ source: { id: 'index', label: 'Index', remote: false } }), 'index');
  });

  it('puts a line above the tree only where there is something to do or to know', () => {
    const shown = cases.map(([given]) => given.state).filter((state) => treeMessage(state, 'Why.') !== '');
    assert.deepEqual(shown, ['throttled', 'paused', 'offline', 'needs-key', 'needs-consent', 'budget', 'quota', 'index-problem']);
  });
});
