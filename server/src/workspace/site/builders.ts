/** The site builders that are known, and which of them is at work in a folder. */
import type { SiteBuilderId } from '../../../../shared/settings.ts';
import { astro } from './builders/astro.ts';
import { docusaurus } from './builders/docusaurus.ts';
import { eleventy } from './builders/eleventy.ts';
import { hugo } from './builders/hugo.ts';
import { jekyll } from './builders/jekyll.ts';
import { mkdocs } from './builders/mkdocs.ts';
import { vitepress } from './builders/vitepress.ts';
import type { BuilderSite, SettingsFile, SiteBuilder } from './site.ts';

/** Where two could be meant, the one whose settings file has the less common name goes first. */
const BUILDERS: readonly (readonly [SiteBuilderId, SiteBuilder])[] = [
  ['docusaurus', docusaurus],
  ['vitepress', vitepress],
  ['astro', astro],
  ['mkdocs', mkdocs],
  ['eleventy', eleventy],
  ['jekyll', jekyll],
  ['hugo', hugo],
];

/** A builder at work in an open folder. */
export interface Site extends BuilderSite {
  readonly builder: SiteBuilderId;
  /** Its root below the open folder, with a slash at its end or empty. */
  readonly root: string;
  /** Path of the settings file below the open folder. */
  readonly settings: string;
}

/** True for a file whose change may change what the site is. */
export function isSettingsFile(path: string): boolean {
  return BUILDERS.some(([, builder]) => builder.rootOf(path) !== null);
}

/**
 * The site of a folder: of the builders whose settings are there, the one nearest to the folder's root.
 *
 * @param wanted the setting: a builder that is named is taken even where no settings of it were found
 */
export function detectSite(files: readonly SettingsFile[], wanted: SiteBuilderId | 'auto' | 'none'): Site | null {
  if (wanted === 'none') return null;
  const found = BUILDERS.filter(([id]) => wanted === 'auto' || id === wanted).flatMap(([id, builder]) => sitesOf(id, builder, files));
  const nearest = found.toSorted((a, b) => depth(a) - depth(b))[0] ?? null;
  if (nearest !== null || wanted === 'auto') return nearest;
  const [id, builder] = BUILDERS.find(([name]) => name === wanted) ?? [];
  if (id === undefined || builder === undefined) return null;
  const opened = builder.open([{ path: builder.settings, text: '' }]);
  return opened === null ? null : { ...opened, builder: id, root: '', settings: builder.settings };
}

function sitesOf(id: SiteBuilderId, builder: SiteBuilder, files: readonly SettingsFile[]): Site[] {
  const byRoot = Map.groupBy(files, ({ path }) => builder.rootOf(path));
  return [...byRoot].flatMap(([root, own]) => {
    const opened = root === null ? null : builder.open(own);
    return root === null || opened === null ? [] : [{ ...opened, builder: id, root, settings: own[0]?.path ?? builder.settings }];
  });
}

function depth({ root }: Site): number {
  return root.split('/').length;
}
