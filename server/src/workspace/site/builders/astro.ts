/**
 * Astro (docs.astro.build/en/guides/routing, /reference/configuration-reference: `site`, `base`, `trailingSlash`, `build.format`) and its
 * documentation theme Starlight (starlight.astro.build/guides/pages: pages below `src/content/docs`). Dynamic routes are not known.
 */
import { first } from '../frontMatter.ts';
import { literalIn, withoutComments } from '../settingsText.ts';
import {
  at,
  below,
  inside,
  isPage,
  NOT_PUBLISHED,
  type Published,
  rootBeside,
  type SiteBuilder,
  type SourceFile,
  slug,
  splitExtension,
  splitName,
} from '../site.ts';

interface Setup {
  readonly source: string;
  readonly statics: string;
  readonly starlight: boolean;
  readonly slash: string;
  readonly format: string;
}

export const astro: SiteBuilder = {
  settings: 'astro.config.mjs',
  rootOf: (path) => rootBeside(path, /^astro\.config\.(?:mjs|js|cjs|ts|mts)$/),
  open([file]) {
    if (file === undefined) return null;
    const code = withoutComments(file.text);
    const url = literalIn(code, 'site');
    const setup: Setup = {
      source: (literalIn(code, 'srcDir') ?? 'src').replace(/^\.\//, '').replace(/\/$/, ''),
      statics: literalIn(code, 'publicDir') ?? 'public',
      starlight: /\bstarlight\s*\(/.test(code),
      slash: literalIn(code, 'trailingSlash') ?? 'ignore',
      format: literalIn(code, 'format') ?? 'directory',
    };
    return {
      url: url === null ? null : `${url.replace(/\/+$/, '')}/${below(literalIn(code, 'base') ?? '')}`,
      publish: (page) => publish(page, setup),
    };
  },
};

function publish({ path, front }: SourceFile, setup: Setup): Published {
  const statics = inside(path, setup.statics);
  if (statics !== null) return at(statics);
  if (first(front, 'draft') === 'true') return NOT_PUBLISHED;
  const doc = setup.starlight ? inside(path, `${setup.source}/content/docs`) : null;
  const page = doc ?? inside(path, `${setup.source}/pages`);
  if (page === null || page.split('/').some((part) => part.startsWith('_') || part.includes('['))) return NOT_PUBLISHED;
  const { stem, extension } = splitExtension(page);
  if (!isPage(extension) && extension !== '.astro') return NOT_PUBLISHED;
  const given = doc === null ? null : first(front, 'slug');
  const plain = doc === null ? stem : stem.split('/').map(slug).join('/');
  return at(finish(given === null ? plain : below(given), given === null, setup));
}

function finish(stem: string, byFile: boolean, { slash, format }: Setup): string {
  const { folder, name } = splitName(stem);
  const bare = byFile && name === 'index' ? folder.slice(0, -1) : stem.replace(/\/$/, '');
  if (bare === '') return '';
  if (format === 'file') return `${bare}.html`;
  return slash === 'never' ? bare : `${bare}/`;
}
