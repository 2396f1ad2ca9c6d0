import assert from 'node:assert/strict';
import { fitUrl, knownWords, shortUrl } from '../../../client/src/knownWords.ts';
import { createWords } from '../../../client/src/words.ts';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import { english, fresh, NOW, strength, summary, words } from './support/samples.ts';

const HOUR = 3_600_000;

describe('words of the client', () => {
  const known: [string, Known<Summary>, string][] = [
    ['a page with backlinks', fresh({ strength: strength(6.2), backlinks: 132, referringDomains: 41 }), '6.2\u2002\u2002132 from 41 domains'],
    ['one domain', fresh({ strength: strength(1), backlinks: 3, referringDomains: 1 }), '1.0\u2002\u20023 from 1 domain'],
    ['no domains given', fresh({ backlinks: 48_210 }), '48,210 backlinks'],
    ['only domains given', fresh({ referringDomains: 7 }), 'from 7 domains'],
    ['none', fresh({ backlinks: 0, referringDomains: 0 }), 'none seen'],
    [
      'none from outside, strong by its own links',
      fresh({ strength: strength(3.6), backlinks: 0, internalBacklinks: 206 }),
      '3.6\u2002\u2002none seen · 206 internal',
    ],
    ["a vendor's score", fresh({ strength: { basis: 'vendor', value: 31, name: 'UR', scale: 100 }, backlinks: 5 }), 'UR 31\u2002\u20025 backlinks'],
    ['a source that gives nothing', fresh(), 'nothing given'],
    ['old facts', { state: 'stale', value: summary({ backlinks: 5 }), at: NOW - 3 * HOUR }, '5 backlinks · 3 hr. ago'],
    ['on its way', { state: 'pending', last: null }, 'looking up'],
    ['on its way again', { state: 'pending', last: { value: summary({ backlinks: 5 }), at: NOW } }, '5 backlinks · looking up'],
    ['failed', { state: 'failed', reason: 'offline', code: 'source.offline', message: '', retryAt: null, last: null }, 'offline'],
    [
      'failed after having been known',
      {
        state: 'failed',
        reason: 'throttled',
        code: 'source.throttled',
        message: '',
        retryAt: null,
        last: { value: summary({ backlinks: 5 }), at: NOW - HOUR },
      },
      '5 backlinks · 1 hr. ago · asked to wait',
    ],
    ['private', { state: 'skipped', reason: 'private' }, 'private address'],
    ['on demand', { state: 'skipped', reason: 'manual' }, 'not asked'],
    ['never asked', { state: 'unknown' }, 'not asked'],
  ];
  for (const [title, facts, expected] of known) it(`says ${title}`, () => assert.equal(knownWords(facts, words, NOW), expected));

  it('never says zero for what is not known', () => {
    for (const [, facts, expected] of known) if (facts.state !== 'fresh') assert.doesNotMatch(expected, /\b0\b/);
  });

  it('writes numbers as the language does', () => {
    const german = createWords(english, 'de');
    assert.equal(german.count(48_210), '48.210');
    assert.equal(german.strength(strength(6.25)), '6,3');
    assert.equal(german.share({ links: 87, of: 100 }), '87\u00a0%');
  });

  it('has no share of nothing', () => assert.equal(words.share({ links: 0, of: 0 }), null));

  const ages: [number, string][] = [
    [-5, 'this minute'],
    [0, 'this minute'],
    [59 * 60_000, '59 min. ago'],
    [90 * 60_000, '2 hr. ago'],
    [47 * HOUR, '47 hr. ago'],
    [21 * 24 * HOUR, '21 days ago'],
  ];
  for (const [elapsed, expected] of ages) it(`says ${expected} for ${elapsed} ms`, () => assert.equal(words.age(elapsed), expected));

  it('gives back a day it cannot read', () => {
    assert.equal(words.day('2026-10-01'), 'Oct 1, 2026');
    assert.equal(words.day('last spring'), 'last spring');
  });

  const urls: [string, string][] = [
    ['https://example.com/guide/deploy', 'example.com/guide/deploy'],
    ['http://example.com/', 'example.com'],
    ['https://example.com/a/', 'example.com/a/'],
    ['example.com', 'example.com'],
  ];
  for (const [url, expected] of urls) it(`shortens ${url}`, () => assert.equal(shortUrl(url), expected));

  const fitted: [string, string][] = [
    ['https://example.com/guide', 'example.com/guide'],
    ['https://tidetables.example/stations/oldhaven.html', 'tidetables.example/…/oldhaven.html'],
    ['https://news.tidewater.example/2026/03/small-ports-go-open.html', 'news.tidewater.example/…-open.html'],
    ['https://a-host-name-that-is-longer-than-all.the.rest.example/x/y', 'a-host-name-that-is-longer-than-all.the.rest.example/…/y'],
  ];
  for (const [url, expected] of fitted) it(`fits ${url} beside its numbers`, () => assert.equal(fitUrl(url, 34), expected));
});
