/** What stands in the language status item: one state, the most pressing first, with a sentence that says what to do. */
import * as l10n from '@vscode/l10n';
import type { Status, StatusState } from '../../../shared/protocol.ts';
import type { Usage } from '../../../shared/spending.ts';
import type { SourceHealth } from '../facts/facts.ts';
import type { SourceInfo } from '../sources/source.ts';
import { age, count } from './format.ts';
import { isUndated, sourceLine } from './sourceLine.ts';

export interface StatusInput {
  readonly health: SourceHealth;
  readonly source: SourceInfo | null;
  /** Targets of the open documents: how many are known, looked up just now, held back for lack of consent or budget, and all. */
  readonly known: number;
  readonly pending: number;
  readonly total: number;
  /** A sentence about an open document that was not scanned; null when all were. */
  readonly tooLarge: string | null;
  /** True when a remote source may not be asked before the user agrees. */
  readonly needsConsent: boolean;
  /** When the oldest of what is known was learned, epoch milliseconds; null or absent where nothing is. */
  readonly oldest?: number | null;
  /** What the source has cost; null for a local one. */
  readonly usage?: Usage | null;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly locale: string;
}

export function computeStatus(input: StatusInput): Status {
  const state = stateOf(input);
  return {
    state,
    known: input.known,
    total: input.total,
    detail: detailOf(state, input),
    source: sourceLine(input.source, input.health, input.now, input.locale) + oldestPhrase(input),
    usage: input.usage ?? null,
    retryAt: input.health.state === 'problem' ? input.health.retryAt : null,
  };
}

/** How old what is shown may be, where the source itself does not say. */
function oldestPhrase({ source, oldest = null, now, locale }: StatusInput): string {
  return source === null || oldest === null || !isUndated(source) ? '' : `, ${l10n.t('oldest answer {0}', age(oldest, now, locale))}`;
}

function stateOf({ health, pending, tooLarge, needsConsent }: StatusInput): StatusState {
  // What is not asked at all has no other problem.
  if (needsConsent) return 'needs-consent';
  if (health.state === 'problem') return problemState(health);
  if (tooLarge !== null) return 'too-large';
  if (health.state === 'none') return 'no-source';
  return pending > 0 ? 'looking-up' : 'ready';
}

function problemState({ code, reason, paused }: SourceHealth & { state: 'problem' }): StatusState {
  if (code.startsWith('index.')) return 'index-problem';
  if (paused === true) return 'paused';
  switch (reason) {
    case 'throttled':
      return 'throttled';
    case 'auth':
      return 'needs-key';
    case 'quota':
      return 'quota';
    case 'budget':
      return 'budget';
    default:
      // Time-outs and replies that make no sense are, to the reader, a source that cannot be reached; the detail says which.
      return 'offline';
  }
}

function detailOf(state: StatusState, input: StatusInput): string {
  const { health, tooLarge, known, pending, total, now, locale } = input;
  const tally = l10n.t('{0} of {1} known', count(known, locale), count(total, locale));
  switch (state) {
    case 'ready':
      return total === 0 ? l10n.t('No links to look up in the open documents.') : `${tally}.`;
    case 'looking-up':
      return l10n.t('Looking up {0}; {1}.', count(pending, locale), tally);
    case 'too-large':
      return tooLarge ?? '';
    case 'no-source':
      return health.state === 'none' && health.message !== undefined
        ? health.message
        : l10n.t('Backlinks of the open folder only. Choose a source for backlinks from the web.');
    case 'needs-consent':
      return l10n.t('The chosen source is not asked before you agree to send it addresses of this folder.');
    case 'throttled':
    case 'paused':
    case 'offline':
    case 'needs-key':
    case 'budget':
    case 'quota':
      return problemDetail(health, now, locale);
    case 'index-problem':
      // Its next step is the user's; a countdown would only grow old where it stands.
      return health.state === 'problem' ? health.message : '';
  }
}

function problemDetail(health: SourceHealth, now: number, locale: string): string {
  if (health.state !== 'problem') return '';
  if (health.retryAt === null || health.retryAt <= now) return health.message;
  return `${health.message} ${l10n.t('Asked again in {0} s.', count(Math.ceil((health.retryAt - now) / 1000), locale))}`;
}
