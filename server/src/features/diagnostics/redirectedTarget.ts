/** `redirected-target`: the linked page redirects, as captured on a date; offers the destination. */
import * as l10n from '@vscode/l10n';
import { lastKnown } from '../../../../shared/backlinks.ts';
import { pageKey } from '../../urls/keys.ts';
import { isWebUrl } from '../../urls/resolve.ts';
import { day } from '../format.ts';
import { clip } from '../safeMarkdown.ts';
import type { LinkRule } from './rule.ts';

export const redirectedTarget: LinkRule = {
  code: 'redirected-target',
  about: 'address',
  check({ link, range, webUrl, page }, { locale }) {
    const redirect = lastKnown(page)?.value.redirectsTo;
    if (!redirect || webUrl === null || !isWebUrl(redirect.url) || pageKey(redirect.url) === pageKey(webUrl)) return null;
    const to = clip(redirect.url, 200);
    const message =
      redirect.on === null
        ? l10n.t('This page redirects ({0}) to {1}.', redirect.status, to)
        : l10n.t('This page redirects ({0}, captured {1}) to {2}.', redirect.status, day(redirect.on, locale), to);
    if (!/^(?:https?:)?\/\//i.test(link.url)) return { range, message };
    const fragment = link.url.includes('#') && !redirect.url.includes('#') ? link.url.slice(link.url.indexOf('#')) : '';
    // What is secure stays so, and what redirects for the time being may come back.
    if (/^https:/i.test(webUrl) && /^http:/i.test(redirect.url)) return { range, message };
    const preferred = redirect.status === 301 || redirect.status === 308;
    return { range, message, repair: { title: l10n.t('Update to {0}', clip(redirect.url, 80)), newText: redirect.url + fragment, preferred } };
  },
};
