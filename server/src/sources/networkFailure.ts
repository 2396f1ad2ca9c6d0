/** What went wrong on the way, as one of the reasons every surface understands: it tells the proxy's failures from those of the host behind it. */
import type { ProxyServer } from '../http/proxies.ts';
import { BacklinkLensError, type ErrorDetails, isAbort, sourceError } from '../util/errors.ts';

const UNREACHABLE = /^(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN)$/;
/** No connection was made: with a proxy, that is none to the proxy. */
const UNCONNECTED = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_CONN)$/;
const TIMEOUT = /TIMEOUT|ETIMEDOUT/;
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS_|UND_ERR_PRX_TLS)/;
const DAMAGED =
  /^(?:HTTPParserError|HPE_|Z_|ERR__?ZLIB|ERR_BROTLI|ERR_HTTP2_|ERR_SSL_WRONG_VERSION|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH|ERR_STREAM_PREMATURE)/;

export interface Way {
  /** With its port, if it is not the usual one. */
  readonly host: string;
  /** Through which the request went. */
  readonly proxy: ProxyServer | null;
  /** Milliseconds of the total time-out when that ended it, else null. */
  readonly spent: number | null;
}

/** An exchange that gave no reply. No message holds more than host, proxy host and code. */
export function networkFailure(error: unknown, { host, proxy, spent }: Way): BacklinkLensError {
  if (BacklinkLensError.is(error)) return error;
  const details: ErrorDetails = { cause: error };
  const through = proxy === null ? '' : ` through the proxy ${proxy.host}`;
  if (spent !== null) return sourceError('timeout', `${host} did not answer within ${seconds(spent)}${through}. It is asked again later.`, details);
  const code = codeOf(error);
  if (proxy !== null) {
    const failure = proxyFailure(error, code, host, proxy, details);
    if (failure !== null) return failure;
  }
  if (TIMEOUT.test(code)) return sourceError('timeout', `${host} did not answer in time (${code}). It is asked again later.`, details);
  if (UNREACHABLE.test(code)) {
    return sourceError('offline', `${host} cannot be reached (${code}). Check the connection, the proxy and the name of the endpoint.`, details);
  }
  if (CERTIFICATE.test(code)) {
    return sourceError('unavailable', `The certificate of ${host} was not accepted (${code}): ${certificateAdvice(code)}`, details);
  }
  if (DAMAGED.test(code)) {
    return sourceError('bad-reply', `${host} sent a reply that is damaged or no HTTP (${code}). Check the address of the endpoint.`, details);
  }
  const why = code === '' ? (isAbort(error) ? 'the connection was closed' : 'the connection failed') : code;
  return sourceError(
    'unavailable',
    `${host} does not answer (${why}). Check that the service runs and that the endpoint and any proxy are right.`,
    details,
  );
}

/** Null where it was not the proxy that failed. */
function proxyFailure(
  error: unknown,
  code: string,
  host: string,
  { host: proxy, setting }: ProxyServer,
  details: ErrorDetails,
): BacklinkLensError | null {
  const status = proxyStatus(error);
  if (status === 407) {
    return sourceError('auth', `The proxy ${proxy} before ${host} wants a name and password (407). Set the right ones in ${setting}.`, details);
  }
  if (status !== null) {
    return sourceError('unavailable', `The proxy ${proxy} refused the connection to ${host} (${status}). Check ${setting}.`, details);
  }
  if (code === 'UND_ERR_PRX_TLS') {
    return sourceError(
      'unavailable',
      `The certificate of the proxy ${proxy} was not accepted (${codeOf(causeOf(error))}). Check ${setting}.`,
      details,
    );
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return sourceError('timeout', `The proxy ${proxy} did not reach ${host} in time. Check ${setting}; it is asked again later.`, details);
  }
  if (!UNCONNECTED.test(code)) return null;
  return sourceError(
    UNREACHABLE.test(code) ? 'offline' : TIMEOUT.test(code) ? 'timeout' : 'unavailable',
    `The proxy ${proxy} before ${host} cannot be reached (${code}). Check the connection and ${setting}.`,
    details,
  );
}

/** What can be done, by what is wrong. Source of the codes: OpenSSL's verify errors, as Node names them. */
function certificateAdvice(code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid today. Check the clock of this machine; if it is right, tell whoever runs the service.';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'it is for another host. Check the address of the endpoint.';
    default:
      return 'nobody trusted here vouches for it. Where it is right, as behind a proxy that looks inside, name its authority in backlinkLens.caFile (NODE_EXTRA_CA_CERTS on the command line) or turn http.systemCertificates on.';
  }
}

/** undici tells of a proxy that refuses in words only. */
function proxyStatus(error: unknown): number | null {
  const status = error instanceof Error ? /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(error.message)?.[1] : undefined;
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

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}
