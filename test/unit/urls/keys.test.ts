/** The three keys: what is the same page, what probably is, what is kept. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutWww } from '../../../server/src/urls/domains.ts';
import { exactKey, looseKey, pageKey } from '../../../server/src/urls/keys.ts';

/** URL, page key, loose key. */
const KEYS: readonly (readonly [string, string | null, string | null])[] = [
  ['https://example.com', 'example.com/', 'example.com'],
  ['https://example.com/', 'example.com/', 'example.com'],
  ['http://www.example.com/', 'example.com/', 'example.com'],
  ['https://www.www.example.com/', 'example.com/', 'example.com'],
  ['https://www.com/', 'www.com/', 'www.com'],
  ['https://www.co.uk/', 'www.co.uk/', 'www.co.uk'],
  ['https://EXAMPLE.com./a', 'example.com/a', 'example.com/a'],
  ['https://example.com:443/a', 'example.com/a', 'example.com/a'],
  ['http://example.com:80/a', 'example.com/a', 'example.com/a'],
  ['http://example.com:443/a', 'example.com/a', 'example.com/a'],
  ['https://example.com:8443/a', 'example.com:8443/a', 'example.com:8443/a'],
  ['https://me:pw@example.com/a', 'example.com/a', 'example.com/a'],
  ['https://example.com/a#part', 'example.com/a', 'example.com/a'],
  ['https://example.com/#!/route', 'example.com/#!/route', 'example.com'],
  ['https://example.com/a?', 'example.com/a', 'example.com/a'],
  ['https://example.com/a?&&', 'example.com/a', 'example.com/a'],
  ['https://example.com/a?utm_source=x&b=1&gclid=2', 'example.com/a?b=1', 'example.com/a?b=1'],
  ['https://example.com/a?UTM_Source=x', 'example.com/a', 'example.com/a'],
  ['https://example.com/a?utm%5Fsource=x', 'example.com/a', 'example.com/a'],
  ['https://example.com/a?utm=x&fbclid', 'example.com/a?utm=x', 'example.com/a?utm=x'],
  ['https://example.com/a?b=2&a=1', 'example.com/a?b=2&a=1', 'example.com/a?a=1&b=2'],
  ['https://example.com/A/b', 'example.com/A/b', 'example.com/A/b'],
  ['https://example.com/a/', 'example.com/a/', 'example.com/a'],
  ['https://example.com/a//', 'example.com/a//', 'example.com/a'],
  ['https://example.com/a/index.html', 'example.com/a/index.html', 'example.com/a'],
  ['https://example.com/a/Index.PHP', 'example.com/a/Index.PHP', 'example.com/a'],
  ['https://example.com/index.html/index.htm/', 'example.com/index.html/index.htm/', 'example.com'],
  ['https://example.com/a/default.aspx', 'example.com/a/default.aspx', 'example.com/a'],
  ['https://example.com/myindex.html', 'example.com/myindex.html', 'example.com/myindex.html'],
  ['https://example.com/a;jsessionid=1/b;JSESSIONID=2', 'example.com/a;jsessionid=1/b;JSESSIONID=2', 'example.com/a/b'],
  ['https://example.com/a?PHPSESSID=1&x', 'example.com/a?PHPSESSID=1&x', 'example.com/a?x'],
  ['https://example.com/%7Ea/%e4/%2f', 'example.com/~a/%E4/%2F', 'example.com/~a/%E4/%2F'],
  ['https://example.com/%2541', 'example.com/%2541', 'example.com/%2541'],
  ['https://example.com/%7%45', 'example.com/%257E', 'example.com/%257E'],
  ['https://example.com/100%', 'example.com/100%25', 'example.com/100%25'],
  ['https://example.com/a/../b', 'example.com/b', 'example.com/b'],
  ['https://bücher.example/ä', 'xn--bcher-kva.example/%C3%A4', 'xn--bcher-kva.example/%C3%A4'],
  ['http://[2001:DB8::1]:8080/', '[2001:db8::1]:8080/', '[2001:db8::1]:8080'],
  ['http://2130706433/', '127.0.0.1/', '127.0.0.1'],
  ['mailto:a@example.com', null, null],
  ['ftp://example.com/', null, null],
  ['/relative', null, null],
  ['', null, null],
];

const url = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc
    .array(
      fc.constantFrom(
        ...'/?#&=%.;:@!~'.split(''),
        'a',
        'B',
        '%41',
        '%2541',
        '%7',
        '45',
        '%',
        'utm_source',
        'sid',
        'www.',
        'index.html',
        ';jsessionid=',
        'ü',
        '..',
        '//',
      ),
      { maxLength: 12 },
    )
    .map((parts) => `http://www.site.co.uk:${parts.length % 2 === 0 ? 443 : 8080}/${parts.join('')}`),
);

describe('URL keys', () => {
  for (const [written, page, loose] of KEYS) {
    it(written || '(empty)', () => {
      assert.equal(pageKey(written), page);
      assert.equal(looseKey(written), loose);
    });
  }

  it('keeps the exact form', () => {
    assert.equal(exactKey('HTTPS://Example.com/a b#c'), 'https://example.com/a%20b#c');
    assert.equal(exactKey('nothing'), null);
  });

  it('gives a key its own key, and one loose key to one page key', () => {
    let count = 0;
    fc.assert(
      fc.property(url, (written) => {
        const page = pageKey(written);
        const loose = looseKey(written);
        if (page === null || loose === null) return;
        assert.equal(pageKey(`https://${page}`), page, written);
        const host = new URL(written).hostname;
        if (withoutWww(`www.${host}`) === withoutWww(host)) assert.equal(pageKey(`http://www.${page}`), page, written);
        assert.equal(looseKey(`https://${page}`), loose, written);
        assert.equal(looseKey(`https://${loose}`), loose, written);
        count++;
      }),
      { numRuns: 20_000, seed: 3 },
    );
    console.log(`      ${count} URLs`);
  });

  it('takes no longer for hostile paths', () => {
    assert.equal(looseKey(`https://example.com${'/index.html'.repeat(100_000)}`), 'example.com');
    assert.equal(looseKey(`https://example.com${'/'.repeat(1_000_000)}`), 'example.com');
  });
});
