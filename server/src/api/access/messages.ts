/** What goes between the service and the thread that holds its keys file. */

/** Why a token is not accepted, or what its key lacks. */
export type Refusal = 'unknown' | 'expired' | 'suspended' | 'deleted' | 'spent';

export interface Taken {
  /** Id of the key. */
  readonly key: string;
  /** Credits left; null where they are not counted. */
  readonly balance: number | null;
}

export interface Refused {
  readonly refused: Refusal;
}

export interface FoundKey {
  readonly verifier: string;
  readonly suspended: boolean;
}

/** Tokens stand as SHA-256 in base64url. Times are epoch milliseconds. */
export type LedgerRequest =
  | { readonly method: 'take'; readonly token: string; readonly credits: number; readonly now: number }
  | { readonly method: 'give'; readonly key: string; readonly credits: number }
  | { readonly method: 'find'; readonly id: string }
  | { readonly method: 'issue'; readonly key: string; readonly token: string; readonly now: number; readonly expires: number };

/** What each method answers. */
export interface LedgerAnswers {
  readonly take: Taken | Refused;
  readonly give: null;
  readonly find: FoundKey | null;
  /** False when the key was suspended or deleted meanwhile. */
  readonly issue: boolean;
}

/** One transaction: all that was asked while the one before was under way. */
export interface Batch {
  readonly id: number;
  readonly requests: readonly LedgerRequest[];
}

export interface Failure {
  readonly code: string | null;
  readonly message: string;
}

/** Answers in the order of the requests. */
export type BatchReply = { readonly id: number; readonly values: readonly unknown[] } | { readonly id: number; readonly failed: Failure };

export interface WorkerData {
  readonly file: string;
}
