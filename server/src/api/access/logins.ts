/** Checks secrets without letting a flood of them eat memory or time: few hashes run at once, a bounded number waits. */
import { createHmac, randomBytes } from 'node:crypto';
import { WIRE_ERRORS } from '../contract.ts';
import { RefusedRequest } from '../refused.ts';
import { matches } from './verifier.ts';

export interface Logins {
  /**
   * Whether a secret belongs to a verifier. A secret that was right a short time ago is known again without a hash: some old clients ask for a
   * token before every call.
   *
   * @param verifier null for an id that does not exist: it takes as long as a wrong secret
   * @throws RefusedRequest 503 when too many wait already
   */
  verify(secret: string, verifier: string | null): Promise<boolean>;
}

export interface LoginBounds {
  /** Hashes at once; each takes 32 MB. */
  readonly running: number;
  readonly waiting: number;
}

export const LOGIN_BOUNDS: LoginBounds = { running: 2, waiting: 50 };

/** Secrets that are known again, and for how long, in milliseconds. */
const MOST_RECENT = 1_000;
const RECENT = 10 * 60_000;

export function createLogins({ running, waiting }: LoginBounds = LOGIN_BOUNDS, now: () => number = Date.now): Logins {
  const limited = createQueue(running, waiting);
  const pepper = randomBytes(32);
  /** When each was last found to be right. In memory only, and of no use without the pepper. */
  const recent = new Map<string, number>();

  function remember(mark: string): void {
    recent.delete(mark);
    recent.set(mark, now());
    for (const oldest of recent.keys()) if (recent.size > MOST_RECENT) recent.delete(oldest);
  }

  return {
    async verify(secret, verifier) {
      const mark = createHmac('sha256', pepper).update(`${verifier}\0${secret}`).digest('base64');
      if (now() - (recent.get(mark) ?? Number.NEGATIVE_INFINITY) < RECENT) return true;
      const right = await limited(() => matches(secret, verifier));
      if (right) remember(mark);
      return right;
    },
  };
}

function createQueue(running: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= running) {
      if (queue.length >= waiting) {
        throw new RefusedRequest(503, WIRE_ERRORS.busy, 'Too many ask for a token just now. Try again in a moment.', { 'retry-after': '2' });
      }
      // Whoever ends hands over its place.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else busy++;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) busy--;
      else next();
    }
  };
}
