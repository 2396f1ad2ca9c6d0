/** `vercel.json`. */
import { vercel } from '../../../server/src/redirects/vercel.ts';
import { addTable, lawsOf, savesTable } from './support.ts';

const file = (...redirects: object[]) => JSON.stringify({ redirects });

describe('vercel.json', () => {
  savesTable(vercel, [
    ['a path', file({ source: '/a', destination: '/b' }), '/a', '/a/', '- /ab'],
    ['a parameter', file({ source: '/blog/:slug', destination: '/news/:slug' }), '/blog/x', '- /blog', '- /blog/x/y'],
    ['any number of them', file({ source: '/blog/:path*', destination: '/news/:path*' }), '/blog', '/blog/x/y', '- /blogs'],
    ['an expression', file({ source: '/post/:id(\\d{1,4})', destination: '/x' }), '/post/12', '- /posts'],
    ['an expression of its own', file({ source: '/old/(.*)', destination: '/x' }), '/old/a/b', '- /new/a'],
    ['conditions', file({ source: '/a', destination: '/b', has: [{ type: 'header', key: 'x' }] }), '- /a'],
    ['missing conditions', file({ source: '/a', destination: '/b', missing: [{ type: 'cookie', key: 'x' }] }), '- /a'],
    ['a rewrite serves it', JSON.stringify({ rewrites: [{ source: '/app/(.*)', destination: '/index.html' }] }), '/app/x', '- /x'],
    ['out of shape', '{"redirects": {"source": "/a"}, "rewrites": [1, "x", {"source": 5}, {"destination": "/b"}]}', '- /a'],
    ['comments and a comma too many', '{ // c\n "redirects": [ {"source": "/a", "destination": "/b"}, ] }', '/a'],
  ]);

  addTable(vercel, [
    [
      'into an empty file',
      '',
      [{ from: '/a', to: '/b' }],
      '{\n  "redirects": [\n    {\n      "source": "/a",\n      "destination": "/b",\n      "permanent": true\n    }\n  ]\n}\n',
    ],
    [
      'behind the others',
      '{\n  "redirects": [\n    { "source": "/x", "destination": "/y" }\n  ]\n}\n',
      [
        { from: '/a', to: '/b' },
        { from: '/c', to: '/d' },
      ],
      '{\n  "redirects": [\n    { "source": "/x", "destination": "/y" },\n    { "source": "/a", "destination": "/b", "permanent": true },\n    { "source": "/c", "destination": "/d", "permanent": true }\n  ]\n}\n',
    ],
    [
      'before what would take it first',
      '{\n  "redirects": [\n    { "source": "/(.*)", "destination": "/y" }\n  ]\n}\n',
      [{ from: '/a', to: '/b' }],
      '{\n  "redirects": [\n    { "source": "/a", "destination": "/b", "permanent": true },\n    { "source": "/(.*)", "destination": "/y" }\n  ]\n}\n',
    ],
    ['no JSON', 'redirects: yes', [{ from: '/a', to: '/b' }], null],
    ['a list', '[]', [{ from: '/a', to: '/b' }], null],
  ]);

  lawsOf(vercel, [
    '{}',
    '{\n\t"cleanUrls": true\n}\n',
    file({ source: '/x', destination: '/y' }),
    '{\n  "redirects": [\n    { "source": "/:path*", "destination": "/y" }\n  ]\n}',
    '{"redirects": []}',
  ]);
});
