/** NO_PROXY and `http.noProxy`, word by word. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNoProxy } from '../../../server/src/http/noProxy.ts';

/** The list, what goes without the proxy, and what does not. */
const CASES: readonly (readonly [list: string, without: readonly string[], through: readonly string[]])[] = [
  ['', [], ['https://example.com/', 'http://10.0.0.1/']],
  ['*', ['https://example.com/', 'http://10.0.0.1/', 'http://[2001:db8::1]/'], []],
  ['a.invalid, *', ['https://example.com/'], []],
  ['*:80', ['http://example.com/'], ['https://example.com/', 'http://example.com:8080/']],
  [
    'example.com',
    ['https://example.com/', 'http://example.com:8080/', 'https://api.example.com/', 'https://EXAMPLE.com./'],
    ['https://notexample.com/', 'https://example.com.evil.org/', 'https://example.org/'],
  ],
  ['.example.com', ['https://example.com/', 'https://a.b.example.com/'], ['https://notexample.com/']],
  ['*.example.com', ['https://api.example.com/'], ['https://example.com/', 'https://notexample.com/']],
  ['EXAMPLE.com.', ['https://example.com/'], ['https://example.org/']],
  ['example.com:8443', ['https://example.com:8443/', 'https://a.example.com:8443/'], ['https://example.com/', 'http://example.com:8080/']],
  ['example.com:443', ['https://example.com/'], ['http://example.com/']],
  ['a.com,b.com c.com\td.com', ['https://a.com/', 'https://b.com/', 'https://c.com/', 'https://d.com/'], ['https://e.com/']],
  ['10.0.0.0/8', ['http://10.1.2.3/', 'http://10.255.255.255:9/'], ['http://11.0.0.1/', 'http://10.evil.com/']],
  ['192.168.1.7', ['http://192.168.1.7/'], ['http://192.168.1.70/']],
  ['192.168.1.7:8080', ['http://192.168.1.7:8080/'], ['http://192.168.1.7/']],
  ['2001:db8::/32', ['http://[2001:db8::7]/'], ['http://[2001:db9::7]/']],
  ['[2001:db8::7]', ['http://[2001:db8::7]/', 'https://[2001:DB8:0:0::7]:8443/'], ['http://[2001:db8::8]/']],
  ['[2001:db8::7]:8443', ['https://[2001:db8::7]:8443/'], ['https://[2001:db8::7]/']],
  ['10.0.0.0/99, ://, a:b:c, /, [', [], ['http://10.0.0.1/', 'https://a/']],
  ['com', ['https://example.com/'], ['https://example.org/']],
];

describe('hosts without a proxy', () => {
  for (const [list, without, through] of CASES) {
    it(`"${list}"`, () => {
      const excepted = readNoProxy(list);
      for (const url of without) assert.equal(excepted(new URL(url)), true, url);
      for (const url of through) assert.equal(excepted(new URL(url)), false, url);
    });
  }

  it('any words at all are read, and leave other hosts alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (list) => {
        const excepted = readNoProxy(list);
        const other = new URL('https://some-other-host.org/');
        if (!/\*|org/i.test(list)) assert.equal(excepted(other), false);
      }),
    );
  });
});
