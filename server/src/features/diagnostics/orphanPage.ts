/** `orphan-page`: no other page of the folder links to this document. A start page needs no link. */
import * as l10n from '@vscode/l10n';
import type { PageRule } from './rule.ts';

export const orphanPage: PageRule = {
  code: 'orphan-page',
  check({ reach, isStart, range }) {
    if (reach === null || isStart || reach.backlinks.length > 0) return null;
    return { range, message: l10n.t('No other page of this folder links to this one.') };
  },
};
