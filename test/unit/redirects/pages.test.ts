/** Former addresses in front matter, and the maps of MkDocs. */
import assert from 'node:assert/strict';
import { addFormerAddresses, type FormerKey, formerAddresses } from '../../../server/src/redirects/frontMatter.ts';
import { addRedirectMaps, type FileMove, readRedirectMaps } from '../../../server/src/redirects/mkdocs.ts';
import { apply } from './support.ts';

describe('former addresses in front matter', () => {
  const READ: readonly [name: string, text: string, key: FormerKey, addresses: string[]][] = [
    ['a list of lines', '---\naliases:\n  - /a/\n  - "/b/"\n---\nx', 'aliases', ['/a/', '/b/']],
    ['a list in brackets', "---\nredirect_from: [/a/, '/b']\n---\n", 'redirect_from', ['/a/', '/b']],
    ['one', '---\nredirect_from: /a/\n---\n', 'redirect_from', ['/a/']],
    ['TOML', '+++\ntitle = "x"\naliases = ["/a/", \'/b/\']\n[params]\naliases = ["/c/"]\n+++\n', 'aliases', ['/a/', '/b/']],
    ['TOML over several lines', '+++\naliases = [\n  "/a/",\n  "/b/",\n]\n+++\n', 'aliases', ['/a/', '/b/']],
    ['another key', '---\naliases: [/a/]\n---\n', 'redirect_from', []],
    ['none', '# Title\n---\naliases: [/a/]\n---\n', 'aliases', []],
    ['not closed', '---\naliases: [/a/]\n', 'aliases', []],
    ['no YAML', '---\n: : [\n---\n', 'aliases', []],
    ['numbers, nothing, maps', '---\naliases: [1, null, {a: b}, /x]\n---\n', 'aliases', ['/x']],
    ['deep without end', `---\naliases: ${'['.repeat(2_000)}\n---\n`, 'aliases', []],
  ];
  for (const [name, text, key, addresses] of READ) it(`reads ${name}`, () => assert.deepEqual(formerAddresses(text, key), addresses));

  const ADD: readonly [name: string, before: string, former: string[], now: string, after: string | null][] = [
    ['no front matter', '# T\n', ['/a/'], '/n/', '---\naliases:\n  - /a/\n---\n\n# T\n'],
    ['an empty one', '---\n---\n# T', ['/a/'], '/n/', '---\naliases:\n  - /a/\n---\n# T'],
    ['behind the other keys', '---\ntitle: x\n---\n# T', ['/a/', '/b c/'], '/n/', '---\ntitle: x\naliases:\n  - /a/\n  - "/b c/"\n---\n# T'],
    ['to a list of lines', '---\naliases:\n- /x/\n# why\ntitle: y\n---\n', ['/a/'], '/n/', '---\naliases:\n  - /x/\n  - /a/\ntitle: y\n---\n'],
    ['to a list in brackets', '---\naliases: [/x/]\ntitle: y\n---\n', ['/a/'], '/n/', '---\naliases:\n  - /x/\n  - /a/\ntitle: y\n---\n'],
    ['to one', '---\ntitle: y\naliases: /x/\n---\n', ['/a/'], '/n/', '---\ntitle: y\naliases:\n  - /x/\n  - /a/\n---\n'],
    ['one that is there', '---\naliases: [/a]\n---\n', ['/a/'], '/n/', '---\naliases: [/a]\n---\n'],
    ['its own new address goes', '---\naliases: [/n/, /x/]\n---\n', ['/a/'], '/n/', '---\naliases:\n  - /x/\n  - /a/\n---\n'],
    ['with the line breaks of the file', '---\r\ntitle: y\r\n---\r\n', ['/a/'], '/n/', '---\r\ntitle: y\r\naliases:\r\n  - /a/\r\n---\r\n'],
    ['TOML', '+++\ntitle = "x"\n[params]\na = 1\n+++\n', ['/a/'], '/n/', '+++\naliases = ["/a/"]\ntitle = "x"\n[params]\na = 1\n+++\n'],
    ['TOML with a list', '+++\naliases = ["/x/"]\n+++\n', ['/a/'], '/n/', '+++\naliases = ["/x/", "/a/"]\n+++\n'],
    ['what cannot be read stays', '---\n: : [\n---\n', ['/a/'], '/n/', null],
    ['not closed', '---\ntitle: x\n', ['/a/'], '/n/', null],
  ];
  for (const [name, before, former, now, after] of ADD) {
    it(`adds: ${name}`, () => {
      const text = apply(before, addFormerAddresses(before, 'aliases', former, now));
      assert.equal(text, after);
      if (text === null) return;
      const read = formerAddresses(text, 'aliases');
      for (const path of former)
        assert.ok(
          read.some((one) => one.replace(/\/$/, '') === path.replace(/\/$/, '')),
          text,
        );
    });
  }
});

describe('mkdocs.yml', () => {
  const file = (...lines: string[]) => ['site_name: x', 'plugins:', '  - search', ...lines, 'nav: !!python/name:a.b', ''].join('\n');
  const MAPS = ['  - redirects:', '      redirect_maps:', "        'old.md': 'new.md'", '        a/b.md: https://x.org/', ''];

  it('reads the maps of the plugin', () => {
    assert.deepEqual(readRedirectMaps(file(...MAPS)), [
      { from: 'old.md', to: 'new.md' },
      { from: 'a/b.md', to: 'https://x.org/' },
    ]);
    assert.deepEqual(readRedirectMaps('plugins:\n  redirects:\n    redirect_maps:\n      a.md: b.md\n'), [{ from: 'a.md', to: 'b.md' }]);
    assert.deepEqual(readRedirectMaps(file('  - redirects')), []);
    for (const text of [file(), '', 'plugins: redirects', ': : [', '- plugins', 'plugins: [[[[']) assert.equal(readRedirectMaps(text), null, text);
  });

  const ADD: readonly [name: string, before: string, moves: FileMove[], after: string | null][] = [
    [
      'first in the map',
      file(...MAPS),
      [{ from: "it's.md", to: 'x.md' }],
      file(...MAPS).replace("        'old", "        'it''s.md': 'x.md'\n        'old"),
    ],
    [
      'what led there follows',
      file(...MAPS),
      [{ from: 'new.md', to: 'x.md' }],
      file(...MAPS).replace("        'old.md': 'new.md'", "        'new.md': 'x.md'\n        'old.md': 'x.md'"),
    ],
    ['a circle goes', file(...MAPS), [{ from: 'new.md', to: 'old.md' }], file(...MAPS).replace("'old.md': 'new.md'", "'new.md': 'old.md'")],
    ['no map yet', file('  - redirects'), [{ from: 'a.md', to: 'b.md' }], null],
    ['no plugin', file(), [{ from: 'a.md', to: 'b.md' }], null],
    ['a map in braces', file('  - redirects: {redirect_maps: {a.md: b.md}}'), [{ from: 'c.md', to: 'd.md' }], null],
  ];
  for (const [name, before, moves, after] of ADD) it(`adds: ${name}`, () => assert.equal(apply(before, addRedirectMaps(before, moves)), after));
});
