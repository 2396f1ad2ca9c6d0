/** What went wrong on the way or at the other side, as one of the reasons every surface understands. Messages name the host, never a key. */
import { BacklinkLensError, isAbort, sourceError } from '../util/errors.ts';
import type { HttpReply } from './transport.ts';

const UNREACHABLE = /^(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN)$/;
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS_)/;
const DAMAGED = /^(?:HTTPParserError|HPE_|Z_|ERR__?ZLIB|ERR_BROTLI|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH|ERR_STREAM_PREMATURE)/;

/**
 * An exchange that gave no reply.
 *
 * @param host with port
 * @param spent milliseconds of the total time-out when that ended it, else null
 */
export function networkFailure(error: unknown, host: string, spent: number | null): BacklinkLensError {
  if (BacklinkLensError.is(error)) return error;
  if (spent !== null) return sourceError('timeout', `${host} did not answer within ${seconds(spent)}. It is asked again later.`, { cause: error });
  const refused = proxyStatus(error);
  if (refused === 407)
    return sourceError('auth', `The proxy before ${host} wants a name and password (407). Set them in http.proxy.`, { cause: error });
  if (refused !== null)
    return sourceError('unavailable', `The proxy before ${host} refused the connection (${refused}). Check http.proxy.`, { cause: error });
  const code = codeOf(error);
  if (/TIMEOUT|ETIMEDOUT/.test(code))
    return sourceError('timeout', `${host} did not answer in time (${code}). It is asked again later.`, { cause: error });
  if (UNREACHABLE.test(code)) {
    return sourceError('offline', `${host} cannot be reached (${code}). Check the connection, the proxy and the name of the endpoint.`, {
      cause: error,
    });
  }
  if (CERTIFICATE.test(code)) {
    return sourceError(
      'unavailable',
      `The certificate of ${host} was not accepted (${code}). Check the endpoint, or http.proxyStrictSSL for a proxy of your own.`,
      {
        cause: error,
      },
    );
  }
  if (DAMAGED.test(code)) {
    return sourceError('bad-reply', `${host} sent a reply that is damaged or no HTTP (${code}). Check the address of the endpoint.`, {
      cause: error,
    });
  }
  const why = code === '' ? (isAbort(error) ? 'the connection was closed' : 'the connection failed') : code;
  return sourceError('unavailable', `${host} does not answer (${why}). Check that the service runs and that the endpoint and any proxy are right.`, {
    cause: error,
  });
}

/**
 * A reply whose status is not one of success, as far as HTTP alone tells; a source looks at its own body first.
 *
 * @param said the other side's own words, if any: cut and cleaned here
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function statusFailure(reply: HttpReply, host: string, said: string | null, now: number): BacklinkLensError {
  const { status } = reply;
  const words = `${status}${said === null ? '' : `: ${clean(said)}`}`;
  const wait = retryAfter(reply.headers['retry-after'], now);
  const details = wait === null ? {} : { retryAfter: wait };
  if (status === 401 || status === 403) return sourceError('auth', `${host} refused the key (${words}). Set another key.`);
  if (status === 402) return sourceError('quota', `The credits at ${host} are used up (${words}). Add credits or wait for the next period.`);
  if (status === 407) return sourceError('auth', `The proxy before ${host} wants a name and password (407). Set them in http.proxy.`);
  if (status === 429) {
    const until = wait === null ? 'wait' : `wait ${seconds(wait)}`;
    return sourceError('throttled', `${host} asks us to ${until} (${words}).`, details);
  }
  if (status === 408 || status === 504) return sourceError('timeout', `${host} gave up on the call (${words}). It is asked again later.`, details);
  if (status >= 500) return sourceError('unavailable', `${host} has trouble (${words}). It is asked again later.`, details);
  if (status === 404) return sourceError('unavailable', `${host} does not know the call (${words}). Check the address of the endpoint.`);
  if (status >= 400) return sourceError('refused-target', `${host} refused the question (${words}). Check the target.`);
  return sourceError('bad-reply', `${host} answered with status ${status}, which this call never gives. Check the address of the endpoint.`);
}

/**
 * Milliseconds to wait by a Retry-After header (RFC 9110 section 10.2.3): seconds or a date.
 *
 * @returns null when it is absent or neither; at most a day
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const milliseconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds) ? null : Math.min(Math.max(milliseconds, 0), 86_400_000);
}

/** The other side's words for a message: one line, no control characters, at most 160 characters. */
export function clean(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/** undici tells of a proxy that refuses to tunnel in words only. */
function proxyStatus(error: unknown): number | null {
  const status = error instanceof Error ? /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] : undefined;
  return status === undefined ? null : Number(status);
}

/** undici wraps the socket's error, and several addresses tried give an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.name === 'HTTPParserError') return error.name;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== '') ?? '';
  return codeOf(error.cause);
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}
