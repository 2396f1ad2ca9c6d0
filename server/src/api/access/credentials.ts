/**
 * Client credentials as they come to the token call: HTTP Basic (RFC 7617), or `client_id` and `client_secret` in the form (RFC 6749 section
 * 2.3.1). Ids and secrets of ours are letters and digits, so nothing in them is ever percent-encoded.
 */
import type { FastifyRequest } from 'fastify';
import { WIRE_ERRORS } from '../contract.ts';
import { RefusedRequest } from '../refused.ts';

export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** Characters; longer ones are no ids or secrets of ours, and are not worth a hash. */
const LONGEST = 256;

/**
 * The credentials of a request for a token.
 *
 * @returns null when there are none
 * @throws RefusedRequest 400 for a request that is no such request, as RFC 6749 has it
 */
export function readCredentials(request: FastifyRequest): Credentials | null {
  const form = formOf(request.body);
  readGrant(single(form, 'grant_type'));
  const inForm = { id: single(form, 'client_id'), secret: single(form, 'client_secret') };
  const header = readBasic(request.headers.authorization);
  const id = header?.id ?? inForm.id;
  const secret = header?.secret ?? inForm.secret;
  if (header !== null && ((inForm.id ?? id) !== id || (inForm.secret ?? secret) !== secret)) {
    throw invalid('The form and the Authorization header name different keys; send one of them.');
  }
  if (id === undefined || secret === undefined || id === '') return null;
  if (id.length > LONGEST || secret.length > LONGEST) throw invalid('The id or the secret is too long for one of this service.');
  return { id, secret };
}

function readGrant(grant: string | undefined): void {
  if (grant === undefined || grant === '') {
    throw new RefusedRequest(400, WIRE_ERRORS.parameterRequired, 'For service "token" parameter "grant_type" is required!');
  }
  if (grant !== 'client_credentials') {
    throw new RefusedRequest(400, WIRE_ERRORS.parameterInvalid, 'Parameter "grant_type" permits client_credentials only.');
  }
}

/** The body as an object of parameters: a form, or what a client sends as JSON. */
function formOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

function single(form: Readonly<Record<string, unknown>>, name: string): string | undefined {
  if (!Object.hasOwn(form, name)) return undefined;
  const value = form[name];
  if (typeof value !== 'string') throw invalid(`Parameter "${name}" is to be given once, as text.`);
  return value;
}

/** Null where there is no such header, or one of another scheme. */
function readBasic(header: string | undefined): Credentials | null {
  const found = /^basic +(\S+) *$/i.exec(header ?? '');
  if (found === null) return null;
  const text = decode(found[1] ?? '');
  const colon = text?.indexOf(':') ?? -1;
  if (text === null || colon < 0) throw invalid('The Basic credentials are to be base64 of id:secret, in UTF-8.');
  return { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function decode(base64: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}

function invalid(message: string): RefusedRequest {
  return new RefusedRequest(400, WIRE_ERRORS.badRequest, message);
}
