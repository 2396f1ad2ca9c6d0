/** Whether a target may be asked for at all: what the folder ignores, what must not leave the machine, what waits for a person. */
import type { Known, SkipReason, Summary, Target } from '../../../shared/backlinks.ts';
import type { SourceCapabilities } from '../sources/source.ts';
import { isPrivateHost, privacyOf } from '../urls/privacy.ts';
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
  const address = addressOf(target);
  if (policy.ignore(address)) return 'ignored';
  if (capabilities.remote) {
    const reason = privacyOf(target) ?? (policy.neverSend?.(address) === true ? 'ignored' : null);
    if (reason !== null) return reason;
  }
  // Whether folders are known may turn out later: the source itself is asked about them.
  return target.kind === 'folder' || capabilities.targetKinds.includes(target.kind) ? null : 'kind';
}

/**
 * `skipOf` with a memory: the same targets are asked about with every keystroke. It holds for one policy and one source.
 *
 * @param most targets remembered; when there are more everything is forgotten, which costs one slow round
 */
export function createAdmission(capabilities: SourceCapabilities | null, policy: FactsPolicy, most = 50_000): (target: Target) => SkipReason | null {
  const known = new Map<string, SkipReason | null>();
  return (target) => {
    const key = `${target.kind} ${target.name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const reason = skipOf(target, capabilities, policy);
    if (known.size >= most) known.clear();
    known.set(key, reason);
    return reason;
  };
}

/**
 * True for a private host of which a local source has seen nothing. An index of one's own network may know it, and is asked; where it does
 * not, "none seen" would be said of a place that no crawl of the web reaches.
 */
export function isPrivateAndUnseen(target: Target, known: Known<Summary>): boolean {
  if (known.state !== 'fresh' || known.value.backlinks !== 0 || known.value.internalBacklinks !== 0) return false;
  return isPrivateHost(target);
}

/** Whether the source is asked now: a local one always, a remote one with consent when a person asked or `automatic` is on. */
export function mayAsk(capabilities: SourceCapabilities, policy: FactsPolicy, asked: boolean): boolean {
  return !capabilities.remote || (policy.consent && (asked || policy.automatic));
}

/** An absolute URL that stands for the target in ignore patterns. */
function addressOf(target: Target): string {
  return target.kind === 'page' ? target.name : `https://${target.name}${target.kind === 'folder' ? '' : '/'}`;
}
