/** `weak-target`: the linked page is weaker than a threshold. Only strengths on our scale of 0 to 10 are weighed, never a vendor's score. */
import * as l10n from '@vscode/l10n';
import { lastKnown } from '../../../../shared/backlinks.ts';
import { basisText, decimal } from '../format.ts';
import type { LinkRule } from './rule.ts';

export const weakTarget: LinkRule = {
  code: 'weak-target',
  about: 'address',
  check({ range, page }, { weakTargetBelow, locale }) {
    const strength = lastKnown(page)?.value.strength;
    if (!strength || strength.basis === 'vendor' || strength.value >= weakTargetBelow) return null;
    const [value, threshold] = [decimal(strength.value, locale), decimal(weakTargetBelow, locale)];
    return { range, message: l10n.t('The linked page has strength {0} ({1}), below {2}.', value, basisText(strength, locale), threshold) };
  },
};
