/** Which file a path in a link means, and by which paths a file may be meant. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aliases, candidates, joinPath, pageKind } from '../../../server/src/workspace/paths.ts';

/** Path in a link -> the one file of a folder that it must find. */
const MEANS: readonly [path: string, file: string][] = [
  ['/guide/install.md', '/guide/install.md'],
  ['/guide/install', '/guide/install.md'],
  ['/guide/install', '/guide/install.html'],
  ['/guide/install/', '/guide/install.md'],
  ['/guide/install.html', '/guide/install.md'],
  ['/guide/', '/guide/index.html'],
  ['/guide', '/guide/index.md'],
  ['/guide/', '/guide/README.md'],
  ['/guide/index.html', '/guide/README.md'],
  ['/guide/index.html', '/guide/_index.md'],
  ['/', '/index.html'],
  ['/', '/README.md'],
  ['/logo.svg', '/logo.svg'],
];

/** They look alike and are not the same. */
const MEANS_NOT: readonly [path: string, file: string][] = [
  ['/guide/install.md', '/guide/install.html'],
  ['/guide', '/guide.txt'],
  ['/guide/readme', '/guide/other/README.md'],
  ['/', '/x.md'],
  ['/install.md/', '/install.md'],
];

describe('paths of the folder', () => {
  for (const [path, file] of MEANS) it(`${path} may mean ${file}`, () => assert.ok(candidates(path).includes(file)));
  for (const [path, file] of MEANS_NOT) it(`${path} does not mean ${file}`, () => assert.ok(!candidates(path).includes(file)));

  it('aliases are the inverse of candidates', () => {
    const name = fc.constantFrom('a', 'index', 'README', 'readme', '_index', 'b.c', '.x');
    const extension = fc.constantFrom('', '.md', '.markdown', '.html', '.htm', '.HTML', '.png', '.MD');
    const path = fc
      .tuple(fc.array(name, { maxLength: 2 }), name, extension, fc.constantFrom('', '/'))
      .map(([folders, last, suffix, slash]) => `/${[...folders, last + suffix].join('/')}${slash}`);
    fc.assert(
      fc.property(path, (link) => {
        for (const file of candidates(link)) assert.ok(aliases(file).includes(link), `${link} -> ${file}`);
      }),
    );
    fc.assert(
      fc.property(path, (file) => {
        if (file.endsWith('/')) return;
        for (const link of aliases(file)) assert.ok(candidates(link).includes(file), `${file} <- ${link}`);
      }),
    );
  });

  const joins: readonly [folder: string, relative: string, expected: string | null][] = [
    ['/a/', 'b.md', '/a/b.md'],
    ['/a/', './b.md', '/a/b.md'],
    ['/a/b/', '../c.md', '/a/c.md'],
    ['/a/', '..', '/'],
    ['/a/', '.', '/a/'],
    ['/a/b/', '..', '/a/'],
    ['/a/', '../../c', null],
    ['/a/', 'b//c', '/a/b/c'],
    ['/a/', 'b/', '/a/b/'],
    ['/', 'x', '/x'],
  ];
  for (const [folder, relative, expected] of joins) {
    it(`${folder} + ${relative} = ${expected}`, () => assert.equal(joinPath(folder, relative), expected));
  }

  it('knows pages by their extension, in any letter case', () => {
    assert.deepEqual(['/a.md', '/a.HTML', '/a.htm', '/a.png', '/a', '/.md'].map(pageKind), ['markdown', 'html', 'html', null, null, 'markdown']);
  });
});
