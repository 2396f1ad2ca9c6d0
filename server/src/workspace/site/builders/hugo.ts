/**
 * Hugo (gohugo.io/content-management/urls, /organization, /configuration/permalinks, /configuration/ugly-urls, /configuration/languages):
 * pages below `content`, each a folder of its own; `_index` and `index` stand for theirs; `url`, `slug` and `aliases` of the front matter.
 */
import { type FrontMatter, first } from '../frontMatter.ts';
import { entriesAt, flagAt, readValues, textAt, type Values, valueAt } from '../settingsText.ts';
import {
  asFolder,
  at,
  type BuilderSite,
  below,
  inside,
  isPage,
  join,
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

interface Language {
  readonly code: string;
  readonly content: string;
  /** Its pages lie below its code. */
  readonly prefix: string;
}

interface Setup {
  readonly languages: readonly Language[];
  readonly statics: readonly string[];
  readonly keepsCase: boolean;
  readonly values: Values;
}

export const hugo: SiteBuilder = {
  settings: 'hugo.toml',
  rootOf(path) {
    const folder = /^(.*?)config\/_default\/(?:hugo|config)\.(?:toml|ya?ml|json)$/.exec(path)?.[1];
    return folder ?? rootBeside(path, /^(?:hugo|config)\.(?:toml|ya?ml|json)$/);
  },
  open(files) {
    const file = files.find(({ path }) => /(?:^|\/)hugo\./.test(path)) ?? files[0];
    const values = file === undefined ? {} : readValues(file.path, file.text);
    // Before it had a name of its own, the file was called `config`, as those of many others are.
    if (file === undefined || (!/(?:^|\/)hugo\./.test(file.path) && valueAt(values, 'baseURL') === undefined)) return null;
    return site(setupOf(values));
  },
};

function setupOf(values: Values): Setup {
  const content = textAt(values, 'contentDir') ?? 'content';
  const home = textAt(values, 'defaultContentLanguage') ?? 'en';
  const subfolder = flagAt(values, 'defaultContentLanguageInSubdir') === true;
  const languages = entriesAt(values, 'languages').map(([code, own]) => ({
    code: code.toLowerCase(),
    content: textAt(own, 'contentDir') ?? content,
    prefix: code.toLowerCase() === home.toLowerCase() && !subfolder ? '' : code.toLowerCase(),
  }));
  const given = valueAt(values, 'staticDir');
  const statics = Array.isArray(given)
    ? given.filter((folder): folder is string => typeof folder === 'string')
    : [textAt(values, 'staticDir') ?? 'static'];
  return {
    // The innermost folder of content decides: a language may have its own inside the common one.
    languages: (languages.length === 0 ? [{ code: '', content, prefix: '' }] : languages).sort((a, b) => b.content.length - a.content.length),
    statics,
    keepsCase: flagAt(values, 'disablePathToLower') === true,
    values,
  };
}

function site(setup: Setup): BuilderSite {
  return {
    url: textAt(setup.values, 'baseURL'),
    publish(file) {
      for (const folder of setup.statics) {
        const found = inside(file.path, folder);
        if (found !== null) return at(found);
      }
      return content(file, setup);
    },
  };
}

function content({ path, front }: SourceFile, setup: Setup): Published {
  const held = setup.languages.map((language) => ({ language, path: inside(path, language.content) })).filter((one) => one.path !== null);
  const own = held[0];
  if (own?.path == null) return NOT_PUBLISHED;
  const { stem, extension } = splitExtension(own.path);
  if (first(front, 'draft') === 'true') return NOT_PUBLISHED;
  // `about.de.md` is the German `about` wherever the languages share a folder.
  const suffix = /\.([a-z]{2,3}(?:-[a-z\d]+)*)$/i.exec(stem)?.[1]?.toLowerCase();
  const named = held.find(({ language }) => language.code === suffix) ?? null;
  const home = setup.languages.find(({ prefix }) => prefix === '');
  const shared = held.length > 1 && held.every(({ path: other }) => other === own.path);
  const language = named?.language ?? (shared ? home : own.language) ?? own.language;
  const bare = named === null ? stem : stem.slice(0, stem.lastIndexOf('.'));
  if (!isPage(extension)) return at(join(language.prefix, own.path));
  return page(bare, front, language, setup);
}

function page(stem: string, front: FrontMatter, { prefix }: Language, setup: Setup): Published {
  const cased = (path: string) => (setup.keepsCase ? path : path.toLowerCase()).replace(/\s+/g, '-');
  const { folder, name } = splitName(stem);
  const section = name === '_index';
  const bundle = name === 'index';
  const url = first(front, 'url');
  const own = first(front, 'slug');
  let path: string | null;
  if (url !== null) path = url.startsWith('/') ? below(url) : join(prefix, url);
  else if (section) path = join(prefix, cased(folder));
  else {
    const whole = bundle ? folder.slice(0, -1) : stem;
    const last = own === null ? splitName(whole).name : own;
    const pattern = patternOf(whole, setup.values);
    const plain = `${splitName(whole).folder}${last}`;
    path = pattern === null ? join(prefix, cased(plain)) : filled(pattern, whole, front, (filling) => join(prefix, cased(filling)));
    if (path !== null && !/\.html?$/.test(path)) path = ugly(whole, setup.values) && path !== '' ? `${path.replace(/\/$/, '')}.html` : asFolder(path);
  }
  const from = section ? asFolder(cased(folder)) : cased(bundle ? splitName(folder.slice(0, -1)).folder : folder);
  const others = (front['aliases'] ?? []).map((alias) => aliasPath(alias.startsWith('/') ? below(alias) : join(prefix, from, alias)));
  return { path, others };
}

/** An alias is a page of its own: a folder, unless it names its file. */
function aliasPath(path: string): string {
  return /\.html?$/i.test(path) ? path : asFolder(path);
}

function ugly(stem: string, values: Values): boolean {
  return flagAt(values, 'uglyURLs') ?? flagAt(values, 'uglyURLs', sectionOf(stem)) ?? false;
}

function sectionOf(stem: string): string {
  return stem.includes('/') ? stem.slice(0, stem.indexOf('/')) : '';
}

/** Patterns stand by section, of late below the kind of page. */
function patternOf(stem: string, values: Values): string | null {
  const section = sectionOf(stem);
  return section === '' ? null : (textAt(values, 'permalinks', 'page', section) ?? textAt(values, 'permalinks', section));
}

/** Null where the pattern asks for what the page does not say. */
function filled(pattern: string, stem: string, front: FrontMatter, finish: (path: string) => string): string | null {
  const name = splitName(stem).name;
  const title = first(front, 'title');
  const date = readDate(first(front, 'date'));
  const own = first(front, 'slug');
  const byTitle = slug(title ?? name);
  const tokens: Readonly<Record<string, string | undefined>> = {
    year: date?.year,
    month: date?.month,
    day: date?.day,
    section: sectionOf(stem),
    sections: splitName(stem).folder.slice(0, -1),
    title: byTitle,
    slug: own ?? byTitle,
    filename: name,
    contentbasename: name,
    slugorfilename: own ?? name,
    slugorcontentbasename: own ?? name,
  };
  let known = true;
  const path = pattern.replace(/:([a-z]+)/g, (_, token: string) => {
    known &&= tokens[token] !== undefined;
    return tokens[token] ?? '';
  });
  return known ? finish(path) : null;
}
