/** What response headers say of a page: the canonical address of `Link`, the rules of `X-Robots-Tag`. */
import assert from 'node:assert/strict';
import { canonicalOf, robotsOf } from '../../../server/src/linkIndex/ingest/pageHeaders.ts';
import { archiveFiles } from './archiveFiles.ts';
import { http, record } from './warcFixture.ts';

describe('page headers', () => {
  const { onlyPage } = archiveFiles();

  it('find the canonical address among links', () => {
    const cases: readonly (readonly [header: string, canonical: string | null])[] = [
      ['<https://b.org/c>; rel="canonical"', 'https://b.org/c'],
      ['<https://b.org/c>;rel=canonical', 'https://b.org/c'],
      ['<https://b.org/c>; REL = "Canonical"', 'https://b.org/c'],
      ['< /c >; title="a; b"; rel="canonical"', '/c'],
      ['<https://b.org/a,b;c>; rel="alternate canonical"; hreflang=de', 'https://b.org/a,b;c'],
      ['</x>; rel=preload, </1>; rel=canonical, </2>; rel=canonical', '/1'],
      ['</x>; rel="canonicalised"', null],
      ['</x>; type="rel=canonical"', null],
      ['</x>; title="a; rel=canonical"; rel=next', null],
      ['</x>; rel=next; rel=canonical', null],
      ['</x>; rel', null],
      ['</x>', null],
      ['rel=canonical', null],
      ['</x; rel=canonical', null],
      ['', null],
      ['<'.repeat(100_000), null],
    ];
    for (const [header, canonical] of cases) assert.equal(canonicalOf(header), canonical, header.slice(0, 80));
  });

  it('give their canonical to pages that name none', async () => {
    const canonical = async (html: string, ...headers: readonly string[]): Promise<string | null> =>
      (await onlyPage(record(http(html, ['Content-Type: text/html', ...headers]), { uri: 'https://b.org/dir/page' }))).canonical;
    const header = 'Link: <other>; rel="canonical"';
    assert.equal(await canonical('', header), 'https://b.org/dir/other');
    assert.equal(await canonical('', 'Link: </style.css>; rel=preload', header), 'https://b.org/dir/other');
    assert.equal(await canonical('<link rel=canonical href=/own>', header), 'https://b.org/own');
    assert.equal(await canonical('', 'Link: <mailto:me@b.org>; rel="canonical"'), null);
    assert.equal(await canonical('', 'Link: <https://[>; rel="canonical"'), null);
  });

  it('tell rules for all from rules for one crawler', () => {
    const both = { nofollow: true, noindex: true };
    assert.deepEqual(robotsOf(''), { nofollow: false, noindex: false });
    assert.deepEqual(robotsOf('None'), both);
    assert.deepEqual(robotsOf('noindex\nnofollow'), both);
    assert.deepEqual(robotsOf('googlebot: noindex, nofollow\nnoarchive'), { nofollow: false, noindex: false });
    assert.deepEqual(robotsOf('nofollow, googlebot: noindex'), { nofollow: true, noindex: false });
  });
});
