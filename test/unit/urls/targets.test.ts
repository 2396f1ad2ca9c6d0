/** What is asked for: domain, host, page or folder. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { registrableDomain, withoutWww } from '../../../server/src/urls/domains.ts';
import { domainTarget, pageTarget, parseTarget } from '../../../server/src/urls/targets.ts';

/** Text, kind, name, id. */
const TARGETS: readonly (readonly [string, string, string, string])[] = [
  ['example.com', 'domain', 'example.com', 'domain:example.com'],
  ['  EXAMPLE.com  ', 'domain', 'example.com', 'domain:example.com'],
  ['example.com.', 'domain', 'example.com', 'domain:example.com'],
  ['www.example.com', 'domain', 'example.com', 'domain:example.com'],
  ['http://www.example.com', 'domain', 'example.com', 'domain:example.com'],
  ['example.com:8080', 'domain', 'example.com', 'domain:example.com'],
  ['example.com#part', 'domain', 'example.com', 'domain:example.com'],
  ['blog.example.com', 'host', 'blog.example.com', 'host:blog.example.com'],
  ['www.blog.example.com', 'host', 'blog.example.com', 'host:blog.example.com'],
  ['a.github.io', 'domain', 'a.github.io', 'domain:a.github.io'],
  ['b.a.github.io', 'host', 'b.a.github.io', 'host:b.a.github.io'],
  ['co.uk', 'domain', 'co.uk', 'domain:co.uk'],
  ['localhost', 'domain', 'localhost', 'domain:localhost'],
  ['localhost:3000', 'domain', 'localhost', 'domain:localhost'],
  ['192.168.1.7', 'domain', '192.168.1.7', 'domain:192.168.1.7'],
  ['http://[::1]:80', 'domain', '[::1]', 'domain:[::1]'],
  ['bücher.example', 'domain', 'xn--bcher-kva.example', 'domain:xn--bcher-kva.example'],
  ['example.com/', 'page', 'https://example.com/', 'page:example.com/'],
  ['http://www.example.com/', 'page', 'http://www.example.com/', 'page:example.com/'],
  ['example.com/a', 'page', 'https://example.com/a', 'page:example.com/a'],
  ['example.com?q', 'page', 'https://example.com/?q', 'page:example.com/?q'],
  ['//example.com/a#b', 'page', 'https://example.com/a', 'page:example.com/a'],
  ['https://me:pw@example.com/a', 'page', 'https://example.com/a', 'page:example.com/a'],
  ['https://example.com/a?utm_source=x', 'page', 'https://example.com/a', 'page:example.com/a'],
  ['https://example.com:8443/a', 'page', 'https://example.com:8443/a', 'page:example.com:8443/a'],
  ['example.com/docs/*', 'folder', 'example.com/docs/*', 'folder:example.com/docs/'],
  ['https://www.example.com/*', 'folder', 'example.com/*', 'folder:example.com/'],
];
const NONE = [
  '',
  '   ',
  'two words',
  'mailto:a@example.com',
  'javascript:void(0)',
  'ftp://example.com/',
  'http://',
  'http://[',
  '/relative',
  '#part',
  'https://exa mple.com/',
];

describe('targets', () => {
  for (const [text, kind, name, id] of TARGETS) it(`${text} is a ${kind}`, () => assert.deepEqual(parseTarget(text), { kind, name, id }));
  for (const text of NONE) it(`${JSON.stringify(text)} is none`, () => assert.equal(parseTarget(text), null));

  it('a link asks for its page and its domain', () => {
    assert.equal(pageTarget('https://blog.example.co.uk/a#b')?.id, 'page:blog.example.co.uk/a');
    assert.equal(domainTarget('https://blog.example.co.uk/a#b')?.id, 'domain:example.co.uk');
    assert.equal(pageTarget('mailto:a@example.com'), null);
    assert.equal(domainTarget('mailto:a@example.com'), null);
  });

  it('the name of a target is that target', () => {
    let count = 0;
    const texts = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.domain(),
      fc.domain().map((host) => `www.${host}/docs/*`),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const target = parseTarget(text);
        if (target === null) return;
        const again = parseTarget(target.name);
        assert.equal(again?.id, target.id, text);
        assert.equal(again.kind, target.kind, text);
        count++;
      }),
      { numRuns: 10_000, seed: 9 },
    );
    console.log(`      ${count} targets`);
  });
});

describe('domains', () => {
  it('follow the public suffix list with its private section', () => {
    assert.equal(registrableDomain('a.b.example.co.uk'), 'example.co.uk');
    assert.equal(registrableDomain('a.github.io'), 'a.github.io');
    assert.equal(registrableDomain('github.io'), 'github.io');
    assert.equal(registrableDomain('10.0.0.1'), '10.0.0.1');
    assert.equal(registrableDomain('[::1]'), '[::1]');
    assert.equal(registrableDomain(''), '');
  });

  it('lose their www only before a domain', () => {
    assert.equal(withoutWww('www.example.com'), 'example.com');
    assert.equal(withoutWww('www.a.example.com'), 'a.example.com');
    assert.equal(withoutWww('www.com'), 'www.com');
    assert.equal(withoutWww('wwwexample.com'), 'wwwexample.com');
  });
});
