/** Whether a link is drawn as it was: compares what the tree shows of it, not all that there is. Pure. */
import { type Known, lastKnown, type Summary } from '../../../shared/backlinks.ts';
import type { LinkFacts } from '../../../shared/protocol.ts';

/** Places are not compared one by one: how many there are and where the first stands is what is drawn. */
export function sameLink(a: LinkFacts, b: LinkFacts): boolean {
  if (a === b) return true;
  return (
    a.count === b.count &&
    a.findings === b.findings &&
    a.url === b.url &&
    a.range.start.line === b.range.start.line &&
    a.range.start.character === b.range.start.character &&
    a.local?.uri === b.local?.uri &&
    a.local?.exists === b.local?.exists &&
    a.local?.backlinks === b.local?.backlinks &&
    sameKnown(a.page, b.page) &&
    sameKnown(a.domain, b.domain)
  );
}

function sameKnown(a: Known<Summary>, b: Known<Summary>): boolean {
  if (a.state !== b.state || reason(a) !== reason(b)) return false;
  const [one, other] = [lastKnown(a), lastKnown(b)];
  if (one === null || other === null) return one === other;
  return one.at === other.at && sameSummary(one.value, other.value);
}

function reason(known: Known<Summary>): string {
  return known.state === 'failed' || known.state === 'skipped' ? known.reason : '';
}

function sameSummary(a: Summary, b: Summary): boolean {
  return (
    a.backlinks === b.backlinks &&
    a.internalBacklinks === b.internalBacklinks &&
    a.referringDomains === b.referringDomains &&
    a.notAmongFirst === b.notAmongFirst &&
    a.followed?.links === b.followed?.links &&
    a.strength?.basis === b.strength?.basis &&
    a.strength?.value === b.strength?.value
  );
}
