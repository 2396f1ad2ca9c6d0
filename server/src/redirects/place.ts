/** Which of a folder's files hold its redirects, and in which syntax: as the folder does it already, else as its host or site builder does. Pure. */
import { htaccess } from './htaccess.ts';
import { readRedirectMaps } from './mkdocs.ts';
import { netlify } from './netlify.ts';
import { netlifyToml } from './netlifyToml.ts';
import { nginx } from './nginx.ts';
import type { RedirectFormat } from './redirect.ts';
import { vercel } from './vercel.ts';

/** Folders whose files a builder copies to the root of the site as they are. */
const STATIC_FOLDERS: ReadonlyMap<string | null, string> = new Map([
  ['hugo', 'static/'],
  ['docusaurus', 'static/'],
  ['astro', 'public/'],
  ['vitepress', 'docs/public/'],
  ['mkdocs', 'docs/'],
]);

/** Syntaxes that have a file of their own. */
export type FileForm = 'netlify' | 'netlify-toml' | 'vercel' | 'htaccess' | 'nginx';
/** The others write into a page, or into the builder's settings. */
export type Form = FileForm | 'front-matter' | 'mkdocs';

export const FORMATS: Readonly<Record<FileForm, RedirectFormat>> = { netlify, 'netlify-toml': netlifyToml, vercel, htaccess, nginx };

/** Folders whose files a site builder publishes as they are. */
const STATIC = ['', 'static/', 'public/', 'docs/public/', 'source/', 'src/', 'docs/'];

/** Where each is looked for below an open folder, the most usual first. */
export const REDIRECT_FILES: Readonly<Record<FileForm, readonly string[]>> = {
  netlify: STATIC.map((folder) => `${folder}_redirects`),
  'netlify-toml': ['netlify.toml'],
  vercel: ['vercel.json'],
  htaccess: STATIC.map((folder) => `${folder}.htaccess`),
  nginx: [
    'nginx.conf',
    'redirects.conf',
    ...['nginx', '.nginx', 'config', 'conf', 'docker', 'deploy'].map((folder) => `${folder}/nginx.conf`),
    'nginx/default.conf',
    'nginx/redirects.conf',
    'nginx/conf.d/default.conf',
  ],
};

/** Further files that say how redirects are made. */
export const HINT_FILES = ['mkdocs.yml', 'mkdocs.yaml', '_config.yml', 'Gemfile', 'wrangler.toml', 'wrangler.jsonc'] as const;

/** A file that is there, with its path below the open folder. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
}

export interface Place {
  readonly form: Form;
  /** The file to write to; null for front matter. A file that is not there has the text null. */
  readonly file: { readonly path: string; readonly text: string | null } | null;
}

export interface SiteKind {
  readonly builder: string | null;
  /** Address of the site; null while it is not known. */
  readonly siteUrl: string | null;
}

/** Every file of redirects that is there, with its syntax. */
export function redirectFiles(files: readonly FoundFile[]): readonly { readonly form: FileForm; readonly file: FoundFile }[] {
  return (Object.keys(REDIRECT_FILES) as FileForm[]).flatMap((form) =>
    REDIRECT_FILES[form].flatMap((path) => files.filter((file) => file.path === path).map((file) => ({ form, file }))),
  );
}

/**
 * Where a new redirect goes.
 *
 * @param wanted the setting
 * @returns null where nothing tells how this site redirects, and where the setting says not to
 */
export function redirectPlace(wanted: Form | 'auto' | 'none', files: readonly FoundFile[], site: SiteKind): Place | null {
  if (wanted === 'none') return null;
  if (wanted !== 'auto') return placeOf(wanted, files, site);
  const present = redirectFiles(files);
  const inUse = present.find(({ form, file }) => form === 'netlify' || form === 'htaccess' || FORMATS[form].parse(file.text).length > 0);
  if (inUse !== undefined) return inUse;
  if (files.some(({ path, text }) => /^mkdocs\.ya?ml$/.test(path) && readRedirectMaps(text) !== null)) return placeOf('mkdocs', files, site);
  if (site.builder === 'hugo' || (site.builder === 'jekyll' && redirectsInJekyll(files))) return { form: 'front-matter', file: null };
  const form = present.find(({ form: name }) => name !== 'nginx')?.form ?? hostForm(files, site.siteUrl);
  return form === null ? null : placeOf(form, files, site);
}

/** The former addresses' key in front matter: Hugo's, and otherwise Jekyll's. */
export function formerKey(builder: string | null): 'aliases' | 'redirect_from' {
  return builder === 'jekyll' ? 'redirect_from' : 'aliases';
}

function placeOf(form: Form, files: readonly FoundFile[], { builder }: SiteKind): Place | null {
  if (form === 'front-matter') return { form, file: null };
  if (form === 'mkdocs') {
    const file = files.find(({ path }) => /^mkdocs\.ya?ml$/.test(path));
    return file === undefined ? null : { form, file };
  }
  const file = redirectFiles(files).find((one) => one.form === form)?.file;
  if (file !== undefined) return { form, file };
  // Nobody can guess where a server's configuration would be read from.
  if (form === 'nginx') return null;
  const folder = form === 'netlify' || form === 'htaccess' ? staticFolder(builder) : '';
  return { form, file: { path: folder + (REDIRECT_FILES[form][0] ?? ''), text: null } };
}

function staticFolder(builder: string | null): string {
  return STATIC_FOLDERS.get(builder) ?? '';
}

function redirectsInJekyll(files: readonly FoundFile[]): boolean {
  return files.some(({ path, text }) => (path === '_config.yml' || path === 'Gemfile') && text.includes('jekyll-redirect-from'));
}

function hostForm(files: readonly FoundFile[], siteUrl: string | null): FileForm | null {
  const host = siteUrl === null ? '' : (URL.parse(siteUrl)?.hostname ?? '');
  if (/\.(?:netlify\.app|pages\.dev)$/.test(host) || files.some(({ path }) => path.startsWith('wrangler.'))) return 'netlify';
  return host.endsWith('.vercel.app') ? 'vercel' : null;
}
