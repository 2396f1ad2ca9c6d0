/** What every source does with a question before anything is sent: which pages of rows there are, which targets may go out, in which order answers come. */
import { type InternalFilter, PAGE_LIMITS, type Summary, type Target, type TargetKind } from '../../../shared/backlinks.ts';
import { forSending } from '../urls/privacy.ts';
import { BacklinkLensError, sourceError } from '../util/errors.ts';
import type { PageRequest, SummaryResult } from './source.ts';

/** Holds a question for rows to the contract's rule. Throws `usage.invalid` for another limit or an offset that is no multiple of it. */
export function checkPage({ limit, offset }: Pick<PageRequest, 'limit' | 'offset'>): void {
  if (PAGE_LIMITS.some((permitted) => permitted === limit) && Number.isSafeInteger(offset) && offset >= 0 && offset % limit === 0) return;
  throw new BacklinkLensError(
    'usage.invalid',
    `Rows come ${PAGE_LIMITS.join(', ')} at a time, from a multiple of that, not ${limit} from ${offset}.`,
  );
}

/** For a service that knows no links inside one site. Throws `refused-target` where they are asked for: without them the answer would be another. */
export function checkExternalOnly(internal: InternalFilter, host: string): void {
  if (internal === 'exclude') return;
  throw sourceError('refused-target', `${host} gives no links inside one site: ask without them, or choose the embedded index.`);
}

export interface Destination {
  /** Where it goes, with its port, for messages. */
  readonly host: string;
  /** True when that is another machine. */
  readonly remote: boolean;
  /** What can be asked for there. */
  readonly kinds: readonly TargetKind[];
}

/**
 * The form in which a target goes out: a domain or host by its name, a page as an absolute URL, a folder as `example.com/docs/*`; without
 * userinfo and fragment. The last gate before the network, whoever asks.
 *
 * @throws BacklinkLensError source.refused-target for a kind that is not known there, for what must not leave this machine, and for a page
 *   that only its fragment tells apart
 */
export function sentForm(target: Target, { host, remote, kinds }: Destination): string {
  if (!kinds.includes(target.kind)) {
    throw sourceError('refused-target', `${host} cannot be asked for a ${target.kind} like ${target.name}: ${KNOWN[target.kind]}`);
  }
  const sent = remote ? forSending(target) : target.name;
  if (sent === null) throw sourceError('refused-target', `A private or reserved address is not sent to ${host}.`);
  if (target.kind !== 'page') return sent;
  if (target.id.includes('#')) throw sourceError('refused-target', `${target.name} is told apart by its fragment, and fragments are not sent.`);
  return sent;
}

/** What to do instead. */
const KNOWN: Readonly<Record<TargetKind, string>> = {
  domain: 'choose another source.',
  host: 'ask for its domain or choose another source.',
  page: 'ask for its domain or choose another source.',
  folder: 'ask for its pages or its domain.',
};

/** A target with what goes over the wire for it. */
export interface Sendable {
  readonly target: Target;
  readonly sent: string;
}

/**
 * Answers a batch in the order asked: what may not be sent fails for itself, the rest is asked for together, and nothing at all is asked
 * where nothing is left.
 *
 * @param form as sentForm: throws for a target that may not go out
 * @param ask answers all that it is given, in any order
 */
export async function answerEach(
  targets: readonly Target[],
  form: (target: Target) => string,
  ask: (asked: readonly Sendable[]) => Promise<readonly SummaryResult[]>,
): Promise<readonly SummaryResult[]> {
  const results: SummaryResult[] = [];
  const asked: Sendable[] = [];
  for (const target of targets) {
    try {
      asked.push({ target, sent: form(target) });
    } catch (error) {
      results.push({ target, error: knownError(error) });
    }
  }
  if (asked.length > 0) results.push(...(await ask(asked)));
  const byId = new Map(results.map((result) => [result.target.id, result]));
  return targets.map((target) => byId.get(target.id) ?? { target, error: leftOut(target, 'The service') });
}

/** Reads each target's part of a reply; a part that is wrong or missing fails for itself. */
export function readEach(asked: readonly Sendable[], read: (asked: Sendable, index: number) => Summary): readonly SummaryResult[] {
  return asked.map((one, index) => {
    try {
      return { target: one.target, summary: read(one, index) };
    } catch (error) {
      return { target: one.target, error: knownError(error) };
    }
  });
}

/** How many of a batch got an answer, for the log. */
export function tellAnswered(results: readonly SummaryResult[]): string {
  return `${results.filter((result) => 'summary' in result).length} answered`;
}

/** The failure for a target of which a reply says nothing. */
export function leftOut(target: Target, host: string): BacklinkLensError {
  return sourceError('bad-reply', `${host} left out ${target.name} in its reply. Try again later.`);
}

/** A failure of ours, for the one target that it concerns; anything else is thrown on as it came. */
export function knownError(error: unknown): BacklinkLensError {
  if (BacklinkLensError.is(error)) return error;
  throw error;
}
