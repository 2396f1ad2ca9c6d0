/** A question that the service did not answer, and why. */

/**
 * `key`: it asks for a key, or refused the one it was given. `spent`: the key has no credits left. `wait`: too many questions. `question`: there is
 * something wrong with what was asked. `silent`: nobody answers. `late`: no answer in time. `broken`: what came is no answer of this service.
 */
export type FailureKind = 'key' | 'spent' | 'wait' | 'question' | 'silent' | 'late' | 'unavailable' | 'broken';

/** Why a question is no longer wanted: a person said stop. */
export const CANCELLED = 'cancelled';

export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly kind: FailureKind;
  /** Seconds that the service asks to wait; null where it says nothing. */
  readonly waitSeconds: number | null;

  /** @param message the service's own sentence; '' where it has none */
  constructor(kind: FailureKind, message = '', waitSeconds: number | null = null) {
    super(message);
    this.kind = kind;
    this.waitSeconds = waitSeconds;
  }
}

/** What an HTTP status of the service means. */
export function failureKind(status: number): FailureKind {
  if (status === 401) return 'key';
  if (status === 403 || status === 402) return 'spent';
  if (status === 429) return 'wait';
  if (status === 408 || status === 504) return 'late';
  if (status >= 500) return 'unavailable';
  return 'question';
}

/** `Retry-After` in seconds, written as such or as a date. @param now epoch milliseconds */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}
