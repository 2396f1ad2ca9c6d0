/** `generic-anchor`: the words of a link to one's own page say nothing about it. */
import * as l10n from '@vscode/l10n';
import { isBareUrl, isGenericText } from '../genericText.ts';
import { clip } from '../safeMarkdown.ts';
import type { LinkRule } from './rule.ts';

export const genericAnchor: LinkRule = {
  code: 'generic-anchor',
  about: 'words',
  check({ link, range, local }, { language }) {
    if (local === null || local.self || link.role !== 'hyperlink' || link.tag === 'area') return null;
    if (isBareUrl(link.text, link.url)) {
      return { range, message: l10n.t('The text of this link to {0} is only an address; say what the page is about.', clip(local.path, 100)) };
    }
    if (!isGenericText(link.text, language, local.path)) return null;
    return { range, message: l10n.t('“{0}” says nothing about {1}; use words that do.', clip(link.text, 60), clip(local.path, 100)) };
  },
};
