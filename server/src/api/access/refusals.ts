/** What the service says to those who may not ask: a sentence, a status and a code for each reason. `WWW-Authenticate` as RFC 6750 has it. */
import { WIRE_ERRORS } from '../contract.ts';
import { RefusedRequest } from '../refused.ts';
import type { Refusal } from './messages.ts';

const ASK = 'Ask for a new one: POST /v3/token.';

/** @param why `missing`: the request carries no token */
export function refusal(why: Refusal | 'missing'): RefusedRequest {
  switch (why) {
    case 'missing':
      return unauthorised(WIRE_ERRORS.tokenMissing, 'This service needs a token and the request carries none. Ask for one: POST /v3/token.', false);
    case 'unknown':
      return unauthorised(WIRE_ERRORS.tokenUnknown, `This service does not know the token. ${ASK}`);
    case 'expired':
      return unauthorised(WIRE_ERRORS.tokenExpired, `The token has expired. ${ASK}`);
    case 'deleted':
      return unauthorised(WIRE_ERRORS.keyDeleted, 'The key of this token was deleted. Ask who runs this service for another.');
    case 'suspended':
      return new RefusedRequest(403, WIRE_ERRORS.keySuspended, 'The key is suspended. Ask who runs this service to resume it.');
    case 'spent':
      // As recorded.
      return new RefusedRequest(403, WIRE_ERRORS.creditsSpent, 'Insufficient credits to make this service request');
  }
}

/** For the token call. */
export function wrongCredentials(missing: boolean): RefusedRequest {
  const message = missing
    ? 'Send the id and the secret of a key: as HTTP Basic, or as client_id and client_secret in the form.'
    : 'This service does not know the key, or the secret is wrong.';
  return new RefusedRequest(401, WIRE_ERRORS.credentialsWrong, message, { 'www-authenticate': 'Basic realm="backlink-lens", charset="UTF-8"' });
}

/** @param seconds to wait */
export function tooManyLogins(seconds: number): RefusedRequest {
  const message = `Too many failed requests for a token from this address. Wait ${seconds} s.`;
  return new RefusedRequest(429, WIRE_ERRORS.tooManyLogins, message, { 'retry-after': String(seconds) });
}

/** The keys file could not be read or written. */
export function keysUnavailable(): RefusedRequest {
  return new RefusedRequest(503, WIRE_ERRORS.unavailable, 'The keys could not be read; the log of this service tells why.', { 'retry-after': '1' });
}

function unauthorised(code: number, message: string, sent = true): RefusedRequest {
  const error = sent ? ', error="invalid_token"' : '';
  return new RefusedRequest(401, code, message, { 'www-authenticate': `Bearer realm="backlink-lens"${error}` });
}
