/** At which address a file of the folder stands: by its site builder, or by its own path where there is none. */
import type { WorkspaceFolder } from './fileKeys.ts';
import { baseName, folderOf, pageKind } from './paths.ts';
import { type FrontMatter, NO_FRONT_MATTER, readFrontMatter } from './site/frontMatter.ts';
import { inside, NOT_PUBLISHED, type Published } from './site/site.ts';
import { siteKey } from './siteKey.ts';

/**
 * @param key path of the file
 * @param text of a page; null for a file that is none, or was not read
 */
export function publish(key: string, folder: WorkspaceFolder, text: string | null): Published {
  const relative = key.slice(folder.path.length);
  const { site } = folder.found;
  if (site === null) return plain(relative);
  const path = inside(relative, site.root);
  if (path === null) return NOT_PUBLISHED;
  const front: FrontMatter = text === null || pageKind(key) === null ? NO_FRONT_MATTER : readFrontMatter(text);
  return site.publish({ path, front });
}

/** Keys under which links by address find the file; none without a builder: paths alone then tell all. */
export function addressKeys({ path, others }: Published, folder: WorkspaceFolder): readonly string[] {
  if (folder.hasBuilder !== true) return [];
  return [...new Set([...(path === null ? [] : [path]), ...others].map((one) => siteKey(folder.path, one)))];
}

/** HTML files keep their names, Markdown pages get a folder of their own, index files stand for theirs. */
function plain(relative: string): Published {
  const index = /^(?:index\.(?:html?|md|markdown)|readme\.md|_index\.md)$/i.test(baseName(relative));
  return { path: index ? folderOf(relative) : relative.replace(/\.(?:md|markdown|mdx)$/i, '/'), others: [] };
}
