/** From a link as written to the path it means in the folder. */
import assert from 'node:assert/strict';
import { wantedPath } from '../../../server/src/workspace/resolveLink.ts';

const DOCUMENT = '/repo/docs/guide/a.md';
const PLAIN = { path: '/repo/docs/', siteUrl: null };
const SITE = { path: '/repo/docs/', siteUrl: 'https://example.com/manual/' };

type Expected = { path: string; self?: true; relative?: true } | null;
const CASES: readonly [title: string, url: string, site: boolean, base: string | null, expected: Expected][] = [
  ['a file beside it', 'b.md', false, null, { path: '/repo/docs/guide/b.md', relative: true }],
  ['a file above it', '../faq.md', false, null, { path: '/repo/docs/faq.md', relative: true }],
  ['fragment and query are no part of it', 'b.md?x=1#part', false, null, { path: '/repo/docs/guide/b.md', relative: true }],
  ['percent-encoded', 'my%20page.md', false, null, { path: '/repo/docs/guide/my page.md', relative: true }],
  ['a stray percent sign', '100%.md', false, null, { path: '/repo/docs/guide/100%.md', relative: true }],
  ['non-ASCII', 'straße.md', false, null, { path: '/repo/docs/guide/straße.md', relative: true }],
  ['backslashes, as browsers read them', '..\\faq.md', false, null, { path: '/repo/docs/faq.md', relative: true }],
  ['from the root of the folder', '/faq.md', false, null, { path: '/repo/docs/faq.md' }],
  ['a part of itself', '#part', false, null, { path: DOCUMENT, self: true, relative: true }],
  ['nothing at all', '', false, null, { path: DOCUMENT, self: true, relative: true }],
  ['itself by name', 'a.md#part', false, null, { path: DOCUMENT, self: true, relative: true }],
  ['above the root', '../../../../x.md', false, null, null],
  ['a page of the web', 'https://other.org/x', false, null, null],
  ['another scheme', 'mailto:a@example.com', false, null, null],
  ['script', 'javascript:void(0)', false, null, null],
  ['no site, no address', 'https://example.com/manual/faq', false, null, null],
  ['an address of the site', 'https://example.com/manual/faq', true, null, { path: '/repo/docs/faq' }],
  ['with www. and http', 'http://www.example.com/manual/faq', true, null, { path: '/repo/docs/faq' }],
  ['without a scheme', '//example.com/manual/faq', true, null, { path: '/repo/docs/faq' }],
  ['the start page of the site', 'https://example.com/manual', true, null, { path: '/repo/docs/' }],
  ['the same host outside the site', 'https://example.com/shop', true, null, null],
  ['from the root of the host, with the prefix', '/manual/faq', true, null, { path: '/repo/docs/faq' }],
  ['a base in another folder', 'x.html', false, '../', { path: '/repo/docs/x.html' }],
  ['a base at the root', 'x.html', false, '/', { path: '/repo/docs/x.html' }],
  ['a base on the web', 'x.html', false, 'https://cdn.example.org/', null],
];

describe('wanted paths', () => {
  for (const [title, url, site, base, expected] of CASES) {
    it(`${title}: ${url || '(empty)'}`, () => {
      const resolved = base !== null && /^https?:/.test(base) ? new URL(url, base).href : (URL.parse(url)?.href ?? null);
      const found = wantedPath(DOCUMENT, site ? SITE : PLAIN, { url, resolved }, base);
      const { address: _, ...rest } = found ?? { address: null };
      assert.deepEqual(found === null ? null : rest, expected === null ? null : { self: false, relative: false, ...expected });
    });
  }
});
