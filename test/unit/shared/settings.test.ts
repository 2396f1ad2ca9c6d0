/** What the reader of settings makes of anything that an editor or a file may hold. */
import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../../shared/settings.ts';

describe('settings', () => {
  const cases: readonly (readonly [what: string, section: unknown, changed: Partial<Settings>])[] = [
    ['nothing', undefined, {}],
    ['no object', 'index', {}],
    ['nested keys, as an editor has them', { index: { path: ' a.db ' }, rows: { max: 50 } }, { indexPath: 'a.db', maxRows: 50 }],
    ['flat keys, as a file has them', { 'index.path': 'a.db', 'rows.perPage': 25 }, { indexPath: 'a.db', rowsPerPage: 25 }],
    ['wrong types', { source: 1, automatic: 'yes', ignore: 'x', rules: [], languages: 3, 'rows.max': '50' }, {}],
    ['values out of range', { 'rows.perPage': 7, weakTargetBelow: 11, maxDocumentSize: 0, source: 'altavista' }, {}],
    ['an ignore list with other things in it', { ignore: ['a.com', 3, '', null] }, { ignore: ['a.com'] }],
    ['a source of each kind', { source: 'dataforseo' }, { source: 'dataforseo' }],
    [
      'addresses and budgets by source; ids that are none and unreadable values are left out',
      {
        endpoints: { ahrefs: ' https://gateway.links.org ', moz: '', majestic: 7, altavista: 'https://a.org' },
        budget: { perDay: { ahrefs: 500, moz: 0, majestic: -1, semrush: '9', altavista: 3 } },
      },
      { endpoints: { ahrefs: 'https://gateway.links.org' }, budgetPerDay: { ahrefs: 500, moz: 0 } },
    ],
    ['no objects by source', { endpoints: 'https://a.org', 'budget.perDay': 3 }, {}],
    [
      'what is never sent',
      { neverSend: ['**/a/**', 1], caFile: ' /etc/ca.pem ', ranks: { path: 'r.db' } },
      { neverSend: ['**/a/**'], caFile: '/etc/ca.pem', ranksPath: 'r.db' },
    ],
    [
      'one rule',
      { rules: { 'weak-target': 'error', 'no-such-rule': 'error', 'orphan-page': 'loud' } },
      { rules: { ...DEFAULT_SETTINGS.rules, 'weak-target': 'error' } },
    ],
    ['languages: what is no scanner is not scanned', { languages: { vue: 'html', php: null, css: 'style' } }, { languages: { vue: 'html' } }],
  ];
  for (const [what, section, changed] of cases) {
    it(what, () => assert.deepEqual(readSettings(section), { ...DEFAULT_SETTINGS, ...changed }));
  }
});
