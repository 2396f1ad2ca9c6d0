/** `nofollow-mismatch`: a link that search engines follow to a target that the settings say not to follow, or the reverse. */
import * as l10n from '@vscode/l10n';
import { ignoredBy } from '../ignorePatterns.ts';
import { clip } from '../safeMarkdown.ts';
import type { LinkRule } from './rule.ts';

/** A link with one of these is not followed (Google Search Central, "Qualify your outbound links"). */
const UNFOLLOWED = ['nofollow', 'ugc', 'sponsored'] as const;

export const nofollowMismatch: LinkRule = {
  code: 'nofollow-mismatch',
  about: 'address',
  check({ link, range, webUrl }, { nofollowTargets, followTargets, pageNofollow }) {
    const followable = link.tag === 'a' || link.tag === 'aimg' || link.tag === 'area' || link.role === 'definition';
    if (webUrl === null || !followable) return null;
    const host = clip(URL.parse(webUrl)?.host ?? webUrl, 100);
    const tokens = UNFOLLOWED.filter((token) => link.rel.includes(token));
    if (ignoredBy(webUrl, nofollowTargets) !== null) {
      if (tokens.length > 0 || pageNofollow) return null;
      const repair = { title: l10n.t('Add rel="nofollow"'), rel: { add: ['nofollow'], remove: [] } };
      return { range, message: l10n.t('This link is followed; by your settings links to {0} are not to be.', host), repair };
    }
    if (ignoredBy(webUrl, followTargets) === null) return null;
    if (pageNofollow)
      return { range, message: l10n.t('The robots meta of this page says nofollow; by your settings links to {0} are to be followed.', host) };
    if (tokens.length === 0) return null;
    const repair = { title: l10n.t('Remove {0}', tokens.join(' ')), rel: { add: [], remove: [...UNFOLLOWED] } };
    return { range, message: l10n.t('This link is not followed ({0}); by your settings links to {1} are to be.', tokens.join(' '), host), repair };
  },
};
