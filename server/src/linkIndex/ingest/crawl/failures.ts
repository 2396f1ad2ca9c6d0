/** What kept a URL from being fetched: a code, a sentence, and whether the host's other URLs will meet it too. */
import { BacklinkLensError, type ErrorCode, type ErrorDetails } from '../../../util/errors.ts';

const UNKNOWN_NAME = /^(?:ENOTFOUND|ENODATA|EAI_NONAME)$/;
const OFFLINE = /^(?:EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/;
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS_)/;
const NO_TLS = /^(?:EPROTO|ERR_SSL_)/;
const DAMAGED = /^(?:HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH)/;

export class CrawlFailure extends BacklinkLensError {
  /** True when the next URL of the host would fail alike, and so would this one a moment later. */
  readonly lasting: boolean;
  /** How often a request that ends like this is made in all. */
  readonly tries: number;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { readonly lasting?: boolean; readonly tries?: number } = {}) {
    super(code, message, details);
    this.lasting = details.lasting === true;
    this.tries = this.lasting ? 1 : (details.tries ?? 3);
  }

  /**
   * What an exchange failed of.
   *
   * @param host with port
   */
  static of(error: unknown, host: string): CrawlFailure {
    if (error instanceof CrawlFailure) return error;
    const code = codeOf(error);
    const fail = (what: string, lasting = false) => new CrawlFailure('crawl.unreachable', `${host} ${what}`, { cause: error, lasting });
    if (UNKNOWN_NAME.test(code)) return fail(`has no address (${code}). Check its name.`, true);
    if (OFFLINE.test(code)) return fail(`cannot be reached (${code}). Check the connection; the next crawl tries it again.`);
    if (CERTIFICATE.test(code)) return fail(`showed a certificate that is not accepted (${code}). Its pages were not read.`, true);
    if (NO_TLS.test(code)) return fail(`speaks no TLS that this program knows (${code}). Try its http address.`, true);
    if (/TIMEOUT|ETIMEDOUT/.test(code)) return fail(`did not answer in time (${code}). The next crawl tries it again.`);
    if (DAMAGED.test(code)) return fail(`sent a reply that is no HTTP (${code}).`);
    return fail(`broke the connection off${code === '' ? '' : ` (${code})`}. The next crawl tries it again.`);
  }

  static timeout(host: string, milliseconds: number): CrawlFailure {
    // A reply without end would only be begun again.
    return new CrawlFailure('crawl.unreachable', `${host} did not end a reply within ${Math.ceil(milliseconds / 1000)} s.`, { tries: 2 });
  }
}

/** undici wraps what Node reports, and Node wraps what each address gave. Its parser's errors may have a name alone. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if ('code' in at && typeof at.code === 'string' && at.code !== 'UND_ERR_SOCKET') return at.code;
    if (at.name === 'HTTPParserError') return at.name;
    at = at.cause ?? (at instanceof AggregateError ? at.errors[0] : undefined);
  }
  return '';
}
