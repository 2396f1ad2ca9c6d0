/** Whatever JSON comes: it is read into our words or refused as a bad reply, and nothing is invented. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createChecker } from '../../../server/src/sources/check.ts';
import { readSummaries } from '../../../server/src/sources/searchmetrics/summaries.ts';
import { readError, readList, readToken } from '../../../server/src/sources/searchmetrics/wire.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { WIRE_FIELDS } from '../../support/wireFields.ts';
import { target } from '../facts/support.ts';

const check = createChecker('api.links-service.com');

/** Values that replies are made of, the odd ones often. */
const value = fc.oneof(fc.constantFrom(null, undefined, '', 0, 1, '0', '7', 5.8, -1, 1e300, 'a', true, [], {}), fc.jsonValue());
const row = fc.oneof(
  { weight: 5, arbitrary: fc.record(Object.fromEntries(WIRE_FIELDS.map((name) => [name, value])), { requiredKeys: [] }) },
  { weight: 1, arbitrary: value },
);
const reply = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ count: value, response: fc.oneof(fc.array(row, { maxLength: 4 }), row), balance: value }, { requiredKeys: [] }),
  },
  { weight: 1, arbitrary: value },
);

/** The result, or null for a bad reply; anything else that is thrown fails the test. */
function read<T>(reading: () => T): T | null {
  try {
    return reading();
  } catch (error) {
    assert.ok(BacklinkLensError.is(error, 'source.bad-reply'), String(error));
    assert.ok(error.message.length < 400, 'a message holds no more than a clipped word of the reply');
    return null;
  }
}

const given = (json: unknown, name: string) => (json as Record<string, unknown>)[name];

describe('the contract on the wire: anything', () => {
  it('lists are read or refused, and what was not given is null', () => {
    fc.assert(
      fc.property(reply, fc.nat(3), (json, offset) => {
        const list = read(() => readList(json, 10, offset * 10, check));
        if (list === null) return;
        const response = given(json, 'response');
        const rows = Array.isArray(response) ? response : [response];
        for (const [index, ours] of list.rows.entries()) {
          for (const [wire, name] of [
            ['extL', 'externalLinks'],
            ['sumL', 'totalLinks'],
            ['pos', 'position'],
            ['sr', 'strength'],
            ['nofollow', 'nofollow'],
            ['city', 'city'],
            ['title', 'title'],
          ] as const) {
            const theirs = given(rows[index], wire);
            if (theirs === undefined || theirs === null || theirs === '') assert.equal(ours[name], null, name);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('summaries are read or refused, one result a target', () => {
    const entry = fc.record(
      {
        target: fc.constantFrom('a.com', 'b.com'),
        backlinks: value,
        followed: value,
        forms: value,
        strength: value,
        topAnchors: value,
        redirectsTo: value,
        strongest: value,
        error: value,
      },
      { requiredKeys: ['target'] },
    );
    const asked = ['a.com', 'b.com'].map((sent) => ({ target: target(sent), sent }));
    fc.assert(
      fc.property(fc.oneof(fc.record({ response: fc.array(fc.oneof(entry, value), { maxLength: 3 }) }), value), (json) => {
        const results = read(() => readSummaries(json, asked, check));
        if (results === null) return;
        assert.deepEqual(
          results.map((result) => result.target.id),
          asked.map((one) => one.target.id),
        );
        for (const result of results) if ('error' in result) assert.match(result.error.code, /^source\.(?:bad-reply|refused-target)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('errors and tokens are read without a fall', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.record({ error: value, error_message: value, access_token: value, expires_in: value }, { requiredKeys: [] }), value),
        (json) => {
          readError(json);
          read(() => readToken(json, check));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
