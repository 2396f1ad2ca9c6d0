/**
 * One family of errors with stable codes. A message says what happened, to which input, and what to do; nothing matches on its text.
 * The table of codes is docs/errors.md.
 */
import type { FailureReason } from '../../../shared/backlinks.ts';

/** Every stable code. The part before the dot is the room that raises it. */
export type ErrorCode =
  | 'usage.invalid'
  | 'input.unreadable'
  | 'input.not-an-archive'
  | 'input.unknown-table'
  | 'input.too-large'
  | 'input.truncated'
  | 'url.invalid'
  | 'crawl.private'
  | 'crawl.disallowed'
  | 'crawl.throttled'
  | 'crawl.unreachable'
  | 'index.missing'
  | 'index.damaged'
  | 'index.newer-schema'
  | 'index.older-schema'
  | 'index.no-sqlite'
  | 'index.not-writable'
  | 'index.busy'
  | 'keys.missing'
  | 'keys.damaged'
  | 'keys.newer-schema'
  | 'keys.not-writable'
  | 'keys.busy'
  | `source.${FailureReason}`
  | 'budget.spent'
  | 'internal';

export interface ErrorDetails {
  readonly cause?: unknown;
  /** For sources: the reason every surface understands. */
  readonly reason?: FailureReason;
  /** Milliseconds to wait before asking again, where the other side said so. */
  readonly retryAfter?: number;
}

export class BacklinkLensError extends Error {
  override readonly name = 'BacklinkLensError';
  readonly code: ErrorCode;
  readonly reason: FailureReason | null;
  readonly retryAfter: number | null;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.reason = details.reason ?? null;
    this.retryAfter = details.retryAfter ?? null;
  }

  static is(error: unknown, code?: ErrorCode): error is BacklinkLensError {
    return error instanceof BacklinkLensError && (code === undefined || error.code === code);
  }
}

/** A failed look-up: `reason` decides what the surfaces say, `retryAfter` when it is asked again. */
export function sourceError(reason: FailureReason, message: string, details: Omit<ErrorDetails, 'reason'> = {}): BacklinkLensError {
  return new BacklinkLensError(`source.${reason}`, message, { ...details, reason });
}

/** True for a failure that the next target would meet as well: it is not about the one that was asked for. */
export function concernsEveryTarget(error: BacklinkLensError): boolean {
  return error.reason !== 'refused-target' && error.reason !== 'bad-reply';
}

/** True for the rejection of an aborted operation, whoever made it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ABORT_ERR'));
}
