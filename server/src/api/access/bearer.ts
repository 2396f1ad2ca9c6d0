/** The token of a call: `Authorization: Bearer` (RFC 6750), or `access_token` in the query or the form, as old clients send it. */
import type { FastifyRequest } from 'fastify';
import { WIRE_ERRORS } from '../contract.ts';
import { RefusedRequest } from '../refused.ts';
import { TOKEN_LENGTH } from './randomText.ts';

const NAME = 'access_token';

/** The shape of every token that this service has given out. */
const SHAPE = new RegExp(`^[A-Za-z0-9]{${TOKEN_LENGTH}}$`);

/**
 * Takes the token out of the request: no call and no log sees it afterwards.
 *
 * @returns null when there is none
 * @throws RefusedRequest 400 for more than one
 */
export function takeToken(request: FastifyRequest): string | null {
  const inQuery = takeFrom(request.query);
  const inBody = takeFrom(request.body);
  const header = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  const [token, ...more] = new Set([header, inQuery, inBody].filter((found) => found !== undefined));
  if (more.length > 0) throw twice();
  return token ?? null;
}

/** False for what cannot be a token of ours, so that nobody has to look for it. */
export function looksLikeToken(text: string): boolean {
  return SHAPE.test(text);
}

function takeFrom(parameters: unknown): string | undefined {
  if (typeof parameters !== 'object' || parameters === null || !Object.hasOwn(parameters, NAME)) return undefined;
  const fields = parameters as Record<string, unknown>;
  const value = fields[NAME];
  delete fields[NAME];
  if (typeof value !== 'string') throw twice();
  return value === '' ? undefined : value;
}

function twice(): RefusedRequest {
  return new RefusedRequest(400, WIRE_ERRORS.badRequest, 'The request carries more than one token, or one that is no text; send it once.');
}
