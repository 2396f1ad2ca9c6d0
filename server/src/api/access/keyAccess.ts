/** Access by keys: tokens, credits and rates, all of it in one keys file that other processes may change and share. */
import type { FastifyRequest } from 'fastify';
import type { Log } from '../../util/log.ts';
import type { Access, Payment } from '../access.ts';
import { looksLikeToken, takeToken } from './bearer.ts';
import { createFailedLogins } from './failedLogins.ts';
import type { LedgerThread } from './ledgerThread.ts';
import { createLogins, type LoginBounds } from './logins.ts';
import type { LedgerAnswers, LedgerRequest, Taken } from './messages.ts';
import { RATES, type Rates, refuseTooMany } from './rates.ts';
import { keysUnavailable, refusal } from './refusals.ts';
import { serveTokens } from './tokenCall.ts';
import { tokenHash } from './tokenHash.ts';

export interface KeyAccessParts {
  readonly ledger: LedgerThread;
  readonly log: Log;
  /** Milliseconds that a token lives. */
  readonly lifetime: number;
  readonly rates?: Rates;
  readonly logins?: LoginBounds;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Tokens whose key is remembered, so that one that asks too often is refused before anything is done for it. */
const MOST_KNOWN = 10_000;

export function keyAccess({ ledger, log, lifetime, rates = RATES, logins, now = Date.now }: KeyAccessParts): Access {
  const known = new Map<string, string>();
  const sent = new WeakMap<FastifyRequest, string>();
  const keyOf = new WeakMap<FastifyRequest, string>();
  let limitKey: (request: FastifyRequest) => Promise<void> = async () => {};

  /** What goes wrong with the file is the operator's business: the caller hears only that it did. */
  async function ask<M extends LedgerRequest['method']>(request: Extract<LedgerRequest, { readonly method: M }>): Promise<LedgerAnswers[M]> {
    try {
      return await ledger.ask(request);
    } catch (error) {
      log.error(error instanceof Error ? error.message : String(error));
      throw keysUnavailable();
    }
  }

  /** The hash of the token that the request carries. */
  function tokenOf(request: FastifyRequest): string {
    const before = sent.get(request);
    if (before !== undefined) return before;
    const token = takeToken(request);
    if (token === null) throw refusal('missing');
    if (!looksLikeToken(token)) throw refusal('unknown');
    const hash = tokenHash(token);
    sent.set(request, hash);
    return hash;
  }

  async function take(token: string, credits: number): Promise<Taken> {
    const taken = await ask({ method: 'take', token, credits, now: now() });
    if ('refused' in taken) throw refusal(taken.refused);
    return taken;
  }

  async function countCall(request: FastifyRequest, key: string): Promise<void> {
    keyOf.set(request, key);
    await limitKey(request);
  }

  function remember(token: string, key: string): void {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(token, key);
  }

  function paymentOf(key: string, balance: number | null, credits: number): Payment {
    const refund = async () => {
      // The failure of the call is told already; that of the file is in the log.
      await ask({ method: 'give', key, credits }).catch(() => undefined);
    };
    return { key, balance, refund };
  }

  return {
    keys: true,
    register(app, meters) {
      const { perKey, failedLogins } = rates;
      if (perKey !== null) {
        const ofKey = meters(perKey, (request) => keyOf.get(request) ?? '');
        limitKey = (request) => refuseTooMany(ofKey, request, 'key', perKey);
      }
      const failed = createFailedLogins(meters(failedLogins));
      serveTokens(app, { ledger: { ask }, logins: createLogins(logins), failed, lifetime, now });
    },
    async admit(request) {
      // Without a body the call is paid for at once. The token of a form may stand in it.
      const { method, headers } = request;
      if (method !== 'POST' || isForm(headers['content-type'])) return;
      await take(tokenOf(request), 0);
    },
    async pay(request, credits) {
      const token = tokenOf(request);
      const before = known.get(token);
      if (before !== undefined) await countCall(request, before);
      const { key, balance } = await take(token, credits);
      const payment = paymentOf(key, balance, credits);
      if (before === undefined) {
        remember(token, key);
        await countCall(request, key).catch(async (error: unknown) => {
          await payment.refund();
          throw error;
        });
      }
      return payment;
    },
    close: () => ledger.close(),
  };
}

function isForm(type: string | undefined): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(type ?? '');
}
