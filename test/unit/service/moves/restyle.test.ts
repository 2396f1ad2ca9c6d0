/** URLs after their page has moved: in the style they were written in. */
import assert from 'node:assert/strict';
import { relativePath, restyledPath } from '../../../../server/src/service/moves/paths.ts';
import { restyledUrl } from '../../../../server/src/service/moves/restyle.ts';

describe('paths that move, in the style they are written in', () => {
  const CASES: readonly [written: string, before: string, after: string, expected: string | null][] = [
    ['/w/a.md', '/w/a.md', '/w/b/c.md', '/w/b/c.md'],
    ['/w/a', '/w/a.md', '/w/b.md', '/w/b'],
    ['/w/a/', '/w/a.md', '/w/b.html', '/w/b/'],
    ['/w/a.html', '/w/a.md', '/w/b.md', '/w/b.html'],
    ['/w/a/', '/w/a/index.md', '/w/b/index.html', '/w/b/'],
    ['/w/a', '/w/a/README.md', '/w/b/README.md', '/w/b'],
    ['/w/a/', '/w/a/index.md', '/w/b.md', '/w/b/'],
    ['/w/a', '/w/a/_index.md', '/w/b.md', '/w/b'],
    ['/w/a/index', '/w/a/index.md', '/w/b/index.md', '/w/b/index'],
    ['/w/img.png', '/w/img.png', '/w/x.png', '/w/x.png'],
    ['/w/permalink/', '/w/a.md', '/w/b.md', null],
  ];
  for (const [written, before, after, expected] of CASES)
    it(`${written}: ${before} to ${after}`, () => assert.equal(restyledPath(written, before, after), expected));

  const RELATIVE: readonly [folder: string, path: string, expected: string][] = [
    ['/w/', '/w/a.md', 'a.md'],
    ['/w/x/', '/w/a.md', '../a.md'],
    ['/w/x/y/', '/w/x/z/a.md', '../z/a.md'],
    ['/w/', '/w/a/', 'a/'],
    ['/w/a/', '/w/a/', './'],
    ['/w/a/', '/v/b.md', '../../v/b.md'],
  ];
  for (const [folder, path, expected] of RELATIVE) it(`from ${folder} to ${path}`, () => assert.equal(relativePath(folder, path), expected));
});

describe('URLs after a move', () => {
  const SITE = 'https://x.org/docs/';
  /** The target moves from guide/a.md to guide/b.md, the source stays, unless a case says otherwise. */
  const CASES: readonly [url: string, source: [string, string], target: [string, string], expected: string | null][] = [
    ['guide/a.md', ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], 'guide/b.md'],
    ['./guide/a.md#part', ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], './guide/b.md#part'],
    ['../guide/a?x=1', ['s/i.md', 's/i.md'], ['guide/a.md', 'guide/b.md'], '../guide/b?x=1'],
    ['a.md', ['guide/i.md', 'guide/i.md'], ['guide/a.md', 'new/a.md'], '../new/a.md'],
    ['/guide/a.html', ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], '/guide/b.html'],
    ['/docs/guide/a/', ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], '/docs/guide/b/'],
    [`${SITE}guide/a/#x`, ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], `${SITE}guide/b/#x`],
    ['//x.org/docs/guide/a', ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], '//x.org/docs/guide/b/'],
    ['https://x.org/elsewhere', ['i.md', 'i.md'], ['guide/a.md', 'guide/b.md'], null],
    ['img/p.png', ['guide/a.md', 'new/deep/a.md'], ['guide/img/p.png', 'guide/img/p.png'], '../../guide/img/p.png'],
    ['b.md', ['guide/a.md', 'new/a.md'], ['guide/b.md', 'new/b.md'], null],
    ['/guide/b', ['guide/a.md', 'new/a.md'], ['guide/b.md', 'guide/b.md'], null],
    ['#part', ['i.md', 'j.md'], ['i.md', 'j.md'], null],
    ['a%20b.md', ['i.md', 'i.md'], ['a b.md', 'c d.md'], 'c%20d.md'],
    ['a.md', ['i.md', 'i.md'], ['a.md', 'ü ö#.md'], 'ü%20ö%23.md'],
    ['Readme.md', ['i.md', 'i.md'], ['Readme.md', 'README.md'], 'README.md'],
  ];
  for (const [url, source, target, expected] of CASES) {
    it(`${url}: ${source.join(' to ')}, ${target.join(' to ')}`, () => {
      const address = (path: string) => `${SITE}${path.replace(/\.md$/, '/')}`;
      const result = restyledUrl({
        url,
        source: { before: `/w/${source[0]}`, after: `/w/${source[1]}` },
        target: { before: `/w/${target[0]}`, after: `/w/${target[1]}` },
        root: '/w/',
        address: { before: address(target[0]), after: address(target[1]) },
      });
      assert.equal(result, expected);
    });
  }
});
