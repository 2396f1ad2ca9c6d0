/** `POST /v3/token`: client credentials for a bearer token. The reply has the recorded shape; its life is ours. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WIRE_ERRORS } from '../contract.ts';
import { RefusedRequest } from '../refused.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import type { FailedLogins } from './failedLogins.ts';
import type { LedgerThread } from './ledgerThread.ts';
import type { Logins } from './logins.ts';
import { randomText, TOKEN_LENGTH } from './randomText.ts';
import { refusal, wrongCredentials } from './refusals.ts';
import { tokenHash } from './tokenHash.ts';

export interface TokenParts {
  readonly ledger: Pick<LedgerThread, 'ask'>;
  readonly logins: Logins;
  readonly failed: FailedLogins;
  /** Milliseconds. */
  readonly lifetime: number;
  readonly now: () => number;
}

/** As recorded, in its order. */
interface TokenReply {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: 'Bearer';
  readonly scope: null;
}

/** Adds the call to the service. */
export function serveTokens(app: FastifyInstance, parts: TokenParts): void {
  app.all('/v3/token', { config: { call: 'token' } }, async (request, reply) => {
    if (request.method !== 'POST') {
      throw new RefusedRequest(405, WIRE_ERRORS.methodNotAllowed, 'Service "token" is called by POST', { allow: 'POST' });
    }
    // RFC 6749 section 5.1.
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    const credentials = readCredentials(request);
    if (credentials === null) throw wrongCredentials(true);
    return issueToken(parts, request, credentials);
  });
}

async function issueToken({ ledger, logins, failed, lifetime, now }: TokenParts, request: FastifyRequest, sent: Credentials): Promise<TokenReply> {
  const { id, secret } = sent;
  const found = await failed.watch(request, async () => {
    const key = await ledger.ask({ method: 'find', id });
    return (await logins.verify(secret, key?.verifier ?? null)) ? key : null;
  });
  if (found === null) throw wrongCredentials(false);
  if (found.suspended) throw refusal('suspended');
  const token = randomText(TOKEN_LENGTH);
  const issued = await ledger.ask({ method: 'issue', key: id, token: tokenHash(token), now: now(), expires: now() + lifetime });
  if (!issued) throw refusal('suspended');
  return { access_token: token, expires_in: Math.floor(lifetime / 1000), token_type: 'Bearer', scope: null };
}
