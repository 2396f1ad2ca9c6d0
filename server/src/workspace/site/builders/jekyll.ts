/**
 * Jekyll (jekyllrb.com/docs/permalinks, /posts, /collections, and the jekyll-redirect-from and jekyll-readme-index plugins of GitHub Pages):
 * `_config.yml`; posts by date, pages by their path, collections that are written out; `permalink` and `redirect_from` of the front matter.
 */
import { type FrontMatter, first } from '../frontMatter.ts';
import { flagAt, readValues, textAt, type Values, valueAt } from '../settingsText.ts';
import {
  below,
  inside,
  isMarkdown,
  isPage,
  NOT_PUBLISHED,
  type Published,
  readDate,
  rootBeside,
  type SiteBuilder,
  type SourceFile,
  slug,
  splitExtension,
  splitName,
} from '../site.ts';

/** Built-in styles of posts. `weekdate` is left out: its parts are week numbers. */
const STYLES: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  none: '/:categories/:title:output_ext',
};

export const jekyll: SiteBuilder = {
  settings: '_config.yml',
  rootOf: (path) => rootBeside(path, /^_config\.ya?ml$/),
  open([file]) {
    if (file === undefined) return null;
    const values = readValues(file.path, file.text);
    const url = textAt(values, 'url');
    return {
      url: url === null ? null : `${url.replace(/\/+$/, '')}/${below(textAt(values, 'baseurl') ?? '')}`,
      publish: (page) => publish(page, values),
    };
  },
};

function publish({ path, front }: SourceFile, values: Values): Published {
  const own = inside(path, textAt(values, 'source') ?? '');
  if (own === null || isExcluded(own, values)) return NOT_PUBLISHED;
  if (first(front, 'published') === 'false') return NOT_PUBLISHED;
  const { extension } = splitExtension(own);
  const others = (front['redirect_from'] ?? []).map(below);
  const permalink = first(front, 'permalink');
  const wanted = permalink === null ? null : fill(permalink, { ...dated(own, front), ...pageTokens(own) });
  const published = wanted ?? (permalink === null ? byPlace(own, extension, front, values) : null);
  return published === null ? NOT_PUBLISHED : { path: published, others };
}

function byPlace(path: string, extension: string, front: FrontMatter, values: Values): string | null {
  const post = /^(.*?)_posts\/(?:.*\/)?(\d{4}-\d{1,2}-\d{1,2})-([^/]+)\.[^./]+$/.exec(path);
  if (post !== null) return fill(style(values, 'posts') ?? STYLES['date'] ?? '', dated(path, front));
  const collection = collectionOf(path, values);
  if (collection !== null) return collection;
  if (path.split('/').some((part) => part.startsWith('_'))) return null;
  if (!isPage(extension)) return path;
  return pagePath(path, textAt(values, 'permalink') ?? 'date');
}

/** Pages have no date: of a style they take what ends it. The README of a folder stands for it where there is no index. */
function pagePath(path: string, permalink: string): string {
  const { stem, extension } = splitExtension(path);
  const { folder, name } = splitName(stem);
  if (name === 'index' || (/^readme$/i.test(name) && isMarkdown(extension))) return folder;
  const pattern = STYLES[permalink] ?? permalink;
  if (pattern.endsWith('/')) return `${stem}/`;
  return /:output_ext$|\.html$/.test(pattern) ? `${stem}.html` : stem;
}

function collectionOf(path: string, values: Values): string | null {
  const folder = textAt(values, 'collections_dir');
  const below = folder === null ? path : inside(path, folder);
  const label = /^_([^/]+)\//.exec(below ?? '')?.[1];
  if (below === null || label === undefined || flagAt(values, 'collections', label, 'output') !== true) return null;
  const { stem, extension } = splitExtension(below.slice(label.length + 2));
  if (!isPage(extension)) return `${label}/${stem}${extension}`;
  const pattern = style(values, label) ?? (textAt(values, 'permalink') === 'pretty' ? '/:collection/:path/' : '/:collection/:path:output_ext');
  const name = splitName(stem).name;
  return fill(pattern, { collection: label, path: stem, name: slug(name), title: slug(name), slug: slug(name), categories: '' });
}

function style(values: Values, collection: string): string | null {
  const own = textAt(values, 'collections', collection, 'permalink') ?? defaultOf(values, collection);
  const given = own ?? (collection === 'posts' ? textAt(values, 'permalink') : null);
  return given === null ? null : (STYLES[given] ?? given);
}

/** `defaults` give a permalink to all pages of a type. */
function defaultOf(values: Values, type: string): string | null {
  const defaults = valueAt(values, 'defaults');
  if (!Array.isArray(defaults)) return null;
  for (const entry of defaults as readonly unknown[]) {
    const scope = textAt(entry, 'scope', 'path') ?? '';
    if (textAt(entry, 'scope', 'type') === type && scope === '') return textAt(entry, 'values', 'permalink');
  }
  return null;
}

type Tokens = Readonly<Record<string, string | undefined>>;

function dated(path: string, front: FrontMatter): Tokens {
  const name = splitExtension(splitName(path).name).stem;
  const date = readDate(first(front, 'date')) ?? readDate(name);
  const title = first(front, 'slug') ?? name.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '');
  const folders = /^(.*?)\/?_posts\//.exec(path)?.[1] ?? '';
  const given = front['categories'] ?? front['category'] ?? [];
  const categories = [...folders.split('/'), ...given.flatMap((entry) => entry.split(/\s+/))].filter((part) => part !== '');
  return {
    categories: [...new Set(categories.map((category) => category.toLowerCase()))].join('/'),
    title,
    slug: slug(title),
    ...(date && {
      ...date,
      short_year: date.year.slice(2),
      i_month: String(Number(date.month)),
      i_day: String(Number(date.day)),
      y_day: yearDay(date),
    }),
  };
}

function pageTokens(path: string): Tokens {
  const { folder, name } = splitName(splitExtension(path).stem);
  return { path: folder.slice(0, -1), basename: name };
}

function yearDay({ year, month, day }: { readonly year: string; readonly month: string; readonly day: string }): string {
  const days = (Date.UTC(Number(year), Number(month) - 1, Number(day)) - Date.UTC(Number(year), 0, 1)) / 86_400_000 + 1;
  return String(days).padStart(3, '0');
}

/** Null where a part is not known. */
function fill(pattern: string, tokens: Tokens): string | null {
  let known = true;
  const path = pattern.replace(/:([a-z_]+)/g, (whole: string, token: string) => {
    // `:title:output_ext` has two, and so has `:title_of_mine`: the longest that there is.
    if (token === 'output_ext') return '.html';
    known &&= tokens[token] !== undefined;
    return tokens[token] ?? whole;
  });
  return known ? below(path).replace(/(^|\/)index\.html$/, '$1') : null;
}

function isExcluded(path: string, values: Values): boolean {
  const given = valueAt(values, 'exclude');
  const patterns = Array.isArray(given) ? given.filter((pattern): pattern is string => typeof pattern === 'string') : [];
  return patterns.some((pattern) => path === pattern || path.startsWith(pattern.endsWith('/') ? pattern : `${pattern}/`));
}
