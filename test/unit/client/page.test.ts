/** The pure parts of the service's page: its address, its CSV, texts of strangers, and what failures mean. */
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { csvCell, csvName } from '../../../client/src/browser/csv.ts';
import { failureKind, readRetryAfter } from '../../../client/src/browser/failure.ts';
import { plain } from '../../../client/src/browser/plain.ts';
import { addressOf, type Question, questionOf, readQuestion } from '../../../client/src/browser/question.ts';
import { addressOfTarget, isWebAddress } from '../../../client/src/browser/safeLink.ts';
import { cellText } from '../../../server/src/linkIndex/ingest/csv/cells.ts';
import { INTERNAL_FILTERS, LINK_TAGS, PAGE_LIMITS } from '../../../shared/backlinks.ts';
import { ROW_SORTS, ROW_STATUSES } from '../../../shared/queries.ts';

const question: fc.Arbitrary<Question> = fc.record(
  {
    url: fc.string({ minLength: 1 }).filter((url) => url.trim() === url && url !== ''),
    view: fc.constantFrom('rows', 'domains', 'texts', 'pages'),
    limit: fc.constantFrom(...PAGE_LIMITS),
    offset: fc.nat(1000).map((times) => times * 10),
    sort: fc.constantFrom(...ROW_SORTS),
    internal: fc.constantFrom(...INTERNAL_FILTERS),
    status: fc.constantFrom(...ROW_STATUSES),
    followed: fc.constantFrom(true, false, null),
    tag: fc.constantFrom(null, ...LINK_TAGS),
    country: fc.constantFrom(null, 'DE', 'US'),
    anchor: fc.option(fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '')),
    onePerDomain: fc.boolean(),
  },
  { noNullPrototype: true },
);

describe('page of the service: its address', () => {
  it('says every question, and reads it again', () => {
    fc.assert(fc.property(question, (one) => assert.deepEqual(readQuestion(addressOf(one)), one)));
  });

  it('is short where everything is as usual', () => {
    assert.equal(addressOf(questionOf('https://example.com/a')), '?url=https://example.com/a');
    assert.equal(readQuestion('?offset=25'), null);
  });
});

describe('page of the service: texts and cells', () => {
  it('texts keep no controls, no directions, and an end', () => {
    assert.equal(plain('a\u202eb\u0000\nc\u2066 d'), 'a b c d');
    assert.equal(Array.from(plain('x'.repeat(5000))).length, 301);
    assert.equal(plain('\u200b \u200e'), '');
    assert.equal(plain('👩‍👧 मराठी'), '👩‍👧 मराठी');
  });

  for (const [text, cell] of [
    ['plain', 'plain'],
    ['a,b "c"', '"a,b ""c"""'],
    ['=1+1', "'=1+1"],
    ['  =1+1', "'  =1+1"],
    ['"=1+1', `"'""=1+1"`],
    ['@cmd', "'@cmd"],
    ['-2', "'-2"],
    ['\tx', `"'\tx"`],
    ['two\r\nlines', '"two\r\nlines"'],
  ] as const) {
    it(`${JSON.stringify(text)} becomes ${JSON.stringify(cell)}`, () => assert.equal(csvCell(text), cell));
  }

  it('whatever a text is, its cell is one cell, and no formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '"', ',', '\r', '\n', ' ', "'", 'a') }), (text) => {
        const [[cell = '', last = ''] = []] = parse(`${csvCell(text)},end\r\n`);
        assert.equal(last, 'end');
        assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
        assert.ok(cell === text || cell === `'${text}`);
      }),
    );
  });

  it('our own import takes the armour off again', () => {
    assert.equal(cellText(csvCell('=1+1')), '=1+1');
  });

  it('names of files hold nothing that a file system minds', () => {
    assert.equal(csvName('https://example.com/a?b=../c'), 'backlinks-example.com-a-b-..-c.csv');
    assert.equal(csvName('///'), 'backlinks-rows.csv');
  });

  it('only web addresses become links', () => {
    for (const address of ['javascript:alert(1)', 'data:text/html,x', 'https:', 'https://', 'file:///etc', ' https://a.example', 'https://a b/'])
      assert.equal(isWebAddress(address), false, address);
    assert.equal(addressOfTarget('example.com/docs/*'), 'https://example.com/docs/');
  });
});

describe('page of the service: failures', () => {
  for (const [status, kind] of [
    [401, 'key'],
    [403, 'spent'],
    [429, 'wait'],
    [400, 'question'],
    [404, 'question'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [504, 'late'],
  ] as const) {
    it(`${status} means ${kind}`, () => assert.equal(failureKind(status), kind));
  }

  it('Retry-After is seconds or a date', () => {
    const now = Date.UTC(2026, 10, 2);
    assert.deepEqual(
      ['40', 'Mon, 02 Nov 2026 00:00:09 GMT', 'Sun, 01 Nov 2026 00:00:00 GMT', 'soon', null].map((header) => readRetryAfter(header, now)),
      [40, 9, 0, null, null],
    );
  });
});
