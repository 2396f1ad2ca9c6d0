/** `lost-page`: backlinks point at a page of this site that is gone, and nothing takes their readers on. Shown on the file of redirects. */
import * as l10n from '@vscode/l10n';
import { count, day } from '../format.ts';
import type { LostPage } from '../lostPages.ts';
import { clip } from '../safeMarkdown.ts';

/** Whole sentences. */
export function lostPageMessage({ path, backlinks, domains, removal, status }: LostPage, locale: string): string {
  const what = clip(path, 100);
  const links =
    backlinks === 1
      ? l10n.t('1 backlink points at it')
      : domains === 1
        ? l10n.t('{0} backlinks from 1 domain point at it', count(backlinks, locale))
        : l10n.t('{0} backlinks from {1} domains point at it', count(backlinks, locale), count(domains, locale));
  return `${whatBecame(what, removal, status, locale)} ${links}.`;
}

function whatBecame(path: string, removal: LostPage['removal'], status: number | null, locale: string): string {
  if (removal !== null && removal.to !== null) {
    return l10n.t('{0} became {1} in {2} ({3});', path, clip(removal.to, 100), removal.commit, day(removal.day, locale));
  }
  if (removal !== null) return l10n.t('{0} was removed in {1} ({2});', path, removal.commit, day(removal.day, locale));
  if (status !== null) return l10n.t('{0} answered {1} when it was last captured;', path, status);
  return l10n.t('{0} is no page of this folder;', path);
}
