/** How a test run is counted: no silence counts as success. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readOutcome } from '../../scripts/lib/mocha.mjs';
import { addTally, newTally } from '../../scripts/lib/tally.mjs';
import { workbenchUrl } from '../host/harness/workbench.mjs';

describe('scripts: the outcome of a suite', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-outcome-'));
  after(() => fs.rmSync(folder, { recursive: true }));
  const cases = [
    { title: 'tests passed', outcome: { passed: 3, failures: [], skipped: [] }, code: 0, wanted: { passed: 3, failed: 0 } },
    { title: 'one failed', outcome: { passed: 2, failures: ['a > b'], skipped: [] }, code: 1, wanted: { passed: 2, failed: 1 } },
    { title: 'some were skipped', outcome: { passed: 2, failures: [], skipped: ['c'] }, code: 0, wanted: { passed: 2, failed: 0 } },
    { title: 'no test ran', outcome: { passed: 0, failures: [], skipped: ['c'] }, code: 0, wanted: { passed: 0, failed: 1 } },
    { title: 'all passed, then the process broke', outcome: { passed: 3, failures: [], skipped: [] }, code: 7, wanted: { passed: 3, failed: 1 } },
    { title: 'the process died before the end', outcome: null, code: 0, wanted: { passed: 0, failed: 1 } },
  ];
  for (const { title, outcome, code, wanted } of cases) {
    it(title, () => {
      const file = path.join(folder, `${title}.json`);
      if (outcome !== null) fs.writeFileSync(file, JSON.stringify(outcome));
      const tally = readOutcome('unit', file, code);
      assert.deepEqual({ passed: tally.passed, failed: tally.failed }, wanted);
      assert.equal(tally.failures.length, wanted.failed);
      assert.deepEqual(
        tally.skipped,
        (outcome?.skipped ?? []).map((name) => `unit: ${name}`),
      );
    });
  }

  it('adds up over suites', () => {
    const whole = newTally();
    addTally(whole, { passed: 2, failed: 0, skipped: ['s'], failures: [] });
    addTally(whole, { passed: 1, failed: 1, skipped: [], failures: ['f'] });
    assert.deepEqual(whole, { passed: 3, failed: 1, skipped: ['s'], failures: ['f'] });
  });
});

describe('scripts: the address of the workbench', () => {
  it('has the token first and paths that can be read', () => {
    assert.equal(workbenchUrl(80, { folder: '/a b/c&d', token: 't' }), 'http://127.0.0.1:80/?tkn=t&folder=/a%20b/c%26d');
  });

  it('carries the document, the extension and the tests under the authority of the address bar', () => {
    const url = new URL(workbenchUrl(81, { folder: '/w', openFile: '/w/a.md', developmentPath: '/e', tests: '/t' }));
    assert.deepEqual(JSON.parse(url.searchParams.get('payload')), [
      ['openFile', 'vscode-remote://127.0.0.1:81/w/a.md'],
      ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:81/e'],
      ['extensionTestsPath', 'vscode-remote://127.0.0.1:81/t'],
    ]);
  });

  it('writes a Windows folder as VS Code does', () => {
    assert.match(workbenchUrl(80, { folder: 'C:\\w' }), /folder=\/C:\/w$/);
  });
});
