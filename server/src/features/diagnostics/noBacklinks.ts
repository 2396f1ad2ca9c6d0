/** `no-backlinks`: the source was asked and knows no link to the page. Silent where it does not say how many. */
import { lastKnown } from '../../../../shared/backlinks.ts';
import { noneSeen } from '../sourceLine.ts';
import type { LinkRule } from './rule.ts';

export const noBacklinks: LinkRule = {
  code: 'no-backlinks',
  about: 'address',
  check({ range, page }, { source, locale }) {
    const summary = lastKnown(page)?.value;
    return summary?.backlinks === 0 ? { range, message: noneSeen(source, summary.internalBacklinks, locale) } : null;
  },
};
