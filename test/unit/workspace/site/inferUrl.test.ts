/** Where a folder is published, by what its files say. */
import assert from 'node:assert/strict';
import { detectSite } from '../../../../server/src/workspace/site/builders.ts';
import { inferSiteUrl } from '../../../../server/src/workspace/site/inferUrl.ts';

const SITEMAP = '<urlset><url><loc>https://s.org/docs/a/b.html</loc></url><url><loc>https://s.org/docs/</loc></url></urlset>';

const CASES: readonly (readonly [says: string, files: Readonly<Record<string, string>>, url: string | null, from?: string])[] = [
  ['the builder before all others', { 'mkdocs.yml': 'site_url: https://m.org/en\n', CNAME: 'other.org' }, 'https://m.org/en/', 'mkdocs.yml'],
  ['CNAME where the builder says nothing', { 'mkdocs.yml': '', 'docs/CNAME': 'docs.m.org\n' }, 'https://docs.m.org/', 'docs/CNAME'],
  ['a starter’s placeholder is none', { 'hugo.toml': "baseURL = 'https://example.org/'" }, null],
  ['nor is this machine', { '_config.yml': 'url: http://localhost:4000' }, null],
  ['the sitemap', { 'public/sitemap.xml': SITEMAP }, 'https://s.org/docs/', 'public/sitemap.xml'],
  ['robots.txt', { 'robots.txt': 'User-agent: *\nSitemap: https://r.org/sitemap.xml\n' }, 'https://r.org/', 'robots.txt'],
  ['the homepage of a package', { 'package.json': '{"homepage": "https://p.dev/docs"}' }, 'https://p.dev/docs/', 'package.json'],
  ['a repository is no site', { 'package.json': '{"homepage": "https://github.com/a/b#readme"}' }, null],
  ['a broken package.json', { 'package.json': '{"homepage":' }, null],
  ['a CNAME with other things in it', { CNAME: '<html>' }, null],
  ['nothing at all', {}, null],
];

describe('the address of a folder', () => {
  for (const [says, given, url, from] of CASES) {
    it(says, () => {
      const files = Object.entries(given).map(([path, text]) => ({ path, text }));
      const guess = inferSiteUrl(files, detectSite(files, 'auto'));
      assert.deepEqual(guess, url === null ? null : { url, from });
    });
  }
});
