/**
 * Each builder's rules from file to address, as its documentation gives them: the page that says so stands above each table. `file` may be
 * followed by front matter; null is a file that is not published.
 */
import assert from 'node:assert/strict';
import { detectSite } from '../../../../server/src/workspace/site/builders.ts';
import { NO_FRONT_MATTER, readFrontMatter } from '../../../../server/src/workspace/site/frontMatter.ts';
import type { SiteBuilderId } from '../../../../shared/settings.ts';

type Row = readonly [file: string, front: string, path: string | null, ...others: string[]];

interface Table {
  readonly says: string;
  readonly builder: SiteBuilderId;
  readonly files: Readonly<Record<string, string>>;
  readonly url?: string | null;
  readonly rows: readonly Row[];
}

const TABLES: readonly Table[] = [
  {
    // gohugo.io/content-management/urls, gohugo.io/content-management/organization
    says: 'Hugo: content, bundles, sections, url, slug, aliases',
    builder: 'hugo',
    files: { 'hugo.toml': "baseURL = 'https://docs.site.org/hand/'\n" },
    url: 'https://docs.site.org/hand/',
    rows: [
      ['content/_index.md', '', ''],
      ['content/about/index.md', '', 'about/'],
      ['content/about.md', '', 'about/'],
      ['content/posts/_index.md', '', 'posts/'],
      ['content/posts/My First Post.md', '', 'posts/my-first-post/'],
      ['content/posts/post-1.md', '---\nslug: my-first-post\n---\n', 'posts/my-first-post/'],
      ['content/posts/bundle/index.md', "+++\nslug = 'other'\n+++\n", 'posts/other/'],
      ['content/posts/post-1.md', '---\nurl: /articles/my-first-article\n---\n', 'articles/my-first-article'],
      ['content/posts/new.md', '---\naliases: [old, /first/old/]\n---\n', 'posts/new/', 'posts/old/', 'first/old/'],
      ['content/posts/new.md', '+++\naliases = [\n  "/a/",\n  "/b/"\n]\n[params]\nslug = "no"\n+++\n', 'posts/new/', 'a/', 'b/'],
      ['content/posts/new.md', '{\n "slug": "json"\n}\n', 'posts/json/'],
      ['content/posts/draft.md', '---\ndraft: true\n---\n', null],
      ['content/posts/cat.jpg', '', 'posts/cat.jpg'],
      ['static/old/page.html', '', 'old/page.html'],
      ['README.md', '', null],
    ],
  },
  {
    // gohugo.io/configuration/permalinks, gohugo.io/configuration/ugly-urls, gohugo.io/configuration/languages
    says: 'Hugo: permalinks, ugly addresses, languages',
    builder: 'hugo',
    files: {
      'web/hugo.yaml':
        'baseURL: https://site.org/\ndefaultContentLanguage: en\nlanguages:\n  en: {weight: 1}\n  de:\n    weight: 2\npermalinks:\n  page:\n    posts: /articles/:year/:month/:slug/\n  tutorials: /training/:contentbasename/\nuglyURLs:\n  books: true\n',
    },
    rows: [
      ['content/posts/bash.md', '---\ntitle: Bash in Slow Motion\ndate: 2023-04-19\n---\n', 'articles/2023/04/bash-in-slow-motion/'],
      ['content/posts/bash.md', '---\ntitle: Bash\n---\n', null],
      ['content/posts/_index.md', '', 'posts/'],
      ['content/tutorials/git.md', '', 'training/git/'],
      ['content/books/one.md', '', 'books/one.html'],
      ['content/about.de.md', '', 'de/about/'],
      ['content/about.md', '', 'about/'],
      ['content/v1.2/notes.md', '', 'v1.2/notes/'],
    ],
  },
  {
    // jekyllrb.com/docs/permalinks, /docs/posts, /docs/collections; jekyll-redirect-from; jekyll-readme-index
    says: 'Jekyll: posts, pages, collections, redirect_from',
    builder: 'jekyll',
    files: {
      '_config.yml':
        'url: "https://me.org"\nbaseurl: /docs\ncollections:\n  staff: {output: true}\n  notes: {output: true, permalink: "/:collection/:name"}\n  parts: {output: false}\nexclude: [vendor, Gemfile]\n',
    },
    url: 'https://me.org/docs',
    rows: [
      ['_posts/2009-03-27-pretty-schema.md', '', '2009/03/27/pretty-schema.html'],
      ['_posts/2009-03-27-a.md', '---\ncategories: [Work, Play]\n---\n', 'work/play/2009/03/27/a.html'],
      ['news/_posts/2009-03-27-a.md', '---\ndate: 2010-01-02 10:00:00 +0100\n---\n', 'news/2010/01/02/a.html'],
      ['about.md', '', 'about.html'],
      ['index.html', '', ''],
      ['guide/README.md', '', 'guide/'],
      ['my_pages/about-me.html', '---\npermalink: /about/\n---\n', 'about/'],
      ['a.md', '---\nredirect_from:\n  - /old.html\n  - /older/\n---\n', 'a.html', 'old.html', 'older/'],
      ['a.md', '---\nredirect_from: "/old.html"\n---\n', 'a.html', 'old.html'],
      ['_staff/jane.md', '', 'staff/jane.html'],
      ['_notes/My Note.md', '', 'notes/my-note'],
      ['_parts/x.md', '', null],
      ['_drafts/x.md', '', null],
      ['vendor/x.md', '', null],
      ['hidden.md', '---\npublished: false\n---\n', null],
      ['pic.png', '', 'pic.png'],
    ],
  },
  {
    // jekyllrb.com/docs/permalinks/#built-in-formats
    says: 'Jekyll: the style pretty',
    builder: 'jekyll',
    files: { '_config.yml': 'permalink: pretty\ncollections:\n  staff: {output: true}\n' },
    url: null,
    rows: [
      ['_posts/2009-3-7-a.md', '', '2009/03/07/a/'],
      ['about.md', '', 'about/'],
      ['_staff/jane.md', '', 'staff/jane/'],
    ],
  },
  {
    // jekyllrb.com/docs/permalinks/#placeholders
    says: 'Jekyll: a pattern of one’s own',
    builder: 'jekyll',
    files: { '_config.yml': 'permalink: /:short_year/:i_month/:i_day/:y_day/:slug\n' },
    rows: [
      ['_posts/2016-03-01-a b.md', '', '16/3/1/061/a-b'],
      ['about.md', '', 'about'],
    ],
  },
  {
    // docusaurus.io/docs/advanced/routing, /docs/create-doc, /docs/sidebar/autogenerated#using-number-prefixes, /docs/blog, /docs/i18n/tutorial
    says: 'Docusaurus: docs, blog, pages, number prefixes, slug, id, languages',
    builder: 'docusaurus',
    files: {
      'docusaurus.config.js':
        "// url: 'https://old.org'\nmodule.exports = {\n  url: 'https://site.io',\n  baseUrl: '/proj/',\n  presets: [['classic', { docs: { sidebarPath: './sidebars.js' }, blog: { routeBasePath: '/news' } }]],\n  plugins: [['@docusaurus/plugin-content-docs', { id: 'api', path: 'api', routeBasePath: 'reference' }]],\n};\n",
    },
    url: 'https://site.io/proj/',
    rows: [
      ['docs/intro.md', '', 'docs/intro'],
      ['docs/01-guides/02-install.mdx', '', 'docs/guides/install'],
      ['docs/2021-11-foo.md', '', 'docs/2021-11-foo'],
      ['docs/7.0-foo.md', '', 'docs/7.0-foo'],
      ['docs/guides/index.md', '', 'docs/guides/'],
      ['docs/guides/README.md', '', 'docs/guides/'],
      ['docs/guides/guides.md', '', 'docs/guides/'],
      ['docs/guides/a.md', '---\nslug: /start\n---\n', 'docs/start'],
      ['docs/guides/a.md', '---\nslug: b\n---\n', 'docs/guides/b'],
      ['docs/guides/a.md', '---\nslug: ../b\n---\n', 'docs/b'],
      ['docs/guides/a.md', '---\nid: part\n---\n', 'docs/guides/part'],
      ['docs/_partial.md', '', null],
      ['docs/x.md', '---\ndraft: true\n---\n', null],
      ['api/errors.md', '', 'reference/errors'],
      ['blog/2021-05-12-announcing.md', '', 'news/2021/05/12/announcing'],
      ['blog/2021-05-12-announcing/index.md', '', 'news/2021/05/12/announcing'],
      ['blog/x.md', '---\nslug: y\n---\n', 'news/y'],
      ['src/pages/index.md', '', ''],
      ['src/pages/support.md', '', 'support'],
      ['static/demo.html', '', 'demo.html'],
      ['i18n/fr/docusaurus-plugin-content-docs/current/intro.md', '', 'fr/docs/intro'],
      ['README.md', '', null],
    ],
  },
  {
    // docusaurus.io/docs/versioning, /docs/api/docusaurus-config#trailingSlash, /docs/docs-introduction#docs-only-mode
    says: 'Docusaurus: versions, slashes, docs alone',
    builder: 'docusaurus',
    files: {
      'docusaurus.config.ts':
        "export default { url: 'https://site.io', baseUrl: '/', trailingSlash: true, presets: [['classic', { docs: { routeBasePath: '/' }, blog: false }]] } satisfies Config;\n",
      'versions.json': '["2.0", "1.0"]',
    },
    rows: [
      ['docs/intro.md', '', 'next/intro/'],
      ['versioned_docs/version-2.0/intro.md', '', 'intro/'],
      ['versioned_docs/version-1.0/intro.md', '', '1.0/intro/'],
      ['blog/2021-05-12-a.md', '', null],
    ],
  },
  {
    // docs.astro.build/en/guides/routing, /en/reference/configuration-reference
    says: 'Astro: pages, underscore, dynamic routes, public',
    builder: 'astro',
    files: { 'astro.config.mjs': "export default defineConfig({ site: 'https://a.dev', base: '/docs' });" },
    url: 'https://a.dev/docs',
    rows: [
      ['src/pages/index.astro', '', ''],
      ['src/pages/about/index.md', '', 'about/'],
      ['src/pages/about/me.md', '', 'about/me/'],
      ['src/pages/_draft.md', '', null],
      ['src/pages/blog/[slug].html', '', null],
      ['src/content/blog/x.md', '', null],
      ['public/old.html', '', 'old.html'],
      ['README.md', '', null],
    ],
  },
  {
    // starlight.astro.build/guides/pages, docs.astro.build/en/reference/configuration-reference/#buildformat
    says: 'Astro: Starlight, files, no slash',
    builder: 'astro',
    files: { 'astro.config.ts': "export default defineConfig({ trailingSlash: 'never', integrations: [starlight({ title: 'Docs' })] });" },
    url: null,
    rows: [
      ['src/content/docs/index.mdx', '', ''],
      ['src/content/docs/guides/Getting Started.md', '', 'guides/getting-started'],
      ['src/content/docs/guides/x.md', '---\nslug: new/place\n---\n', 'new/place'],
    ],
  },
  {
    // docs.astro.build/en/reference/configuration-reference/#buildformat
    says: 'Astro: pages as files',
    builder: 'astro',
    files: { 'astro.config.mjs': "export default { build: { format: 'file' } }" },
    rows: [
      ['src/pages/a/b.md', '', 'a/b.html'],
      ['src/pages/index.md', '', ''],
    ],
  },
  {
    // 11ty.dev/docs/permalinks, 11ty.dev/docs/config/#input-directory, 11ty.dev/docs/copy
    says: 'Eleventy: folders, dates, permalink',
    builder: 'eleventy',
    files: {
      'eleventy.config.js':
        "export default function (config) { config.addPassthroughCopy('src/files'); return { dir: { input: 'src', output: '_site' } }; }",
    },
    url: null,
    rows: [
      ['src/index.md', '', ''],
      ['src/about.md', '', 'about/'],
      ['src/posts/posts.md', '', 'posts/'],
      ['src/posts/2018-01-01-file.md', '', 'posts/file/'],
      ['src/a.md', '---\npermalink: /this/is/\n---\n', 'this/is/'],
      ['src/a.md', '---\npermalink: /this/index.html\n---\n', 'this/'],
      ['src/a.md', '---\npermalink: "/{{ title | slugify }}/"\n---\n', null],
      ['src/a.md', '---\npermalink: false\n---\n', null],
      ['src/_includes/x.html', '', null],
      ['src/files/a.pdf', '', 'files/a.pdf'],
      ['README.md', '', null],
    ],
  },
  {
    // mkdocs.org/user-guide/writing-your-docs/#index-pages, mkdocs.org/user-guide/configuration; mkdocs-redirects
    says: 'MkDocs: folders, index, README, redirects',
    builder: 'mkdocs',
    files: {
      'mkdocs.yml':
        "site_url: https://m.org/en/\nplugins:\n  - search\n  - redirects:\n      redirect_maps:\n        'old.md': 'user/guide.md'\nmarkdown_extensions:\n  - x:\n      y: !!python/name:a.b.c\n",
    },
    url: 'https://m.org/en/',
    rows: [
      ['docs/index.md', '', ''],
      ['docs/about/license.md', '', 'about/license/'],
      ['docs/about/README.md', '', 'about/'],
      ['docs/user/guide.md', '', 'user/guide/', 'old/'],
      ['docs/img/a.png', '', 'img/a.png'],
      ['docs/.hidden/a.md', '', null],
      ['README.md', '', null],
    ],
  },
  {
    // mkdocs.org/user-guide/configuration/#use_directory_urls, #docs_dir
    says: 'MkDocs: files',
    builder: 'mkdocs',
    files: { 'mkdocs.yml': 'use_directory_urls: false\ndocs_dir: src\n' },
    rows: [
      ['src/about/license.md', '', 'about/license.html'],
      ['src/about/index.md', '', 'about/'],
    ],
  },
  {
    // vitepress.dev/guide/routing, vitepress.dev/reference/site-config
    says: 'VitePress: files below the folder of its settings',
    builder: 'vitepress',
    files: {
      'docs/.vitepress/config.mts':
        "export default defineConfig({ base: '/vp/', sitemap: { hostname: 'https://v.dev' }, rewrites: { 'a/b.md': 'c.md' } })",
    },
    url: 'https://v.dev/vp/',
    rows: [
      ['index.md', '', ''],
      ['prologue.md', '', 'prologue.html'],
      ['guide/index.md', '', 'guide/'],
      ['guide/getting-started.md', '', 'guide/getting-started.html'],
      ['a/b.md', '', 'c.html'],
      ['public/x.html', '', 'x.html'],
      ['packages/[pkg].md', '', null],
      ['.vitepress/theme/a.md', '', null],
    ],
  },
  {
    // vitepress.dev/guide/routing#generating-clean-url, #source-directory
    says: 'VitePress: clean addresses, a source folder',
    builder: 'vitepress',
    files: { '.vitepress/config.js': "module.exports = { srcDir: './src', cleanUrls: true }" },
    url: null,
    rows: [
      ['src/guide/a.md', '', 'guide/a'],
      ['src/index.md', '', ''],
      ['README.md', '', null],
    ],
  },
];

describe('site builders', () => {
  for (const { says, builder, files, url, rows } of TABLES) {
    describe(says, () => {
      const settings = Object.entries(files).map(([path, text]) => ({ path, text }));
      const site = detectSite(settings, 'auto');
      it('is detected', () => {
        assert.equal(site?.builder, builder);
        if (url !== undefined) assert.equal(site.url?.replace(/\/$/, '') ?? null, url?.replace(/\/$/, '') ?? null);
      });
      for (const [path, text, expected, ...others] of rows) {
        it(`${path} ${text.replace(/\s+/g, ' ')}→ ${expected === null ? 'nowhere' : `/${expected}`}`, () => {
          const front = text === '' ? NO_FRONT_MATTER : readFrontMatter(text);
          assert.deepEqual(site?.publish({ path, front }), { path: expected, others });
        });
      }
    });
  }

  it('takes the nearest of several, and the one that is named', () => {
    const files = [
      { path: 'website/docusaurus.config.js', text: '' },
      { path: 'mkdocs.yml', text: '' },
    ];
    assert.deepEqual([detectSite(files, 'auto')?.builder, detectSite(files, 'docusaurus')?.root], ['mkdocs', 'website/']);
    assert.deepEqual([detectSite(files, 'none'), detectSite([], 'auto'), detectSite([], 'hugo')?.builder], [null, null, 'hugo']);
  });

  it('does not take the settings of others for its own', () => {
    assert.equal(detectSite([{ path: 'config.toml', text: '[server]\nport = 1\n' }], 'auto'), null);
    assert.equal(detectSite([{ path: 'config.toml', text: 'baseURL = "https://x.org"\n' }], 'auto')?.builder, 'hugo');
    assert.equal(detectSite([{ path: 'hugo.toml', text: 'not [ toml' }], 'auto')?.url, null);
  });
});
