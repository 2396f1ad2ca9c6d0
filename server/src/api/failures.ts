/** Every failure leaves in the contract's error shape, and the log tells why without what was asked. */
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BacklinkLensError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { WIRE_ERRORS, type WireError } from './contract.ts';
import { RefusedRequest } from './refused.ts';

/**
 * Answers a request that failed. The status and code are logged for everybody, what was asked only at debug level: it may hold a URL.
 *
 * @returns the status
 */
export function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): number {
  const { status, body } = toWireError(error);
  const about = aboutOf(error);
  if (request.facts !== undefined) Object.assign(request.facts, { error: body.error, about });
  const line = `${request.method} ${request.routeOptions.url ?? 'an unknown path'} ${status} ${body.error}${about === null ? '' : ` ${about}`}`;
  if (status < 500) log.info(line);
  else log.error(`${line}: ${error instanceof Error ? error.message : String(error)}`);
  log.debug(`${line}: ${body.error_message}`);
  if (error instanceof RefusedRequest) void reply.headers(error.headers);
  void reply.code(status).send(body);
  return status;
}

/** Status line and the status whose words fit, by Node's error code. */
const UNREADABLE: Readonly<Record<string, readonly [string, number]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 413],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 408],
};

/** What is no HTTP, or has headers of more than Node's 16 KB, never becomes a request: it is answered on the bare socket. Returns the status. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): number {
  const [status, code] = UNREADABLE[error.code ?? ''] ?? ['400 Bad Request', 400];
  const { body } = toWireError({ statusCode: code });
  const text = JSON.stringify(body);
  if (socket.writable)
    socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`);
  return Number.parseInt(status, 10);
}

/** The path of a request's URL. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** What failed of it, as far as that holds nothing that was sent: a parameter, a call, or Fastify's code. */
function aboutOf(error: unknown): string | null {
  if (error instanceof RefusedRequest) return error.about;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function toWireError(error: unknown): { status: number; body: WireError } {
  if (error instanceof RefusedRequest) return { status: error.status, body: { error: error.code, error_message: error.message } };
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 408) return { status, body: { error: WIRE_ERRORS.tooSlow, error_message: 'The request did not arrive in time.' } };
  if (status === 413) return { status, body: { error: WIRE_ERRORS.tooLarge, error_message: 'The request is too large.' } };
  if (status < 500) return { status, body: { error: WIRE_ERRORS.badRequest, error_message: 'The request could not be read.' } };
  if (BacklinkLensError.is(error))
    return {
      status: 503,
      body: { error: WIRE_ERRORS.unavailable, error_message: 'The index could not be read; the log of this service tells why.' },
    };
  return { status: 500, body: { error: WIRE_ERRORS.internal, error_message: 'The service failed at this request; its log tells why.' } };
}
