/** Whether a target may be asked for at all: what the folder ignores, what must not leave the machine, what waits for a person. */
import type { SkipReason, Target } from '../../../shared/backlinks.ts';
import type { SourceCapabilities } from '../sources/source.ts';
import { privacyOf } from '../urls/privacy.ts';
import type { FactsPolicy } from './facts.ts';

/** Nothing is ignored, nothing remote is asked. */
export const CLOSED_POLICY: FactsPolicy = { automatic: false, consent: false, ignore: () => false };

/**
 * Why a target is never asked for, whoever asks; null when it may be.
 *
 * @param capabilities of the active source, null when there is none
 */
export function skipOf(target: Target, capabilities: SourceCapabilities | null, policy: FactsPolicy): SkipReason | null {
  if (capabilities === null) return 'no-source';
  if (policy.ignore(addressOf(target))) return 'ignored';
  return capabilities.remote ? privacyOf(target) : null;
}

/** Whether the source is asked now: a local one always, a remote one with consent when a person asked or `automatic` is on. */
export function mayAsk(capabilities: SourceCapabilities, policy: FactsPolicy, asked: boolean): boolean {
  return !capabilities.remote || (policy.consent && (asked || policy.automatic));
}

/** An absolute URL that stands for the target in ignore patterns. */
function addressOf(target: Target): string {
  return target.kind === 'page' ? target.name : `https://${target.name}${target.kind === 'folder' ? '' : '/'}`;
}
