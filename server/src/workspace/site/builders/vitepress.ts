/**
 * VitePress (vitepress.dev/guide/routing, /reference/site-config: `base`, `srcDir`, `cleanUrls`, `rewrites`, `sitemap.hostname`): each page
 * an HTML file at its path, `index` standing for its folder. Rewrites with parameters are not followed.
 */
import { blockAfter, literalIn, withoutComments } from '../settingsText.ts';
import { at, below, inside, isMarkdown, NOT_PUBLISHED, type SiteBuilder, splitExtension, splitName } from '../site.ts';

export const vitepress: SiteBuilder = {
  settings: '.vitepress/config.ts',
  rootOf: (path) => /^(.*?)\.vitepress\/config(?:\/index)?\.(?:js|ts|mjs|mts|cjs|cts)$/.exec(path)?.[1] ?? null,
  open([file]) {
    if (file === undefined) return null;
    const code = withoutComments(file.text);
    const source = literalIn(code, 'srcDir') ?? '';
    const clean = literalIn(code, 'cleanUrls') === 'true';
    const host = literalIn(blockAfter(code, /\bsitemap["']?\s*:\s*\{/) ?? '', 'hostname');
    const rewrites = rewritesOf(blockAfter(code, /\brewrites["']?\s*:\s*\{/) ?? '');
    const base = below(literalIn(code, 'base') ?? '');
    return {
      url: host === null ? null : host.replace(/\/+$/, '').endsWith(`/${base.replace(/\/$/, '')}`) ? host : `${host.replace(/\/+$/, '')}/${base}`,
      publish({ path }) {
        const given = inside(path, source);
        if (given === null || given.startsWith('.vitepress/')) return NOT_PUBLISHED;
        const statics = inside(given, 'public');
        if (statics !== null) return at(statics);
        const own = rewrites.get(given) ?? given;
        const { stem, extension } = splitExtension(own);
        if (!isMarkdown(extension) || own.includes('[')) return NOT_PUBLISHED;
        const { folder, name } = splitName(stem);
        return at(name === 'index' ? folder : clean ? stem : `${stem}.html`);
      },
    };
  },
};

function rewritesOf(block: string): ReadonlyMap<string, string> {
  const pairs = block.matchAll(/["']([^"':*]+\.md)["']\s*:\s*["']([^"':*]+)["']/g);
  return new Map(Array.from(pairs, ([, from = '', to = '']) => [from, to.endsWith('.md') ? to : `${to}.md`]));
}
