/**
 * Eleventy (11ty.dev/docs/permalinks, /docs/config/#input-directory, /docs/data-eleventy-supplied#fileslug): every template a folder of its
 * own, `index` and the file named like its folder stand for it, dates at the beginning of a name fall away; `permalink` unless a template.
 */
import { first } from '../frontMatter.ts';
import { blockAfter, literalIn, withoutComments } from '../settingsText.ts';
import {
  asFolder,
  at,
  below,
  inside,
  isPage,
  NOT_PUBLISHED,
  type Published,
  rootBeside,
  type SiteBuilder,
  type SourceFile,
  splitExtension,
  splitName,
} from '../site.ts';

export const eleventy: SiteBuilder = {
  settings: 'eleventy.config.js',
  rootOf: (path) => rootBeside(path, /^(?:\.eleventy\.(?:js|cjs|mjs)|eleventy\.config\.(?:js|cjs|mjs|ts))$/),
  open([file]) {
    if (file === undefined) return null;
    const code = withoutComments(file.text);
    const folders = blockAfter(code, /\bdir["']?\s*:\s*\{/) ?? '';
    const input = literalIn(folders, 'input') ?? /setInputDirectory\(\s*["'`]([^"'`]+)["'`]/.exec(code)?.[1] ?? '';
    const copied = Array.from(code.matchAll(/addPassthroughCopy\(\s*["'`]([^"'`*{]+)["'`]\s*\)/g), ([, folder = '']) => folder.replace(/^\.\//, ''));
    return { url: null, publish: (page) => publish(page, input, copied) };
  },
};

function publish({ path, front }: SourceFile, input: string, copied: readonly string[]): Published {
  const own = inside(path, input);
  if (own === null) return NOT_PUBLISHED;
  const { stem, extension } = splitExtension(own);
  if (!isPage(extension)) return copied.some((folder) => path === folder || inside(path, folder) !== null) ? at(own) : NOT_PUBLISHED;
  if (own.split('/').some((part) => part.startsWith('_'))) return NOT_PUBLISHED;
  const permalink = first(front, 'permalink');
  if (permalink !== null)
    return permalink === 'false' || /\{[{%]/.test(permalink) ? NOT_PUBLISHED : at(below(permalink).replace(/(^|\/)index\.html$/, '$1'));
  const { folder, name } = splitName(stem);
  const bare = /\d{4}-\d{2}-\d{2}-(.+)/.exec(name)?.[1] ?? name;
  const parent = splitName(folder.slice(0, -1)).name;
  return at(bare === 'index' || (parent !== '' && bare === parent) ? folder : asFolder(folder + bare));
}
