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
    ['values out of range', { 'rows.perPage': 7, weakTargetBelow: 11, maxDocumentSize: 0, source: 'ahrefs' }, {}],
    ['an ignore list with other things in it', { ignore: ['a.com', 3, '', null] }, { ignore: ['a.com'] }],
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
