/** `_redirects` and `netlify.toml`. */
import { netlify } from '../../../server/src/redirects/netlify.ts';
import { netlifyToml } from '../../../server/src/redirects/netlifyToml.ts';
import { addTable, lawsOf, savesTable } from './support.ts';

describe('_redirects', () => {
  savesTable(netlify, [
    ['a rule a line', '/a /b\n/c /d 301\r\n/e https://x.org/e 302!\n', '/a', '/a/', '/c', '/e', '- /b', '- /ab', '- /'],
    ['comments and blank lines', '# /a /b\n\n   \n/c /d # why\n/e#f /g\n', '- /a', '/c', '/e#f'],
    ['a splat takes what is below, and the place itself', '/news/* /blog/:splat', '/news/2026/x', '/news/', '/news', '- /newsletter', '- /new'],
    ['a placeholder takes one segment', '/news/:year/:slug /blog/:slug', '/news/2026/x', '/news/2026/x/', '- /news/2026', '- /news/1/2/3'],
    ['everything', '/* /index.html 200', '/', '/anything/at/all'],
    ['a page for errors saves nothing', '/* /404.html 404', '- /a'],
    ['gone on purpose is no loss', '/a /410.html 410', '/a'],
    ['some visitors only', '/a /b 302 Country=de\n/c /d 302 Language=fr,de\n/e /f 301 Cookie=x', '- /a', '- /c', '- /e'],
    ['with a query only', '/a id=:id /b/:id 301', '- /a'],
    ['a host of its own', 'https://old.example.org/a /b 301!', '/a'],
    ['encoded in one, plain in the other', '/caf%C3%A9 /b\n/tür /c', '/café', '/t%C3%BCr'],
    ['no destination', '/a\n/b 301\n', '- /a', '- /b'],
  ]);

  addTable(netlify, [
    ['into an empty file', '', [{ from: '/a/', to: '/b/' }], '/a/ /b/ 301\n'],
    ['at the end, with its line break', '/x /y', [{ from: '/a', to: '/b' }], '/x /y\n/a /b 301\n'],
    [
      'before what would take it first, comment and all',
      '/x /y\n# the rest\n/* /index.html 200\n',
      [{ from: '/a', to: '/b' }],
      '/x /y\n/a /b 301\n# the rest\n/* /index.html 200\n',
    ],
    [
      'with the line breaks of the file',
      '/x /y\r\n',
      [
        { from: '/a', to: '/b' },
        { from: '/c', to: '/d' },
      ],
      '/x /y\r\n/a /b 301\r\n/c /d 301\r\n',
    ],
    ['what led there follows', '/old   /a   301  # long ago\n', [{ from: '/a', to: '/b' }], '/old   /b   301  # long ago\n/a /b 301\n'],
    ['a circle goes', '/b /a 301\n/x /y\n', [{ from: '/a', to: '/b' }], '/x /y\n/a /b 301\n'],
    ['one that is there already is led on', '/a /x 302\n', [{ from: '/a/', to: '/b/' }], '/a /b/ 302\n'],
    ['rules for some visitors stay as they are', '/a /x 302 Country=de\n', [{ from: '/a', to: '/b' }], '/a /x 302 Country=de\n/a /b 301\n'],
    ['a rewrite keeps its file', '/app/* /a 200\n', [{ from: '/a', to: '/b' }], '/a /b 301\n/app/* /a 200\n'],
  ]);

  lawsOf(netlify, ['', '/x /y', '# c\n/* /index.html 200\n', '/guide/:page /manual/:page\r\n']);
});

describe('netlify.toml', () => {
  const REST = '[build]\n  command = "x"\n';
  savesTable(netlifyToml, [
    [
      'tables',
      '[[redirects]]\nfrom = "/a"\nto = "/b"\n\n[[redirects]]\n  from = \'/c/*\'\n  to = "/d/:splat"\n  status = 302\n',
      '/a',
      '/c/x',
      '- /b',
    ],
    ['other tables are not read', '[[headers]]\n  for = "/a"\n[build]\nfrom = "/x"\nto = "/y"\n', '- /a', '- /x'],
    ['conditions in a table of their own', '[[redirects]]\nfrom = "/a"\nto = "/b"\n[redirects.conditions]\n  Country = ["de"]\n', '- /a'],
    ['conditions in line', '[[redirects]]\nfrom = "/a"\nto = "/b"\nconditions = {Language = ["fr"]}\n', '- /a'],
    ['headers are no condition', '[[redirects]]\nfrom = "/a"\nto = "/b"\nheaders = {X-From = "N"}\n', '/a'],
    [
      'comments, and text over several lines',
      '# [[redirects]]\n[build]\nx = """\n[[redirects]]\nfrom = "/a"\nto = "/b"\n"""\n[[redirects]]\nfrom = "/c" # here\nto = "/d"\n',
      '- /a',
      '/c',
    ],
    ['a page for errors', '[[redirects]]\nfrom = "/*"\nto = "/404.html"\nstatus = 404\n', '- /a'],
  ]);

  addTable(netlifyToml, [
    ['behind the rest', REST, [{ from: '/a', to: '/b' }], `${REST}\n[[redirects]]\n  from = "/a"\n  to = "/b"\n  status = 301\n`],
    [
      'before what would take it first',
      `${REST}\n[[redirects]]\n  from = "/*"\n  to = "/index.html"\n  status = 200\n`,
      [{ from: '/a', to: '/b' }],
      `${REST}\n[[redirects]]\n  from = "/a"\n  to = "/b"\n  status = 301\n\n[[redirects]]\n  from = "/*"\n  to = "/index.html"\n  status = 200\n`,
    ],
    [
      'what led there follows',
      '[[redirects]]\nfrom = "/old"\nto = "/a" # x\n\n[[redirects]]\nfrom = "/a"\nto = "/c"\n',
      [{ from: '/a', to: '/b' }],
      '[[redirects]]\nfrom = "/old"\nto = "/b" # x\n\n[[redirects]]\nfrom = "/a"\nto = "/b"\n',
    ],
  ]);

  lawsOf(netlifyToml, [
    '',
    REST,
    `${REST}[[redirects]]\nfrom = "/*"\nto = "/index.html"\nstatus = 200`,
    '[[redirects]]\r\nfrom = "/x"\r\nto = "/y"\r\n',
  ]);
});
