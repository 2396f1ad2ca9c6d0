/**
 * MkDocs (mkdocs.org/user-guide/configuration: `site_url`, `docs_dir`, `use_directory_urls`; /user-guide/writing-your-docs#index-pages):
 * `docs`, each page a folder of its own; `index` and `README` stand for theirs; the redirects plugin's map.
 */
import { readValues, textAt, type Values, valueAt } from '../settingsText.ts';
import { asFolder, inside, isMarkdown, NOT_PUBLISHED, type Published, rootBeside, type SiteBuilder, splitExtension, splitName } from '../site.ts';

export const mkdocs: SiteBuilder = {
  settings: 'mkdocs.yml',
  rootOf: (path) => rootBeside(path, /^mkdocs\.ya?ml$/),
  open([file]) {
    if (file === undefined) return null;
    const values = readValues(file.path, file.text);
    const folder = textAt(values, 'docs_dir') ?? 'docs';
    const folders = valueAt(values, 'use_directory_urls') !== false;
    const redirects = redirectsOf(values, folders);
    return {
      url: textAt(values, 'site_url'),
      publish({ path }): Published {
        const own = inside(path, folder);
        if (own === null || own.split('/').some((part) => part.startsWith('.'))) return NOT_PUBLISHED;
        return { path: pathOf(own, folders), others: redirects.get(own) ?? [] };
      },
    };
  },
};

function pathOf(path: string, folders: boolean): string {
  const { stem, extension } = splitExtension(path);
  if (!isMarkdown(extension)) return path;
  const { folder, name } = splitName(stem);
  if (name === 'index' || name === 'README') return folder;
  return folders ? asFolder(stem) : `${stem}.html`;
}

/** Page -> former paths, of `redirect_maps: {old.md: new.md}`. */
function redirectsOf(values: Values, folders: boolean): ReadonlyMap<string, readonly string[]> {
  const plugins = valueAt(values, 'plugins');
  const found = new Map<string, string[]>();
  for (const plugin of Array.isArray(plugins) ? (plugins as readonly unknown[]) : [plugins]) {
    const maps = valueAt(plugin, 'redirects', 'redirect_maps');
    for (const [from, to] of typeof maps === 'object' && maps !== null ? Object.entries(maps) : []) {
      if (typeof to === 'string') found.set(to, [...(found.get(to) ?? []), pathOf(from, folders)]);
    }
  }
  return found;
}
