/** Keys cut out of plainly written URLs are the keys that parsing gives. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKey } from '../../../server/src/linkIndex/sqlite/build/plainKey.ts';
import { pageKey } from '../../../server/src/urls/keys.ts';

const HOSTS = [
  'a.com',
  'www.a.com',
  'www.www.a.com',
  'www.com',
  'www.co.uk',
  'a--b.example',
  'x1.y-2.org',
  '1.2.3.4',
  'a.1',
  'a.0x1',
  'xn--bcher-kva.de',
];
const ODD_HOSTS = [
  '-a.com',
  'a-.com',
  'a..com',
  'a.com.',
  'A.com',
  'ä.de',
  'xn--a.de',
  'user@a.com',
  'a.com:80',
  'a.com:8080',
  'localhost',
  'a_b.com',
  '',
];
const PATHS = [
  '/',
  '/a',
  '/a/b/',
  '//a',
  '/a//b',
  "/!$&'()*+,;=:@~-._",
  '/a.html',
  '/a..b',
  '/a./b',
  '/a?b',
  '/a?b=c&d=e',
  '/a?b=/c?d:@!$()*+,;&=x',
  '/a?utm=x&gclid2=1&x_ga=2&m=utm_source',
  '/a#b',
  '/a#',
  '/a?b=c#d?utm_source=x',
  '/?b#"<>`{}|',
];
const ODD_PATHS = [
  '',
  '/.',
  '/..',
  '/a/..',
  '/a/../b',
  '/./',
  '/.a',
  '/%7e',
  '/a%20b',
  '/a b',
  '/ä',
  '/a|b',
  '/a\\b',
  '/{a}',
  '/a\t',
  '/^',
  '/"',
  '/a?utm_source=x',
  '/a?b=c&utm_source=x',
  '/a?UTM_Campaign',
  '/a?b=c&gclid=x#d',
  '/a?_ga&b',
  '/a?_gl#b',
  '/a?',
  '/a?#b',
  '/a?&',
  '/a?b&',
  '/a?b&&c',
  '/a?&b',
  "/a?b='c'",
  '/a?b="c"',
  '/a?b=[c]',
  '/a?b=%43',
  '/a?b=ä',
  '/a?b c',
  '/a#!b',
  '/a?b#!c',
  '/a#\t!b',
  '/a#b c',
  '/a#ä',
];

describe('keys of plain URLs', () => {
  const agrees = (url: string): boolean => {
    const plain = plainKey(url, new Map());
    assert.ok(plain === null || plain === pageKey(url), `${url}: ${plain}, not ${pageKey(url)}`);
    return plain !== null;
  };

  it('are those of pageKey, and are known for what is plain', () => {
    let plain = 0;
    for (const scheme of ['http://', 'https://', 'HTTP://', 'ftp://', 'https:/']) {
      for (const host of [...HOSTS, ...ODD_HOSTS]) {
        for (const path of [...PATHS, ...ODD_PATHS]) if (agrees(scheme + host + path)) plain++;
      }
    }
    assert.ok(plain > 100, String(plain));
    assert.equal(plainKey('https://www.a.com/b', new Map()), 'a.com/b');
    assert.equal(plainKey('https://www.a.com/b?c=d&e#f', new Map()), 'a.com/b?c=d&e');
    for (const path of PATHS) assert.ok(plainKey(`https://a.com${path}`, new Map()) !== null, path);
  });

  it('are those of pageKey, whatever is written', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...HOSTS,
        ...ODD_HOSTS,
        ...PATHS,
        ...ODD_PATHS,
        'www.',
        '.',
        '/',
        '-',
        'xn--',
        ':',
        '@',
        '1',
        '0x',
        '?',
        '&',
        '=',
        '#',
        '!',
        'gclid',
        'utm_',
        '%',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.constantFrom('http://', 'https://'), fc.array(part, { maxLength: 6 }), (scheme, parts) => {
        agrees(scheme + parts.join(''));
      }),
      { numRuns: 20_000 },
    );
  });
});
