/** `.htaccess` and `nginx.conf`. */
import { htaccess } from '../../../server/src/redirects/htaccess.ts';
import { nginx } from '../../../server/src/redirects/nginx.ts';
import { addTable, lawsOf, savesTable } from './support.ts';

describe('.htaccess', () => {
  savesTable(htaccess, [
    [
      'Redirect takes what is below',
      'Redirect 301 /a /b\nRedirect permanent "/c d" /e\nredirect /f https://x.org/',
      '/a',
      '/a/b',
      '/c%20d',
      '/f',
      '- /b',
    ],
    ['a page alone', 'Redirect 301 /a.html /b.html', '/a.html', '- /a.htmlx', '- /a'],
    ['RedirectPermanent and RedirectTemp', 'RedirectPermanent /a /b\nRedirectTemp /c /d', '/a', '/c'],
    ['gone on purpose', 'Redirect gone /a\nRedirect 410 /b\nRewriteRule ^c$ - [G]', '/a', '/b', '/c'],
    ['RedirectMatch', 'RedirectMatch 301 ^/a/?$ /b\nRedirectMatch 301 "^/blog/(.*)$" /news/$1', '/a', '/a/', '- /ab', '/blog/x/y', '- /x/blog/y'],
    [
      'RewriteRule, from the folder',
      'RewriteEngine On\nRewriteRule ^old/(.*)$ /new/$1 [R=301,L]\nRewriteRule ^x\\.html$ /y [R,NC]',
      '/old/a',
      '/x.html',
      '- /xahtml',
      '- /a/old/b',
    ],
    ['conditions', 'RewriteCond %{HTTP_HOST} ^www\nRewriteRule ^(.*)$ https://x.org/$1 [R=301,L]\nRewriteRule ^a$ /b [R=301]', '- /c', '/a'],
    ['a program that answers everything', 'RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . /index.php [L]', '/anything'],
    ['a dash changes nothing', 'RewriteRule ^a$ - [L]', '- /a'],
    ['comments', '# Redirect 301 /a /b', '- /a'],
    ['an expression that is not understood is thought to take', 'RedirectMatch 301 ^/(de|fr)/x$ /y', '/de/x', '/z'],
    ['a prefix of one that is not understood', 'RedirectMatch 301 ^/shop/(?:a|b){2}$ /y', '/shop/x', '- /z'],
    ['no destination', 'Redirect 301 /a\nRedirectMatch\nRewriteRule ^b$\n', '- /a', '- /b'],
  ]);

  addTable(htaccess, [
    ['into an empty file', '', [{ from: '/a.b/', to: '/c/' }], 'RedirectMatch 301 ^/a\\.b/?$ /c/\n'],
    [
      'where rewriting is on',
      'Options -Indexes\nRewriteEngine On\nRewriteRule . /index.php [L]\n',
      [{ from: '/a/', to: '/b/' }],
      'Options -Indexes\nRewriteEngine On\nRewriteRule ^a/?$ /b/ [R=301,L,NE]\nRewriteRule . /index.php [L]\n',
    ],
    ['a path with a blank', '', [{ from: '/a%20b', to: '/c%20d' }], 'RedirectMatch 301 "^/a b/?$" /c%20d\n'],
  ]);

  lawsOf(htaccess, ['', 'RewriteEngine on\r\nRewriteRule . /index.php [L]\r\n', 'Redirect 301 /x /y']);
});

describe('nginx.conf', () => {
  const SERVER = 'server {\n    listen 80;\n    location / {\n        try_files $uri =404;\n    }\n}\n';
  savesTable(nginx, [
    ['rewrite', 'server { rewrite ^/a/?$ /b permanent; rewrite ^/c/(.*)$ /d/$1 redirect; }', '/a', '/a/', '/c/x', '- /b'],
    [
      'a location that returns',
      'location = /a { return 301 /b; }\nlocation /c/ { return 302 https://x.org$request_uri; }\nlocation ~ ^/e/\\d+$ { return 301 /f; }',
      '/a',
      '- /a/b',
      '/c/x',
      '/e/12',
      '- /f',
    ],
    ['gone on purpose, and not found', 'location = /a { return 410; }\nlocation = /b { return 404; }', '/a', '- /b'],
    ['a map over the address', 'map $uri $to { default ""; /a /b; "~^/c/(.*)$" /d/$1; }', '/a', '/c/x', '- /default'],
    ['a map over something else', 'map $http_host $x { /a /b; }', '- /a'],
    ['under a condition', 'server { if ($host = x) { rewrite ^/a$ /b permanent; } }', '- /a'],
    ['comments and braces in expressions', '# rewrite ^/a$ /b permanent;\nserver { rewrite "^/c/\\d{4}$" /d permanent; }', '- /a', '/c/2026'],
    ['cut off', 'server { location = /a { return 301 /b', '- /a'],
  ]);

  addTable(nginx, [
    ['first in the server', SERVER, [{ from: '/a.b/', to: '/c/' }], `server {\n    rewrite ^/a\\.b/?$ /c/ permanent;${SERVER.slice(8)}`],
    [
      'a part that a server includes',
      'rewrite ^/x$ /y permanent;\n',
      [{ from: '/a', to: '/b' }],
      'rewrite ^/a/?$ /b permanent;\nrewrite ^/x$ /y permanent;\n',
    ],
    [
      'a server that only sends on is not the one',
      `server { listen 80; return 301 https://x.org$request_uri; }\n${SERVER}`,
      [{ from: '/a', to: '/b' }],
      `server { listen 80; return 301 https://x.org$request_uri; }\nserver {\n    rewrite ^/a/?$ /b permanent;${SERVER.slice(8)}`,
    ],
    ['several servers', SERVER + SERVER, [{ from: '/a', to: '/b' }], null],
    ['a brace too few', 'server {', [{ from: '/a', to: '/b' }], null],
    ['a map alone', 'map $uri $to { /a /b; }', [{ from: '/x', to: '/y' }], null],
  ]);

  lawsOf(nginx, [SERVER, 'http {\n  server {\n    listen 80;\n  }\n}\n', '']);
});
