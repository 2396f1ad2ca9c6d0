/** Real documents, every README and CHANGELOG among the installed packages: no difference from micromark in what is found and where. */
import assert from 'node:assert/strict';
import { realDocuments } from './realDocuments.ts';
import { differences, ourSites } from './sites.ts';

/** micromark takes more than proportional time; above this a document would take minutes. */
const LONGEST = 50_000;

describe('Markdown documents of installed packages', () => {
  it('holds what micromark finds in them, with the same ranges', function () {
    this.timeout(120_000);
    let found = 0;
    let documents = 0;
    let left = 0;
    for (const { file, text } of realDocuments()) {
      if (text.length > LONGEST) {
        left++;
        continue;
      }
      assert.deepEqual(differences(text), [], file);
      documents++;
      found += ourSites(text).length;
    }
    console.log(`      ${documents} documents, ${found} finds, 0 differences; ${left} longer than ${LONGEST} characters left out`);
    assert.ok(documents > 100);
  });
});
