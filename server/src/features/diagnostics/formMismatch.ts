/** `form-mismatch`: the URL as written has no backlinks, another written form of the same page has. Never proposes http. */
import * as l10n from '@vscode/l10n';
import { lastKnown } from '../../../../shared/backlinks.ts';
import { exactKey, withoutTracking } from '../../urls/keys.ts';
import { count } from '../format.ts';
import { clip } from '../safeMarkdown.ts';
import type { LinkRule } from './rule.ts';

export const formMismatch: LinkRule = {
  code: 'form-mismatch',
  about: 'address',
  check({ link, range, webUrl, page }, { locale }) {
    const forms = lastKnown(page)?.value.forms;
    // A link to a page of one's own is written as its file is; only an address has forms.
    if (!forms || webUrl === null || !isAddress(link.url)) return null;
    const written = withoutFragment(webUrl);
    if (forms.some((form) => form.backlinks > 0 && exactKey(form.url) === written)) return null;
    const best = forms.find((form) => form.backlinks > 0 && isForm(form.url) && exactKey(form.url) !== written);
    if (best === undefined) return null;
    const fragment = fragmentOf(link.url);
    return {
      range,
      message: l10n.t('None seen for this form of the address; {0} has {1} backlinks.', clip(best.url, 200), count(best.backlinks, locale)),
      repair: { title: l10n.t('Use {0}', clip(best.url, 80)), newText: withoutFragment(best.url) + fragment },
    };
  },
};

/** One that is worth writing: secure, and without what only says where a visitor came from. */
function isForm(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && withoutTracking(parsed.search) === parsed.search && parsed.username === '' && parsed.password === '';
}

function isAddress(url: string): boolean {
  return /^(?:https?:)?\/\//i.test(url);
}

function withoutFragment(url: string): string {
  return (exactKey(url) ?? url).replace(/#.*$/s, '');
}

function fragmentOf(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? '' : url.slice(hash);
}
