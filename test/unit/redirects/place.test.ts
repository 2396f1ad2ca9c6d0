/** Where a site's redirects go: what the folder does already, what its builder or host does, and where nobody can tell. */
import assert from 'node:assert/strict';
import { redirectPlace, type SiteKind } from '../../../server/src/redirects/place.ts';

const SITE: SiteKind = { builder: null, siteUrl: null };
const MKDOCS = 'plugins:\n  - redirects:\n      redirect_maps:\n        a.md: b.md\n';

describe('where a redirect goes', () => {
  const CASES: readonly [name: string, files: Readonly<Record<string, string>>, site: Partial<SiteKind>, place: string | null][] = [
    ['nothing is known', {}, {}, null],
    ['a file of redirects', { _redirects: '' }, {}, 'netlify _redirects'],
    ['one among the static files', { 'static/_redirects': '' }, {}, 'netlify static/_redirects'],
    ['netlify.toml with redirects', { 'netlify.toml': '[[redirects]]\nfrom = "/a"\nto = "/b"\n' }, {}, 'netlify-toml netlify.toml'],
    ['netlify.toml without any', { 'netlify.toml': '[build]\n' }, {}, 'netlify-toml netlify.toml'],
    [
      'what is in use comes first',
      { 'netlify.toml': '[build]\n', 'vercel.json': '{"redirects":[{"source":"/a","destination":"/b"}]}' },
      {},
      'vercel vercel.json',
    ],
    ['.htaccess', { '.htaccess': 'Options -Indexes\n' }, {}, 'htaccess .htaccess'],
    ['nginx with redirects', { 'nginx.conf': 'server { rewrite ^/a$ /b permanent; }' }, {}, 'nginx nginx.conf'],
    ['nginx without any says nothing', { 'nginx.conf': 'server { listen 80; }' }, {}, null],
    ['the plugin of MkDocs', { 'mkdocs.yml': MKDOCS }, { builder: 'mkdocs' }, 'mkdocs mkdocs.yml'],
    ['MkDocs without it', { 'mkdocs.yml': 'site_name: x\n' }, { builder: 'mkdocs' }, null],
    ['Hugo', {}, { builder: 'hugo' }, 'front-matter '],
    ['Hugo behind a file of redirects', { 'static/_redirects': '' }, { builder: 'hugo' }, 'netlify static/_redirects'],
    ['Jekyll with its plugin', { Gemfile: 'gem "jekyll-redirect-from"' }, { builder: 'jekyll' }, 'front-matter '],
    ['Jekyll without it', { Gemfile: 'gem "jekyll"' }, { builder: 'jekyll' }, null],
    ['Docusaurus, whose plugin is set up by a program', {}, { builder: 'docusaurus' }, null],
    ['a host that reads one', {}, { siteUrl: 'https://x.netlify.app/' }, 'netlify _redirects'],
    ['and a builder with a folder for it', {}, { builder: 'astro', siteUrl: 'https://x.pages.dev/' }, 'netlify public/_redirects'],
    ['Cloudflare by its settings', { 'wrangler.toml': 'name = "x"' }, {}, 'netlify _redirects'],
    ['Vercel by its host', {}, { siteUrl: 'https://x.vercel.app/' }, 'vercel vercel.json'],
  ];
  for (const [name, files, site, expected] of CASES) {
    it(name, () => {
      const found = Object.entries(files).map(([path, text]) => ({ path, text }));
      const place = redirectPlace('auto', found, { ...SITE, ...site });
      assert.equal(place === null ? null : `${place.form} ${place.file?.path ?? ''}`, expected);
    });
  }

  it('as the setting says', () => {
    assert.equal(redirectPlace('none', [{ path: '_redirects', text: '' }], SITE), null);
    assert.deepEqual(redirectPlace('htaccess', [], SITE), { form: 'htaccess', file: { path: '.htaccess', text: null } });
    assert.deepEqual(redirectPlace('htaccess', [{ path: 'public/.htaccess', text: 'x' }], SITE)?.file?.path, 'public/.htaccess');
    assert.equal(redirectPlace('nginx', [], SITE), null);
    assert.equal(redirectPlace('mkdocs', [], SITE), null);
    assert.deepEqual(redirectPlace('front-matter', [], SITE), { form: 'front-matter', file: null });
  });
});
