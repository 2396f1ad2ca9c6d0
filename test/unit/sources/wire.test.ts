import assert from 'node:assert/strict';
import { createChecker } from '../../../server/src/sources/check.ts';
import { readError, readList, readRow, readToken } from '../../../server/src/sources/searchmetrics/wire.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';

const check = createChecker('api.links-service.com');
const ROW = {
  backlinkpage: 'http://blog.linker.com/a',
  title: 'SEO Blog - Weblog zum Thema Suchmaschinenoptimierung',
  linktext: 'searchmetrics seo software',
  extL: 58,
  intL: 40,
  sumL: 98,
  sr: 5.8,
  pos: 43,
  linktarget: 'http://www.site.com/',
  tag: 'aimg',
  nofollow: 0,
  ip: '198.51.100.7',
  ccode: 'DE',
  country: 'Germany',
  city: 'Niesky',
};

describe('the contract on the wire: rows', () => {
  it('reads a row as documented', () => {
    assert.deepEqual(readRow(ROW, 'row', check), {
      sourceUrl: 'http://blog.linker.com/a',
      title: 'SEO Blog - Weblog zum Thema Suchmaschinenoptimierung',
      anchorText: 'searchmetrics seo software',
      externalLinks: 58,
      internalLinks: 40,
      totalLinks: 98,
      strength: { basis: 'vendor', value: 5.8, name: 'SPS', scale: 10 },
      position: 43,
      targetUrl: 'http://www.site.com/',
      tag: 'aimg',
      nofollow: false,
      rel: null,
      ip: '198.51.100.7',
      countryCode: 'DE',
      country: 'Germany',
      city: 'Niesky',
      firstSeen: null,
      lastSeen: null,
      lost: null,
    });
  });

  const strength = (value: number) => ({ basis: 'vendor', value, name: 'SPS', scale: 10 });
  const CASES = [
    // What is not given is null, never 0 or "".
    ['title', '', 'title', null],
    ['title', null, 'title', null],
    ['title', undefined, 'title', null],
    ['linktext', '', 'anchorText', ''],
    ['linktext', null, 'anchorText', null],
    ['linktext', '[img]', 'anchorText', '[img]'],
    ['extL', null, 'externalLinks', null],
    ['extL', '', 'externalLinks', null],
    ['extL', undefined, 'externalLinks', null],
    ['extL', 0, 'externalLinks', 0],
    ['extL', '58', 'externalLinks', 58],
    ['sumL', 98.0, 'totalLinks', 98],
    ['sr', null, 'strength', null],
    ['sr', 0, 'strength', strength(0)],
    ['sr', 6, 'strength', strength(6)],
    ['sr', '5.8', 'strength', strength(5.8)],
    ['sr', 10, 'strength', strength(10)],
    ['pos', 0, 'position', null],
    ['pos', '127', 'position', 127],
    ['tag', 'A', 'tag', 'a'],
    ['tag', 'text', 'tag', 'a'],
    ['tag', 'image', 'tag', 'aimg'],
    ['tag', 'iframe', 'tag', 'iframe'],
    ['tag', 'marquee', 'tag', null],
    ['tag', '', 'tag', null],
    ['nofollow', 1, 'nofollow', true],
    ['nofollow', '1', 'nofollow', true],
    ['nofollow', '0', 'nofollow', false],
    ['nofollow', true, 'nofollow', true],
    ['nofollow', null, 'nofollow', null],
    ['ip', '', 'ip', null],
    ['ccode', '', 'countryCode', null],
    ['city', '', 'city', null],
    ['city', undefined, 'city', null],
  ] as const;
  for (const [name, value, ours, expected] of CASES) {
    it(`${name} ${JSON.stringify(value)} is ${ours} ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(readRow({ ...ROW, [name]: value }, 'row', check)[ours], expected);
    });
  }

  for (const [name, value] of [
    ['extL', -1],
    ['extL', 1.5],
    ['extL', true],
    ['extL', '1e3'],
    ['extL', ' '],
    ['extL', 2 ** 60],
    ['sr', 10.1],
    ['sr', -0.1],
    ['sr', {}],
    ['pos', []],
    ['nofollow', 2],
    ['nofollow', 'yes'],
    ['title', 5],
    ['ip', 16_909_060],
    ['linktarget', ''],
    ['linktarget', null],
    ['backlinkpage', ''],
    ['backlinkpage', 7],
  ] as const) {
    it(`${name} ${JSON.stringify(value)} is a bad reply that names the field`, () => {
      assert.throws(
        () => readRow({ ...ROW, [name]: value }, 'response[3]', check),
        (error) =>
          BacklinkLensError.is(error, 'source.bad-reply') &&
          error.message.includes(`response[3].${name} `) &&
          error.message.includes('api.links-service.com'),
      );
    });
  }
});

describe('the contract on the wire: envelopes', () => {
  const read = (json: unknown, limit = 10, offset = 0) => readList(json, limit, offset, check);

  it('reads the recorded envelope', () => {
    const list = read({ count: 5581, response: [ROW], response_time: 0.073302, balance: 52174 });
    assert.deepEqual([list.rows.length, list.total, list.balance], [1, 5581, 52174]);
  });

  for (const [what, json, rows, total] of [
    ['a list', { count: 1, response: [ROW] }, 1, 1],
    ['an empty list', { count: 0, response: [] }, 0, 0],
    ['a single object', { count: 1, response: ROW }, 1, 1],
    ['no response and count 0', { count: 0 }, 0, 0],
    ['response null and count 0', { count: 0, response: null }, 0, 0],
    ['no count', { response: [ROW] }, 1, null],
    ['a count in digits', { count: '533', response: [] }, 0, 533],
    ['fields nobody knows', { count: 0, response: [], debug: { a: 1 } }, 0, 0],
  ] as const) {
    it(`takes ${what}`, () => {
      const list = read(json);
      assert.deepEqual([list.rows.length, list.total], [rows, total]);
    });
  }

  it('takes no response beyond the count', () => assert.deepEqual(read({ count: 40 }, 10, 40).rows, []));

  it('cuts rows that were not asked for', () => assert.equal(read({ count: 50, response: Array.from({ length: 50 }, () => ROW) }).rows.length, 10));

  it('takes a balance below zero, and none', () => {
    assert.equal(read({ count: 0, balance: -3 }).balance, -3);
    assert.equal(read({ count: 0, balance: null }).balance, null);
  });

  for (const json of [null, 'text', 5, [], { count: 1 }, { count: 1, response: [1] }, { count: 1, response: 'x' }, { count: -1, response: [] }, {}]) {
    it(`refuses ${JSON.stringify(json)}`, () =>
      assert.throws(
        () => read(json),
        (error) => BacklinkLensError.is(error, 'source.bad-reply'),
      ));
  }

  it('reads errors in every shape', () => {
    assert.deepEqual(readError({ error: 4001003, error_message: 'required!' }), { code: 4001003, message: 'required!' });
    assert.deepEqual(readError({ error: 'invalid_client', error_description: 'unknown' }), { code: null, message: 'unknown' });
    assert.deepEqual(readError({ error: 'invalid_client' }), { code: null, message: 'invalid_client' });
    assert.deepEqual(readError({ error: {} }), { code: null, message: null });
    for (const none of [null, undefined, [], 'error', { count: 1 }]) assert.equal(readError(none), null);
  });

  it('reads tokens, and none that would break out of a header', () => {
    assert.deepEqual(readToken({ access_token: 'abc', expires_in: 315360000, token_type: 'Bearer', scope: null }, check), {
      token: 'abc',
      life: 315360000000,
    });
    assert.deepEqual(readToken({ access_token: 'a-b_c.d~e+f/g==' }, check), { token: 'a-b_c.d~e+f/g==', life: null });
    for (const token of ['', null, 5, 'a b', 'a\r\nx-evil: 1', 'ä', undefined]) {
      assert.throws(
        () => readToken({ access_token: token }, check),
        (error) => BacklinkLensError.is(error, 'source.bad-reply') && !error.message.includes('evil'),
      );
    }
  });
});
